package bot

import (
	"slices"
	"strings"

	"massagefaq/knowledge"
)

// compose puts a decision into words. All knowledge in it is quoted; only the
// manners around it stand here.
func (b *Bot) compose(c *content, q Question, d decision) Reply {
	var shown, withheld []Found
	for _, f := range d.shown {
		if b.withheld(&f.Passage) {
			withheld = append(withheld, f)
		} else {
			shown = append(shown, f)
		}
	}
	d.shown = shown
	if d.kind == Answer && len(shown) == 0 {
		return b.outdated(c, q, withheld[0])
	}
	if d.kind == Choices && len(d.shown) < 2 {
		d.kind, d.shown = Unknown, nil
	}
	switch d.kind {
	case Answer:
		r := b.answered(c, q, d)
		for _, f := range withheld {
			r.Text += "\n\n" + b.outdated(c, q, f).Text
		}
		return r
	case Choices:
		return b.choices(d)
	}
	return b.unknown(c, q, d)
}

func (b *Bot) answered(c *content, q Question, d decision) Reply {
	r := Reply{Kind: Answer, Passages: d.shown}
	for _, f := range d.or {
		if !b.withheld(&f.Passage) {
			r.Otherwise = append(r.Otherwise, f)
		}
	}
	var texts []string
	for i := range d.shown {
		p := &d.shown[i].Passage
		text := p.Text
		if p.Expired(b.now()) {
			text += "\n\n_Last reviewed " + p.Reviewed.Format("2 January 2006") + "._"
			p.Text = text
		}
		if len(d.shown) > 1 {
			text = "**" + p.Title + "**\n\n" + text
		}
		texts = append(texts, text)
	}
	r.Text = strings.Join(texts, "\n\n")
	r.Suggestions = b.next(c, q, d)
	return r
}

func (b *Bot) choices(d decision) Reply {
	r := Reply{Kind: Choices, Passages: d.shown}
	var s strings.Builder
	s.WriteString("Did you mean one of these?\n")
	for _, f := range d.shown {
		s.WriteString("\n- " + f.Title)
		r.Suggestions = append(r.Suggestions, f.Title)
	}
	r.Text = s.String()
	return r
}

// unknown declines, says what is known nearby, and who can help: never a dead end.
func (b *Bot) unknown(c *content, q Question, d decision) Reply {
	if d.outside != nil {
		return Reply{Kind: Unknown, Text: d.outside.Text, Suggestions: union(b.near(q, d), b.starters(c, q.Audience))}
	}
	near := b.near(q, d)
	r := Reply{Kind: Unknown, Suggestions: near}
	switch len(near) {
	case 0:
		r.Text = "I don't have a reviewed answer to that. I know about medical massage: what it helps, insurance and cost, getting ready, the session, aftercare and safety. "
		r.Suggestions = b.starters(c, q.Audience)
	case 1:
		r.Text = "I don't have a reviewed answer to that. The nearest I know is \u201c" + near[0] + "\u201d. "
	default:
		r.Text = "I know about these, but not about what you ask:\n\n- " + strings.Join(near, "\n- ") + "\n\n"
	}
	r.Text += b.practice.Place(human(q.Audience))
	return r
}

// near are the questions closest to one that has no answer.
func (b *Bot) near(q Question, d decision) []string {
	var out []string
	for _, h := range d.hits {
		if h.Confidence >= nearAt && len(out) < 3 && q.Audience.Sees(h.Passage.Audience) && !b.withheld(h.Passage) {
			out = append(out, h.Passage.Title)
		}
	}
	return out
}

// union is a with what b has besides, as many as the longer has.
func union(a, b []string) []string {
	out := a
	for _, s := range b {
		if len(out) < max(len(a), len(b)) && !slices.Contains(a, s) {
			out = append(out, s)
		}
	}
	return out
}

// human is the way to a person. Staff are the practice: they ask each other.
func human(a knowledge.Audience) string {
	if a == knowledge.Staff {
		return "Ask a colleague, and send medical questions to the client's doctor."
	}
	return "For anything else, {phone: call PHONE | ask the practice directly}, and for a medical question ask your doctor."
}

// outdated withholds an answer whose review no longer holds.
func (b *Bot) outdated(c *content, q Question, f Found) Reply {
	who := "Please ask the practice {phone: at PHONE | directly}."
	if f.Topic == knowledge.Safety || f.Care {
		who = "Please ask your doctor, or the practice {phone: at PHONE | directly}, before you come."
	}
	return Reply{Kind: Unknown, Suggestions: b.starters(c, q.Audience),
		Text: "I have an answer on \u201c" + f.Title + "\u201d, but its review is out of date, so I will not show it: it may no longer be right. " + b.practice.Place(who)}
}

// next are the questions that people ask after this answer.
func (b *Bot) next(c *content, q Question, d decision) []string {
	var out []string
	seen := map[string]bool{}
	for _, f := range d.shown {
		seen[f.ID] = true
	}
	add := func(p *knowledge.Passage) {
		if p != nil && !seen[p.ID] && len(out) < 3 && q.Audience.Sees(p.Audience) && !b.withheld(p) {
			seen[p.ID] = true
			out = append(out, p.Title)
		}
	}
	for i := range d.or {
		add(&d.or[i].Passage)
	}
	for _, f := range d.shown {
		for _, id := range f.Related {
			add(c.byID[id])
		}
	}
	for _, h := range d.hits {
		if h.Confidence >= choiceAt {
			add(h.Passage)
		}
	}
	return out
}

// starters are questions for someone who has not asked one: the first of the
// topics that newcomers ask about.
func (b *Bot) starters(c *content, a knowledge.Audience) []string {
	var out []string
	for _, t := range []knowledge.Topic{knowledge.About, knowledge.Insurance, knowledge.Preparation, knowledge.Safety} {
		for i := range c.passages {
			if p := &c.passages[i]; p.Topic == t && p.Audience == knowledge.Public && !b.withheld(p) {
				out = append(out, p.Title)
				break
			}
		}
	}
	return out
}
