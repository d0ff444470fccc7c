package slack

import (
	"context"
	"strings"
	"unicode"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// maxThreadTitle keeps a conversation's title on one line of the panel.
const maxThreadTitle = 60

// panelOpened greets someone who opens the assistant panel, with questions to
// begin with. thread is empty in Slack's newer agent conversations, which have
// one list of prompts for all threads.
func (a *Adapter) panelOpened(ctx context.Context, channel, thread, user string) error {
	p := slackgo.AssistantThreadsSetSuggestedPromptsParameters{Title: "People often ask", ChannelID: channel, ThreadTS: thread}
	for _, q := range a.starters(a.audience(ctx, user, "", onlyAsker).audience) {
		p.AddPrompt(shorten(q, maxButton), q)
	}
	if len(p.Prompts) == 0 {
		return nil
	}
	return a.api.SetAssistantThreadsSuggestedPromptsContext(ctx, p)
}

// starters are questions to begin with: the first of each topic that comes up
// at a front desk, staff's own before public ones.
func (a *Adapter) starters(audience knowledge.Audience) []string {
	ps := a.bot.Passages(audience)
	var out []string
	for _, want := range []knowledge.Audience{knowledge.Staff, knowledge.Public} {
		seen := map[knowledge.Topic]bool{}
		for _, t := range []knowledge.Topic{knowledge.Insurance, knowledge.Safety, knowledge.Preparation, knowledge.About} {
			for _, p := range ps {
				if p.Audience == want && p.Topic == t && !seen[t] && len(out) < maxPrompts {
					seen[t] = true
					out = append(out, p.Title)
				}
			}
		}
	}
	return out
}

// working shows in the panel that an answer is on its way. Slack clears it when
// the answer is posted. It is not worth failing for.
func (a *Adapter) working(ctx context.Context, q question, self identity) {
	place := q.place(self)
	if !q.direct || place == "" {
		return
	}
	err := a.api.SetAssistantThreadsStatusContext(ctx, slackgo.AssistantThreadsSetStatusParameters{
		ChannelID: q.channel, ThreadTS: place, Status: "is looking it up..."})
	if err != nil {
		a.log.Debug("slack status not set", "err", err)
	}
}

// name gives a conversation in the panel its first question as a title, unless
// that is small talk, or an emergency, of which nothing is kept.
func (a *Adapter) name(ctx context.Context, q question, self identity, k bot.Kind) {
	place := q.place(self)
	if !q.direct || place == "" || k == bot.Urgent || k == bot.SmallTalk {
		return
	}
	if !a.posts.first("title/"+q.channel+"/"+place, post{}) {
		return
	}
	words := strings.FieldsFunc(q.text, func(r rune) bool { return unicode.IsSpace(r) || r == '<' || r == '>' })
	title := shorten(strings.Join(words, " "), maxThreadTitle)
	err := a.api.SetAssistantThreadsTitleContext(ctx, slackgo.AssistantThreadsSetTitleParameters{
		ChannelID: q.channel, ThreadTS: place, Title: title})
	if err != nil {
		a.log.Debug("slack title not set", "err", err)
	}
}
