package check

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// leakShare is how much of the asking is done by the public for staff passages
// where not every question is asked: a leak is a fault of the bot, which a
// sample shows as well, while each phrasing is a matter of its own.
const leakShare = 0.2

// A trial is one question to put to the bot.
type trial struct {
	passage *knowledge.Passage
	text    string
	file    string // where the question stands
	line    int
	channel bot.Channel
	leak    bool    // asked by the public about a staff passage
	first   float64 // the higher, the sooner it is asked
}

// bot makes one with this content, on a day when nothing is out of date. A rule
// that cannot be read is the author's mistake, and there is no bot.
func (c *checker) bot(folder knowledge.Folder) (*bot.Bot, error) {
	b, err := bot.New(bot.Config{Content: folder, Practice: c.opts.Practice, Now: func() time.Time { return time.Time{} }})
	return b, c.format(err)
}

// trials are the questions to be put to the bot.
func (c *checker) trials() []trial {
	leak := int(leakShare * float64(c.opts.Asks))
	return append(c.ownTrials(c.opts.Asks-leak), c.leakTrials(leak)...)
}

// ask puts the trials to the bot and reports what is wrong with its replies.
func (c *checker) ask(ctx context.Context, b *bot.Bot, trials []trial) error {
	type outcome struct {
		finding *Finding
		err     error
	}
	c.asked = len(trials)
	outcomes := each(len(trials), func() func(int) outcome {
		return func(i int) outcome {
			t := trials[i]
			if err := ctx.Err(); err != nil {
				return outcome{err: err}
			}
			reply, err := b.Ask(ctx, bot.Question{Text: t.text, Channel: t.channel, Audience: t.audience()})
			if err != nil {
				return outcome{err: err}
			}
			return outcome{finding: t.judge(b, reply)}
		}
	})
	for _, o := range outcomes {
		if o.err != nil {
			return o.err
		}
		if o.finding != nil {
			c.found = append(c.found, *o.finding)
		}
	}
	c.doors(ctx, b)
	return ctx.Err()
}

// ownTrials asks each question as the people may who can read its passage.
func (c *checker) ownTrials(most int) []trial {
	trials := make([]trial, len(c.all))
	for i, q := range c.all {
		trials[i] = trial{passage: q.passage, text: q.text, file: q.file, line: q.line, channel: bot.Web}
		if q.passage.Audience == knowledge.Staff {
			trials[i].channel = bot.Slack
		}
	}
	if len(trials) > most {
		for i, first := range c.doubts(most) {
			trials[i].first = first
		}
	}
	return foremost(trials, most)
}

// doubts are how contested each question is. Where most of them are lost to a
// rival for certain, the others are not looked at: none would come before those.
func (c *checker) doubts(most int) []float64 {
	r := newRivals(c.Passages, c.all, &c.words)
	first := each(len(c.all), func() func(int) float64 {
		return func(i int) float64 {
			if r.lost(c.all[i].passage, c.all[i].words) {
				return 1
			}
			return 0
		}
	})
	lost := 0
	for _, f := range first {
		lost += int(f)
	}
	if lost >= most {
		return first
	}
	return each(len(c.all), func() func(int) float64 {
		contest := r.contest()
		return func(i int) float64 { return contest(c.all[i].passage, c.all[i].words) }
	})
}

// leakTrials asks for staff passages as the public, on the web and on Discord:
// by id, by title and by each phrasing.
func (c *checker) leakTrials(most int) []trial {
	var trials []trial
	for i, q := range c.all {
		if q.passage.Audience != knowledge.Staff {
			continue
		}
		for k, channel := range []bot.Channel{bot.Web, bot.Discord} {
			t := trial{passage: q.passage, text: q.text, file: q.file, line: q.line, channel: channel, leak: true, first: float64((i + k) % 2)}
			if q.title {
				t.first = 2
				byID := t
				byID.text = q.passage.ID
				trials = append(trials, byID)
			}
			trials = append(trials, t)
		}
	}
	return foremost(trials, most)
}

