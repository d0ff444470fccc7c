package slack

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// message is a reply in Slack's form: the blocks, and the same as text for
// notifications and screen readers.
type message struct {
	text   string
	blocks []slackgo.Block
}

// look is how a reply is dressed.
type look struct {
	question string  // as asked, for "Ask a colleague"; empty: not offered
	limits   verdict // on what may be shown
	private  bool    // only the asker sees it: sharing is offered
}

// Action ids of the buttons under a reply. The related questions and choices
// carry a number behind it.
const (
	actAsk       = "ask"       // asks its value as a new question
	actPick      = "pick"      // replaces the message by the answer to its value
	actAlone     = "alone"     // answers its value for the eyes of whoever presses it
	actShare     = "share"     // posts the answer for everyone
	actCopy      = "copy"      // opens it as plain text
	actHelpful   = "helpful"   // rates it
	actUnhelpful = "unhelpful" // rates it, and asks why
	actColleague = "colleague" // posts the question in the help channel
)

// render puts a reply into blocks.
func (a *Adapter) render(r bot.Reply, l look) message {
	m := message{text: fallback(r)}
	var tail []slackgo.Block
	switch r.Kind {
	case bot.Answer:
		m.blocks = a.answerBlocks(r)
		tail = slices.Concat(related(r.Suggestions), buttons(a.answerButtons(r, l)...))
	case bot.Urgent:
		return message{text: m.text, blocks: fit(urgentBlocks(r), 0)}
	case bot.Choices:
		m.blocks = listBlocks(r, actPick)
		tail = buttons(a.colleagueButton(l))
	case bot.Unknown:
		m.blocks = listBlocks(r, actAsk)
		tail = buttons(a.colleagueButton(l))
	case bot.Handoff:
		m.blocks = sections(mrkdwn(r.Text))
		tail = buttons(a.colleagueButton(l))
	default:
		m.blocks = sections(mrkdwn(r.Text))
		tail = related(r.Suggestions)
	}
	if r.Cut {
		tail = append(tail, small("Your message was long: I looked at its first 2,000 characters."))
	}
	if l.limits.reason != "" {
		tail = append(tail, small(l.limits.reason))
	}
	if l.limits.alone && l.question != "" {
		tail = append(tail, buttons(button(actAlone, "Show me the staff answer", l.question))...)
	}
	m.blocks = fit(append(m.blocks, tail...), len(tail))
	return m
}

// fallback is the reply as text.
func fallback(r bot.Reply) string {
	text := mrkdwn(r.Text)
	if r.Kind == bot.Answer && len(r.Passages) == 1 {
		text = "*" + plain(r.Passages[0].Title) + "*\n" + text
	}
	if pieces := split(text, maxFallback); len(pieces) > 0 {
		return pieces[0]
	}
	return "massagefaq"
}

// urgentBlocks are the fixed text and nothing else. What to do now stands in a
// heading of its own.
func urgentBlocks(r bot.Reply) []slackgo.Block {
	first, rest, found := strings.Cut(r.Text, ". ")
	if !found || size(first) > maxHeader/3 || r.Resource == knowledge.Crisis988 {
		return sections(mrkdwn(r.Text))
	}
	return append([]slackgo.Block{heading(knowledge.Plain(first) + ".")}, sections(mrkdwn(rest))...)
}

func (a *Adapter) answerBlocks(r bot.Reply) []slackgo.Block {
	var out []slackgo.Block
	if len(r.Passages) == 1 {
		out = append(out, heading(r.Passages[0].Title))
	}
	out = append(out, sections(mrkdwn(r.Text))...)
	if len(r.Passages) > 0 {
		out = append(out, a.provenance(r.Passages))
	}
	return out
}

// provenance says where an answer comes from, how fresh it is, and who may see it.
func (a *Adapter) provenance(ps []bot.Found) slackgo.Block {
	facts := []string{reviewed(ps)}
	if slices.ContainsFunc(ps, func(p bot.Found) bool { return p.Audience != knowledge.Public }) {
		facts = append(facts, ":lock: Staff only")
	}
	if len(ps) == 1 {
		if u := linkTarget(a.link(ps[0].Passage)); u != "" && size(u) < maxSection/2 {
			facts = append(facts, "<"+u+"|On the website>")
		}
	}
	elements := []slackgo.MixedElement{markup(strings.Join(facts, " \u00b7 "))}
	for _, s := range sources(ps) {
		elements = append(elements, markup(s))
	}
	return slackgo.NewContextBlock("", elements...)
}

