package slack

import (
	"context"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
)

// incoming is a message event.
type incoming struct {
	event
	team  string
	again bool // Slack has sent it before
}

// question is what someone said to us, and where.
type question struct {
	team, channel, user string
	ts                  string // of the message
	root                string // of the thread it is in; empty outside of threads
	text                string
	direct              bool // in our direct messages
	mention             bool // it mentions us
	others              bool // it mentions someone else
	files               bool // a file came with it
}

// message answers what is said to us: by mention, directly, or in a thread that
// we follow.
func (a *Adapter) message(ctx context.Context, m *incoming) error {
	self, err := a.whoami(ctx)
	if err != nil {
		return err
	}
	switch m.Subtype {
	case "message_changed":
		return a.changed(ctx, m, self)
	case "message_deleted":
		return a.deleted(ctx, m, self)
	case "", "file_share", "thread_broadcast", "me_message":
	default:
		return nil // joins, topics, huddles, reminders, bots
	}
	q, ok := asked(m, self)
	if !ok {
		return nil
	}
	if ok, err := a.addressed(ctx, q); !ok || err != nil {
		return err
	}
	if !a.seen.first("message/"+q.channel+"/"+q.ts, struct{}{}) {
		return nil // a mention comes as app_mention and as message
	}
	if m.again {
		if _, done := a.reply(ctx, q); done {
			return nil // by us before a restart, or by another replica
		}
	}
	return a.respond(ctx, q)
}

// asked is the message as a question; false if it is ours, or a bot's.
func asked(m *incoming, self identity) (question, bool) {
	if m.BotID != "" || m.User == "" || m.User == self.user || m.User == "USLACKBOT" {
		return question{}, false
	}
	q := question{team: m.team, channel: m.Channel, user: m.User, ts: m.TS, root: m.ThreadTS,
		direct: m.ChannelType == "im" || m.ChannelType == "" && direct(m.Channel), files: m.hasFiles()}
	q.text, q.mention, q.others = spoken(m.event, self.user)
	q.mention = q.mention || m.Type == "app_mention"
	return q, true
}

// place is the thread that the reply goes to, empty for the top level of a direct
// message. With the assistant panel, direct messages are threads.
func (q question) place(self identity) string {
	if q.root != "" || q.direct && !self.panel {
		return q.root
	}
	return q.ts
}

// addressed reports whether the message speaks to us. In a thread that we
// follow, whoever asked us need not mention us; others are answered when they
// ask something in a thread that began with a question to us.
func (a *Adapter) addressed(ctx context.Context, q question) (bool, error) {
	if q.direct || q.mention {
		return true, nil
	}
	if q.root == "" || q.others || q.text == "" {
		return false, nil
	}
	f, err := a.follows(ctx, q.channel, q.root)
	if err != nil || !f.on {
		return false, err
	}
	if q.user == f.asker || hush.MatchString(q.text) {
		return true, nil
	}
	f.busy = true
	a.thread.set(q.channel+"/"+q.root, f)
	return f.own && asks.MatchString(q.text), nil
}

// respond answers a question in its place.
func (a *Adapter) respond(ctx context.Context, q question) error {
	self, err := a.whoami(ctx)
	if err != nil {
		return err
	}
	if p, err := a.person(ctx, q.user); err == nil && p.bot {
		return nil
	}
	if m, k := a.aside(q); k != "" {
		_, err := a.post(ctx, q, self, m, k)
		return err
	}
	a.working(ctx, q, self)
	m, r, err := a.consider(ctx, q, self)
	if err != nil {
		if _, sendErr := a.post(ctx, q, self, m, replied); sendErr != nil {
			return sendErr
		}
		return err
	}
	if !a.speaks(q, r) {
		return nil
	}
	kind := replied
	if q.root != "" && !q.direct && r.Kind == bot.SmallTalk && farewell.MatchString(q.text) {
		kind = closing
		m.blocks = append(sections(mrkdwn(r.Text)), small("I leave this thread to you now. Mention me to ask again."))
	}
	if _, err = a.post(ctx, q, self, m, kind); err == nil {
		a.showed(q.channel+"/"+q.place(self), r)
		a.name(ctx, q, self, r.Kind)
	}
	return err
}