// foremost is the n trials to be asked first, all of them if they are no more.
func foremost(trials []trial, n int) []trial {
	if len(trials) <= n {
		return trials
	}
	order := make([]int, len(trials)) // trials are large
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(trials[j].first, trials[i].first), i-j) })
	out := make([]trial, n)
	for k, i := range order[:n] {
		out[k] = trials[i]
	}
	return out
}

// audience is who asks.
func (t trial) audience() knowledge.Audience {
	if t.leak || t.passage.Audience != knowledge.Staff {
		return knowledge.Public
	}
	return knowledge.Staff
}

// judge is what is wrong with a reply, nil when nothing is.
func (t trial) judge(b *bot.Bot, r bot.Reply) *Finding {
	if t.leak {
		return t.leaks(b, r)
	}
	finding := func(s Severity, text string) *Finding {
		return &Finding{s, "retrieval", t.file, t.line, text}
	}
	switch r.Kind {
	case bot.Answer, bot.Choices:
		for _, p := range r.Passages {
			if p.ID == t.passage.ID {
				return nil
			}
		}
		if len(r.Passages) > 0 {
			return finding(Warning, quote(t.text)+" leads to "+r.Passages[0].ID+" ("+r.Passages[0].Title+") instead; put it there or say it otherwise")
		}
	case bot.Unknown:
		if t.passage.Audience == knowledge.Outside {
			return nil // declined, as it should be
		}
		return finding(Warning, quote(t.text)+" gets \"I don't know\"; say it in words that name the subject")
	}
	return nil // urgent, small talk and handoff come before the content, on purpose
}

// leaks is how a reply to the public gives away the staff passage asked for.
func (t trial) leaks(b *bot.Bot, r bot.Reply) *Finding {
	gives := ""
	for _, p := range r.Passages {
		if p.Audience != knowledge.Public {
			gives = "the staff passage " + p.ID
		}
	}
	if strings.Contains(knowledge.Plain(r.Text), opening(b.Practice(), t.passage)) {
		gives = "the words of the staff passage " + t.passage.ID
	}
	for _, s := range r.Suggestions {
		if s == t.passage.Title {
			gives = "the title of the staff passage " + t.passage.ID
		}
	}
	if gives == "" {
		return nil
	}
	return &Finding{Error, "staff", t.file, t.line, "asked " + quote(t.text) + " on " + string(t.channel) + ", the public gets " + gives}
}

// opening is the first words of an answer as they are shown.
func opening(practice knowledge.Practice, p *knowledge.Passage) string {
	plain := knowledge.Plain(practice.Place(p.Text))
	if r := []rune(plain); len(r) > 60 {
		return string(r[:60])
	}
	return plain
}

func quote(s string) string { return "\"" + s + "\"" }

// doors reports staff passages that the public finds without asking: by id, in
// the list of passages, while typing, or as related to a public one.
func (c *checker) doors(ctx context.Context, b *bot.Bot) {
	staff := map[string]bool{}
	for _, p := range c.Passages {
		staff[p.ID] = p.Audience == knowledge.Staff
	}
	found := each(len(c.Passages), func() func(int) []Finding {
		own := *c
		return func(i int) []Finding {
			own.found = nil
			if p := own.Passages[i]; p.Audience == knowledge.Staff {
				own.door(ctx, b, p)
			}
			return own.found
		}
	})
	c.found = append(c.found, slices.Concat(found...)...)
	for _, p := range b.Passages(knowledge.Public) {
		if staff[p.ID] {
			c.add(Error, "staff", p.File, p.Line, "the public sees this staff passage in the list")
		}
		for _, id := range p.Related {
			if staff[id] {
				c.add(Error, "staff", p.File, p.Line, "a public passage names the staff passage %s as related", id)
			}
		}
	}
}

// door reports how the public gets at one staff passage.
func (c *checker) door(ctx context.Context, b *bot.Bot, p knowledge.Passage) {
	if _, ok := b.Passage(p.ID, knowledge.Public); ok {
		c.add(Error, "staff", p.File, p.Line, "the public can open this staff passage by its id")
	}
	for _, s := range b.Suggest(ctx, p.Title, knowledge.Public, 10) {
		if s.Audience != knowledge.Public {
			c.add(Error, "staff", p.File, p.Line, "the public is offered the staff passage %s while typing", s.ID)
		}
	}
}