// reviewed is the oldest day of review among the passages.
func reviewed(ps []bot.Found) string {
	var oldest time.Time
	for _, p := range ps {
		if oldest.IsZero() || p.Reviewed.Before(oldest) {
			oldest = p.Reviewed
		}
	}
	if oldest.IsZero() {
		return "Review date not recorded"
	}
	return "Reviewed " + day(oldest)
}

func day(t time.Time) string { return t.Format("Jan 2, 2006") }

// maxSources leaves room for the facts: a context block takes ten elements.
const maxSources = 8

// sources are the sources of the passages, each once, as links.
func sources(ps []bot.Found) []string {
	var out []string
	for _, p := range ps {
		for _, s := range p.Sources {
			text := "Source: " + plain(shorten(s.Title, 200))
			if u := linkTarget(s.URL); u != "" && size(u) < maxSection/2 {
				text = "Source: <" + u + "|" + plain(shorten(s.Title, 200)) + ">"
			}
			if len(out) < maxSources && !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return out
}

// link is the permanent address of a passage, empty for one that is not public
// or while the web address is not known.
func (a *Adapter) link(p knowledge.Passage) string {
	switch {
	case p.Audience != knowledge.Public:
		return ""
	case p.URL != "":
		return p.URL
	case a.base != "":
		return a.base + "/faq/" + p.Slug()
	}
	return ""
}

// related are questions to go on with, as buttons.
func related(questions []string) []slackgo.Block {
	var bs []*slackgo.ButtonBlockElement
	for i, q := range questions {
		bs = append(bs, button(numbered(actAsk, i), q, q))
	}
	return buttons(bs...)
}

func numbered(id string, i int) string { return id + ":" + strconv.Itoa(i) }

// shown is what a button remembers of the answer above it.
type shown struct {
	Reply    string   `json:"r"`
	Passages []string `json:"p"`
}

func (s shown) String() string {
	data, _ := json.Marshal(s) // strings always marshal
	return string(data)
}

func (a *Adapter) answerButtons(r bot.Reply, l look) []*slackgo.ButtonBlockElement {
	s := shown{Reply: r.ID}
	public := false
	for _, p := range r.Passages {
		s.Passages = append(s.Passages, p.ID)
		public = public || p.Audience == knowledge.Public
	}
	var bs []*slackgo.ButtonBlockElement
	if l.private {
		bs = append(bs, button(actShare, "Share in channel", s.String()))
	}
	if public {
		bs = append(bs, button(actCopy, "Copy for a client", s.String()))
	}
	return append(bs,
		button(actHelpful, ":thumbsup: Helpful", r.ID),
		button(actUnhelpful, ":thumbsdown: Not helpful", r.ID))
}

// listBlocks shows the questions that the reply's text lists as rows with a
// button each, in their place. Questions that it does not list become buttons.
func listBlocks(r bot.Reply, id string) []slackgo.Block {
	before, after, listed := aroundList(r.Text, r.Suggestions)
	out := sections(mrkdwn(before))
	if !listed {
		return append(out, related(r.Suggestions)...)
	}
	for i, q := range r.Suggestions {
		b := button(numbered(id, i), "Show", q)
		b.AccessibilityLabel = shorten("Show: "+q, maxButton)
		out = append(out, row("\u2022 "+plain(q), b))
	}
	return append(out, sections(mrkdwn(after))...)
}

// aroundList parts a text at the list of exactly these items, if it has it.
func aroundList(text string, items []string) (before, after string, found bool) {
	list := "- " + strings.Join(items, "\n- ")
	before, after, found = strings.Cut(text, list)
	if len(items) == 0 || !found {
		return text, "", false
	}
	return before, after, true
}

// colleagueButton offers to post the question where colleagues help.
func (a *Adapter) colleagueButton(l look) *slackgo.ButtonBlockElement {
	if a.cfg.HelpChannel == "" || strings.TrimSpace(l.question) == "" {
		return nil
	}
	return sure(button(actColleague, "Ask a colleague", l.question), "Ask a colleague?",
		"This posts your question in the help channel. Leave out names and health details of clients.", "Post it")
}

// apology is what people see when something went wrong on our side.
func (a *Adapter) apology(l look) message {
	const text = "Something went wrong on my side. Please try again in a moment."
	return message{text, append(sections(text), buttons(a.colleagueButton(l))...)}
}
