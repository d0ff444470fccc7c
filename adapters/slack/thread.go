package slack

import (
	"context"
	"strconv"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
)

// following is whether we take part in a thread without being mentioned.
type following struct {
	on    bool
	asker string // who asked us into it
	own   bool   // it began with a question to us, and is not somebody's conversation that we were called into
	busy  bool   // since we spoke, someone other than the asker has: people may be talking with each other
	said  string // IDs of the passages we showed last, not to show them twice in a row unasked
}

// post is a reply of ours.
type post struct {
	ts string
}

// mark says in a message's metadata what it is, so that a replica, or we
// ourselves after a restart, can tell from the thread what went before.
type mark string

const (
	replied mark = "massagefaq_reply"   // an answer: the thread is followed
	closing mark = "massagefaq_closing" // the last word: the thread is not followed any more
	silent  mark = "massagefaq_aside"   // neither
)

func (k mark) metadata(q question) slackgo.SlackMetadata {
	return slackgo.SlackMetadata{EventType: string(k), EventPayload: map[string]any{"question": q.ts, "asker": q.user}}
}

// follow notes what a message of ours means for its thread.
func (a *Adapter) follow(q question, root string, k mark) {
	key := q.channel + "/" + root
	switch k {
	case replied:
		f, known := a.thread.get(key)
		if !known || !f.on {
			f = following{on: true, asker: q.user, own: root == q.ts}
		}
		f.busy = false
		a.thread.set(key, f)
	case closing:
		a.thread.set(key, following{})
	}
}

// follows tells whether we follow a thread: from memory, or else from what we
// said in it.
func (a *Adapter) follows(ctx context.Context, channel, root string) (following, error) {
	key := channel + "/" + root
	if f, ok := a.thread.get(key); ok {
		return f, nil
	}
	said, err := a.said(ctx, &slackgo.GetConversationRepliesParameters{ChannelID: channel, Timestamp: root})
	if err != nil {
		return following{}, err
	}
	var f following
	for _, s := range said {
		switch {
		case s.mark == replied && time.Since(stamp(s.ts)) < followedFor:
			if !f.on {
				f = following{on: true, asker: s.asker, own: s.question == root}
			}
		case s.mark == closing:
			f = following{}
		}
	}
	a.thread.set(key, f)
	return f, nil
}

// showed notes which passages a thread that we follow has just been shown.
func (a *Adapter) showed(key string, r bot.Reply) {
	if f, ok := a.thread.get(key); ok && f.on && r.Kind == bot.Answer {
		f.said = passageIDs(r)
		a.thread.set(key, f)
	}
}

func passageIDs(r bot.Reply) string {
	var ids []string
	for _, p := range r.Passages {
		ids = append(ids, p.ID)
	}
	return strings.Join(ids, " ")
}

// reply is our reply to a question: from memory, or else from what we said in
// its thread.
func (a *Adapter) reply(ctx context.Context, q question) (post, bool) {
	if p, ok := a.posts.get(q.channel + "/" + q.ts); ok {
		return p, true
	}
	root := q.root
	if root == "" {
		root = q.ts
	}
	said, err := a.said(ctx, &slackgo.GetConversationRepliesParameters{ChannelID: q.channel, Timestamp: root, Oldest: q.ts})
	if err != nil {
		a.log.Debug("slack thread not read", "err", err)
	}
	if q.direct && q.root == "" {
		said = append(said, a.saidAfter(ctx, q.channel, q.ts)...)
	}
	for _, s := range said {
		if s.question == q.ts {
			return post{s.ts}, true
		}
	}
	return post{}, false
}

// utterance is a message of ours, as its metadata tell it.
type utterance struct {
	ts, question, asker string
	mark                mark
}

// readBack is how many messages of a thread are read.
const readBack = 200

// said is what we said in a thread.
func (a *Adapter) said(ctx context.Context, p *slackgo.GetConversationRepliesParameters) ([]utterance, error) {
	self, err := a.whoami(ctx)
	if err != nil {
		return nil, err
	}
	p.Limit, p.IncludeAllMetadata, p.Inclusive = readBack, true, true
	messages, _, _, err := a.api.GetConversationRepliesContext(ctx, p)
	if err != nil {
		return nil, err
	}
	return ours(messages, self), nil
}

// saidAfter is what we said at the top level of a direct message after ts.
func (a *Adapter) saidAfter(ctx context.Context, channel, ts string) []utterance {
	self, err := a.whoami(ctx)
	if err != nil {
		return nil
	}
	h, err := a.api.GetConversationHistoryContext(ctx, &slackgo.GetConversationHistoryParameters{
		ChannelID: channel, Oldest: ts, Limit: readBack, IncludeAllMetadata: true, Inclusive: true})
	if err != nil {
		a.log.Debug("slack history not read", "err", err)
		return nil
	}
	return ours(h.Messages, self)
}

func ours(messages []slackgo.Message, self identity) []utterance {
	var out []utterance
	for _, m := range messages {
		if m.User != self.user || !strings.HasPrefix(m.Metadata.EventType, "massagefaq_") {
			continue
		}
		text := func(key string) string { s, _ := m.Metadata.EventPayload[key].(string); return s }
		out = append(out, utterance{ts: m.Timestamp, question: text("question"), asker: text("asker"), mark: mark(m.Metadata.EventType)})
	}
	return out
}

// stamp is the time of a message's ts, "1700000000.000100".
func stamp(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(n, 0)
}
