package slack

import (
	"context"
	"errors"

	slackgo "github.com/slack-go/slack"
)

// changed follows an edited question: its reply is edited too. Slack tells of
// every change, also of links it unfolded; only new words count.
func (a *Adapter) changed(ctx context.Context, m *incoming, self identity) error {
	if m.Message == nil {
		return nil
	}
	edited := &incoming{event: *m.Message, team: m.team}
	edited.Channel, edited.ChannelType = m.Channel, m.ChannelType
	switch edited.Subtype {
	case "", "file_share", "thread_broadcast", "me_message":
	case "tombstone": // a deleted question whose thread goes on
		m.DeletedTS = edited.TS
		return a.deleted(ctx, m, self)
	default:
		return nil // such as the title of a conversation in the panel
	}
	q, ok := asked(edited, self)
	if !ok || m.Previous == nil {
		return nil
	}
	was, wasMention, _ := spoken(*m.Previous, self.user)
	if q.text == was && q.mention == wasMention {
		return nil
	}
	if ours, err := a.concerns(ctx, q, wasMention); !ours || err != nil {
		return err
	}
	p, answered := a.reply(ctx, q)
	switch {
	case answered && wasMention && !q.mention:
		return a.withdraw(ctx, q)
	case answered:
		return a.revise(ctx, q, self, p)
	case q.mention && !wasMention && a.seen.first("message/"+q.channel+"/"+q.ts, struct{}{}):
		return a.respond(ctx, q)
	}
	return nil
}

// concerns reports whether a message that has changed may be one that we
// answered, so that nothing is looked up for all the others.
func (a *Adapter) concerns(ctx context.Context, q question, wasMention bool) (bool, error) {
	if q.direct || q.mention || wasMention || q.root == "" {
		return q.direct || q.mention || wasMention, nil
	}
	f, err := a.follows(ctx, q.channel, q.root)
	return f.on, err
}

// revise puts the answer to an edited question in the place of the old one.
func (a *Adapter) revise(ctx context.Context, q question, self identity, p post) error {
	m, k := a.aside(q)
	var asking error
	if k == "" {
		m, _, asking = a.consider(ctx, q, self)
		k = replied
	}
	options := append(m.options(), slackgo.MsgOptionMetadata(k.metadata(q)))
	if _, _, _, err := a.api.UpdateMessageContext(ctx, q.channel, p.ts, options...); err != nil {
		return err
	}
	return asking
}

// deleted follows a deleted question: its reply is removed too.
func (a *Adapter) deleted(ctx context.Context, m *incoming, self identity) error {
	if m.Previous == nil {
		return nil
	}
	gone := &incoming{event: *m.Previous, team: m.team}
	gone.Channel, gone.ChannelType, gone.TS = m.Channel, m.ChannelType, m.DeletedTS
	q, ok := asked(gone, self)
	if !ok {
		return nil
	}
	if ours, err := a.concerns(ctx, q, false); !ours || err != nil {
		return err
	}
	return a.withdraw(ctx, q)
}

// withdraw removes the reply to a question, if there is one.
func (a *Adapter) withdraw(ctx context.Context, q question) error {
	p, ok := a.reply(ctx, q)
	if !ok {
		return nil
	}
	a.posts.drop(q.channel + "/" + q.ts)
	_, _, err := a.api.DeleteMessageContext(ctx, q.channel, p.ts)
	var refusal slackgo.SlackErrorResponse
	if errors.As(err, &refusal) && refusal.Err == "message_not_found" {
		return nil
	}
	return err
}