// aside is the reply to a message that asks nothing: none but a mention, a file,
// or "be quiet". Its mark is empty for any other message.
func (a *Adapter) aside(q question) (message, mark) {
	switch {
	case hush.MatchString(q.text) && !q.direct:
		const text = "I will keep quiet in this thread. Mention me when you need me."
		return message{text, sections(text)}, closing
	case q.text == "" && q.files:
		const text = "I can only read text. Please type your question."
		return message{text, sections(text)}, silent
	case howto.MatchString(q.text):
		return howTo(), silent
	}
	return message{}, ""
}

// consider asks the bot. With an error comes an apology to post.
func (a *Adapter) consider(ctx context.Context, q question, self identity) (message, bot.Reply, error) {
	seenBy := everyone
	if q.direct {
		seenBy = onlyAsker
	}
	v := a.audience(ctx, q.user, q.channel, seenBy)
	l := look{question: q.text, limits: v}
	r, err := a.bot.Ask(ctx, bot.Question{
		Text:     q.text,
		Asker:    lane(q.team, q.user),
		Thread:   a.context(q, self),
		Channel:  bot.Slack,
		Audience: v.audience,
	})
	if err != nil {
		return a.apology(l), r, err
	}
	return a.render(r, l), r, nil
}

// context is the conversation in whose light the bot reads a question. When
// others have spoken since, there is none: the message may go on from theirs.
func (a *Adapter) context(q question, self identity) string {
	place := q.place(self)
	if f, _ := a.thread.get(q.channel + "/" + place); f.busy && !q.mention && !q.direct {
		return ""
	}
	return lane(q.team, q.channel, place)
}

// speaks decides whether a reply is worth saying. In a thread that we follow,
// people also talk with each other: unless it is the asker who goes on after us,
// only knowledge is worth it, and never the same twice in a row.
func (a *Adapter) speaks(q question, r bot.Reply) bool {
	if q.direct || q.mention {
		return true
	}
	f, _ := a.thread.get(q.channel + "/" + q.root)
	switch {
	case r.Kind == bot.Answer && passageIDs(r) == f.said:
		return false
	case f.asker == q.user && !f.busy:
		return true
	}
	return r.Kind == bot.Answer || r.Kind == bot.Choices || r.Kind == bot.Urgent
}

// howTo explains how to ask.
func howTo() message {
	const text = "Ask me about medical massage, the way you would say it. I show reviewed answers with their sources, and say so when I have none.\n" +
		"\u2022 `/massage does insurance cover it` answers only you, with a button to share it\n" +
		"\u2022 Mention me in a channel: I answer in the thread, and follow it until you tell me to be quiet\n" +
		"\u2022 Write to me directly\n" +
		"\u2022 On any message, under More actions: *Find an FAQ answer*"
	return message{text, sections(text)}
}

// post sends a message to the question's place, and remembers it.
func (a *Adapter) post(ctx context.Context, q question, self identity, m message, k mark) (string, error) {
	options := append(m.options(), slackgo.MsgOptionMetadata(k.metadata(q)))
	place := q.place(self)
	if place != "" {
		options = append(options, slackgo.MsgOptionTS(place))
	}
	_, ts, err := a.api.PostMessageContext(ctx, q.channel, options...)
	if err != nil {
		return "", err
	}
	a.posts.set(q.channel+"/"+q.ts, post{ts})
	if place != "" && !q.direct {
		a.follow(q, place, k)
	}
	return ts, nil
}

// options are the message as slack-go takes it: links are not unfolded, names
// not looked for.
func (m message) options() []slackgo.MsgOption {
	return []slackgo.MsgOption{
		slackgo.MsgOptionText(m.text, false),
		slackgo.MsgOptionBlocks(m.blocks...),
		slackgo.MsgOptionDisableLinkUnfurl(),
		slackgo.MsgOptionDisableMediaUnfurl(),
	}
}
