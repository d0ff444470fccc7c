package discord

import (
	"net/url"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// A setting says where a card will stand.
type setting struct {
	private bool   // only one person sees it
	thread  string // the conversation it belongs to
	post    bool   // offer to post it publicly
	about   string // id of the message it answers, when it is to be posted; or ""
	solves  string // key of the author of the forum post that it may solve; or ""
}

// card dresses a reply as its kind asks for.
func (a *Adapter) card(r bot.Reply, s setting) message {
	switch r.Kind {
	case bot.Answer:
		return a.answerCard(r, s)
	case bot.Choices:
		return a.choiceCard(r, s)
	case bot.Urgent:
		return urgentCard(r, s)
	}
	return a.talkCard(r, s)
}

// answerCard shows the passages whole, where they come from, and how to go on.
func (a *Adapter) answerCard(r bot.Reply, s setting) message {
	var parts []discordgo.MessageComponent
	if s.solves != "" {
		parts = append(parts, small("This may already answer it. If not, somebody here will."))
	}
	if r.Cut {
		parts = append(parts, small("That was long: I read its first 2,000 characters."))
	}
	room := (maxText - 200) / max(1, len(r.Passages)) // for each passage; the rest is for the lines above
	for i, f := range r.Passages {
		if i > 0 {
			parts = append(parts, discordgo.Separator{})
		}
		parts = append(parts, a.passageTexts(f.Passage, room)...)
	}
	if menu := a.relatedMenu(r, s); menu != nil {
		parts = append(parts, row(menu))
	}
	parts = append(parts, row(a.answerButtons(r, s)...))
	return newMessage(s.private, box(teal, parts...))
}

// passageTexts is a passage in at most room characters: heading, answer, sources.
func (a *Adapter) passageTexts(p knowledge.Passage, room int) []discordgo.MessageComponent {
	head := "### " + escape(clip(p.Title, 200)) + "\n"
	foot := a.footing(p, room/2)
	body := fit(convert(p.Text, a.resolve), room-width(head)-width(foot))
	return []discordgo.MessageComponent{
		discordgo.TextDisplay{Content: head + body},
		discordgo.TextDisplay{Content: foot},
	}
}

// footing says what the passage is about, when it was reviewed, and its sources,
// as many as fit.
func (a *Adapter) footing(p knowledge.Passage, room int) string {
	line := "-# " + escape(p.Topic.Title())
	if !p.Reviewed.IsZero() {
		line += " · Reviewed " + p.Reviewed.Format("2 January 2006")
	}
	line += " · General information, not medical advice"
	label := "\n-# Source: "
	if len(p.Sources) > 1 {
		label = "\n-# Sources: "
	}
	for i, src := range p.Sources {
		next := label + masked(clip(src.Title, 200), webLink(src.URL))
		if i > 0 {
			next = " · " + strings.TrimPrefix(next, label)
		}
		if width(line)+width(next) > room {
			break
		}
		line += next
	}
	return line
}

func (a *Adapter) relatedMenu(r bot.Reply, s setting) discordgo.MessageComponent {
	var options []discordgo.SelectMenuOption
	for _, q := range r.Suggestions {
		options = append(options, a.askOption(q))
	}
	return menu(a.ids.id(actAsk, s.thread), "Related questions", options)
}

// menu is a select menu, or nil when there is nothing to select.
func menu(id, placeholder string, options []discordgo.SelectMenuOption) discordgo.MessageComponent {
	var unique []discordgo.SelectMenuOption
	for _, o := range options {
		twice := slices.ContainsFunc(unique, func(u discordgo.SelectMenuOption) bool { return u.Value == o.Value })
		if o.Value != "" && !twice && len(unique) < maxOptions {
			unique = append(unique, o)
		}
	}
	if len(unique) == 0 {
		return nil
	}
	return discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: id, Placeholder: clip(placeholder, maxPlaceholder), Options: unique}
}

// askOption is a question in a menu. A known one is carried by its key, any other
// by its words.
func (a *Adapter) askOption(q string) discordgo.SelectMenuOption {
	o := discordgo.SelectMenuOption{Label: clip(plainText(q), maxOption), Value: clip("q"+q, maxOption)}
	if p, ok := a.titled(q); ok {
		o.Value, o.Description = "p"+passageKey(p.ID), p.Topic.Title()
	}
	return o
}

// titled finds the passage whose title q is.
func (a *Adapter) titled(q string) (knowledge.Passage, bool) {
	for _, p := range a.bot.Passages(knowledge.Public) {
		if strings.EqualFold(p.Title, q) {
			return p, true
		}
	}
	return knowledge.Passage{}, false
}

func (a *Adapter) answerButtons(r bot.Reply, s setting) []discordgo.MessageComponent {
	var out []discordgo.MessageComponent
	if r.ID != "" && s.solves != "" {
		out = append(out, button("This solved it", discordgo.SuccessButton, a.ids.id(actSolved, s.thread, r.ID, s.solves)))
	} else if r.ID != "" {
		out = append(out, button("Helpful", discordgo.SecondaryButton, a.ids.id(actHelpful, s.thread, r.ID)))
	}
	if r.ID != "" {
		out = append(out, button("Not helpful", discordgo.SecondaryButton, a.ids.id(actNot, s.thread, r.ID)))
	}
	if s.post {
		out = append(out, button("Post publicly", discordgo.SecondaryButton, a.ids.id(actPost, s.thread, r.ID, passageKeys(passagesOf(r)), s.about)))
	}
	if address := a.address(r.Passages[0].Passage); address != "" {
		out = append(out, linkButton("Open on the web", address))
	}
	return out
}

func passagesOf(r bot.Reply) []knowledge.Passage {
	var out []knowledge.Passage
	for _, f := range r.Passages {
		out = append(out, f.Passage)
	}
	return out
}

// address is where a passage can be read on the web, or "".
func (a *Adapter) address(p knowledge.Passage) string {
	if p.URL != "" {
		return webLink(p.URL)
	}
	if a.base == "" {
		return ""
	}
	return webLink(a.base + "/faq/" + p.Slug())
}

// resolve makes a web address of a link in the content: another passage is
// linked to where it can be read, or not at all.
func (a *Adapter) resolve(dest string) string {
	if u, err := url.Parse(dest); err == nil && u.Scheme == "" && u.Host == "" && u.Fragment != "" {
		if p, ok := a.bot.Passage(u.Path+"#"+u.Fragment, knowledge.Public); ok {
			return a.address(p)
		}
		return ""
	}
	return webLink(dest)
}

// small is a line of small print.
func small(text string) discordgo.MessageComponent {
	return discordgo.TextDisplay{Content: "-# " + text}
}

// fit joins as many blocks as fit into room characters. What is left out is
// marked; a first block that is too long by itself is shown without its marks.
func fit(blocks []string, room int) string {
	const more = "\n\n…"
	out := ""
	for i, b := range blocks {
		next := b
		if i > 0 {
			next = out + "\n\n" + b
		}
		if width(next)+width(more) > room && (i < len(blocks)-1 || width(next) > room) {
			if i == 0 {
				return clip(escape(plainText(b)), max(1, room))
			}
			return out + more
		}
		out = next
	}
	return out
}
