package slack

import (
	"context"
	"slices"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// Action ids of the Home tab.
const (
	actHomeSearch = "home_search"
	actHomeTopic  = "home_topic"
	actHomeShow   = "home_show"
	actHomeBack   = "home_back"
)

const (
	// fresh is how long a reviewed answer counts as new, and how long before its
	// day of review one is named as due.
	fresh = 30 * 24 * time.Hour
	// homeRows bounds each list on the first page.
	homeRows = 5
)

// homeOpened shows the Home tab, or in the messages tab of an app with the
// assistant panel questions to begin with.
func (a *Adapter) homeOpened(ctx context.Context, m *incoming) error {
	if m.Tab == "messages" {
		self, err := a.whoami(ctx)
		if err != nil || !self.panel {
			return err
		}
		return a.panelOpened(ctx, m.Channel, "", m.User)
	}
	return a.publish(ctx, m.User, a.frontPage)
}

// homeAct shows another page of the Home tab.
func (a *Adapter) homeAct(ctx context.Context, i *interaction, act action) error {
	page := a.frontPage
	switch family(act.ID) {
	case actHomeTopic:
		page = func(audience knowledge.Audience) []slackgo.Block {
			return a.topicPage(knowledge.Topic(act.Value), audience)
		}
	case actHomeShow:
		page = func(audience knowledge.Audience) []slackgo.Block { return a.passagePage(act.Value, audience) }
	case actHomeSearch, actAsk, actPick:
		if strings.TrimSpace(act.Value) == "" {
			break
		}
		page = func(audience knowledge.Audience) []slackgo.Block { return a.answerPage(ctx, i, act.Value, audience) }
	}
	return a.publish(ctx, i.User.ID, page)
}

// publish shows someone a page of the Home tab, below the search box.
func (a *Adapter) publish(ctx context.Context, user string, page func(knowledge.Audience) []slackgo.Block) error {
	v := a.audience(ctx, user, "", onlyAsker)
	blocks := []slackgo.Block{
		heading(a.homeTitle()),
		search(actHomeSearch, "Ask a question", "", "does insurance cover it, caller wants a Saturday, 97140 or 97124"),
	}
	blocks = append(blocks, page(v.audience)...)
	if v.reason != "" {
		blocks = append(blocks, small(v.reason))
	}
	_, err := a.api.PublishViewContext(ctx, slackgo.PublishViewContextRequest{UserID: user, View: slackgo.HomeTabViewRequest{
		Type:   slackgo.VTHomeTab,
		Blocks: slackgo.Blocks{BlockSet: blocks[:min(len(blocks), maxViewBlocks)]},
	}})
	return err
}

func (a *Adapter) homeTitle() string {
	if name := a.bot.Practice().Name; name != "" {
		return shorten(name+" FAQ", maxHeader)
	}
	return "Massage FAQ"
}

// frontPage is topics, what is new, what is up for review, and how to ask.
func (a *Adapter) frontPage(audience knowledge.Audience) []slackgo.Block {
	ps := a.bot.Passages(audience)
	var topics []*slackgo.ButtonBlockElement
	for _, t := range knowledge.Topics {
		if slices.ContainsFunc(ps, func(p knowledge.Passage) bool { return p.Topic == t }) {
			topics = append(topics, button(numbered(actHomeTopic, len(topics)), t.Title(), string(t)))
		}
	}
	out := slices.Concat(sections("*Topics*"), buttons(topics...))
	now := a.cfg.Now()
	out = append(out, a.newest(ps, now)...)
	if audience == knowledge.Staff {
		out = append(out, a.due(ps, now)...)
	}
	return slices.Concat(out, sections("*How to ask*"), howTo().blocks)
}

// newest lists the answers reviewed last.
func (a *Adapter) newest(ps []knowledge.Passage, now time.Time) []slackgo.Block {
	var recent []knowledge.Passage
	for _, p := range ps {
		if now.Sub(p.Reviewed) < fresh {
			recent = append(recent, p)
		}
	}
	slices.SortStableFunc(recent, func(p, q knowledge.Passage) int { return q.Reviewed.Compare(p.Reviewed) })
	return rows("*New or freshly reviewed*", recent, func(p knowledge.Passage) string { return day(p.Reviewed) })
}

// due lists the answers whose review runs out.
func (a *Adapter) due(ps []knowledge.Passage, now time.Time) []slackgo.Block {
	var due []knowledge.Passage
	for _, p := range ps {
		if !p.ReviewBy.IsZero() && p.ReviewBy.Sub(now) < fresh {
			due = append(due, p)
		}
	}
	slices.SortStableFunc(due, func(p, q knowledge.Passage) int { return p.ReviewBy.Compare(q.ReviewBy) })
	return rows("*Up for review*", due, func(p knowledge.Passage) string { return "by " + day(p.ReviewBy) })
}

// rows lists the first few passages with a button each, nothing if there are
// none.
func rows(title string, ps []knowledge.Passage, about func(knowledge.Passage) string) []slackgo.Block {
	if len(ps) == 0 {
		return nil
	}
	out := sections(title)
	for _, p := range ps[:min(len(ps), homeRows)] {
		out = append(out, showRow(p, about(p)))
	}
	return out
}

// showRow is a passage's title with a button that shows it.
func showRow(p knowledge.Passage, about string) slackgo.Block {
	text := plain(shorten(p.Title, maxSection/6))
	if about != "" {
		text += " \u00b7 " + about
	}
	b := button(actHomeShow+":"+digest(text+p.ID), "Show", p.ID)
	b.AccessibilityLabel = shorten("Show: "+p.Title, maxButton)
	return row(text, b)
}

// topicPage lists all questions of a topic.
func (a *Adapter) topicPage(t knowledge.Topic, audience knowledge.Audience) []slackgo.Block {
	out := append(back(), sections("*"+plain(t.Title())+"*")...)
	for _, p := range a.bot.Passages(audience) {
		if p.Topic == t {
			out = append(out, showRow(p, staffMark(p)))
		}
	}
	return out
}

func staffMark(p knowledge.Passage) string {
	if p.Audience != knowledge.Public {
		return ":lock: Staff only"
	}
	return ""
}

// passagePage shows one answer.
func (a *Adapter) passagePage(id string, audience knowledge.Audience) []slackgo.Block {
	p, ok := a.bot.Passage(id, audience)
	if !ok {
		return append(back(), sections("That answer has changed. Please search for it.")...)
	}
	found := []bot.Found{{Passage: p}}
	out := append(back(), a.answerBlocks(bot.Reply{Kind: bot.Answer, Text: p.Text, Passages: found})...)
	var next []string
	for _, id := range p.Related {
		if q, ok := a.bot.Passage(id, audience); ok && len(next) < 3 {
			next = append(next, q.Title)
		}
	}
	out = append(out, related(next)...)
	if p.Audience == knowledge.Public {
		out = append(out, buttons(button(actCopy, "Copy for a client", shown{Passages: []string{id}}.String()))...)
	}
	return out
}

// answerPage shows the reply to a search.
func (a *Adapter) answerPage(ctx context.Context, i *interaction, text string, audience knowledge.Audience) []slackgo.Block {
	r, err := a.bot.Ask(ctx, bot.Question{Text: text, Asker: lane(i.Team.ID, i.User.ID),
		Thread: lane(i.Team.ID, "home", i.User.ID), Channel: bot.Slack, Audience: audience})
	if err != nil {
		a.report("search", err)
		return append(back(), a.apology(look{question: text}).blocks...)
	}
	return append(back(), a.render(r, look{question: text}).blocks...)
}

// back is the way back to the front page.
func back() []slackgo.Block {
	return buttons(button(actHomeBack, "All topics", "back"))
}
