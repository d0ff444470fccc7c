package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"massagefaq/bot"
)

// message answers a message that is meant for us: a direct message, one that
// mentions us, or a reply to one of ours. It leaves alone what it is not asked,
// except for the first message of a post in one of our forums.
func (a *Adapter) message(ctx context.Context, m *incoming) {
	self := a.self()
	if self == "" || !human(m, self) {
		return
	}
	if again, _ := a.seen.ContainsOrAdd(m.ID, true); again {
		return
	}
	switch {
	case m.GuildID == "" || mentionsUser(m, self) || repliesTo(m, self):
		g := a.giving(m.ID)
		if !a.begin(ctx, "message", func(ctx context.Context) { defer g.Unlock(); a.answerTo(ctx, m, g) }) {
			g.Unlock()
		}
	case m.ID == m.ChannelID && len(a.forums) > 0:
		a.begin(ctx, "post", func(ctx context.Context) { a.suggest(ctx, m) })
	}
}

// human is false for ourselves, other bots, webhooks and Discord's own notices:
// answering those is how loops begin.
func human(m *incoming, self string) bool {
	usual := m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply
	return usual && m.ID != "" && m.ChannelID != "" && m.WebhookID == "" &&
		m.Author.ID != "" && m.Author.ID != self && !m.Author.Bot && !m.Author.System
}

func mentionsUser(m *incoming, id string) bool {
	for _, u := range m.Mentions {
		if u.ID == id {
			return true
		}
	}
	return false
}

func repliesTo(m *incoming, id string) bool {
	return m.Referenced != nil && m.Referenced.Author.ID == id
}

// answerTo answers as a reply, or changes the reply that it gave.
func (a *Adapter) answerTo(ctx context.Context, m *incoming, g *given) {
	card, ok := a.compose(ctx, m)
	if g.text = gist(m); !ok {
		return
	}
	if g.id == "" {
		g.id = a.write(ctx, m, card)
		return
	}
	a.sentTo(m, a.rest.change(ctx, m.ChannelID, g.id, card))
}

// compose is the answer to a message; ok is false for silence.
func (a *Adapter) compose(ctx context.Context, m *incoming) (card message, ok bool) {
	self := a.self()
	shared := ""
	if m.GuildID != "" {
		shared = m.ChannelID
	}
	wait := a.throttle.wait(m.Author.ID, shared)
	text := said(m.Content)
	if text == "" {
		return emptyCard(m), wait == 0 && a.throttle.tell(m.Author.ID)
	}
	thread := a.conversation(m, self)
	r, err := a.ask(ctx, a.question(text, m.Author.ID, thread))
	switch {
	case err != nil:
		a.log.Error("discord: question could not be answered", "err", err)
		return note(false, a.apology()), true
	case wait > 0 && r.Kind != bot.Urgent: // danger is never told to wait
		return note(false, pleaseWait(wait)), a.throttle.tell(m.Author.ID)
	case r.Kind == bot.SmallTalk && m.GuildID != "" && !calls(m.Content, self):
		return message{}, false // "thanks", said below an answer in a channel, wants no answer
	}
	return a.dressed(r, text, thread, m), true
}

// conversation is the thread a message belongs to: that of the message of ours it
// replies to, whoever began it, else that of the person in the channel.
func (a *Adapter) conversation(m *incoming, self string) string {
	if repliesTo(m, self) {
		if thread := a.threadIn(m.Referenced.Components); thread != "" {
			return thread
		}
	}
	return threadOf(m.ChannelID, m.Author.ID)
}

// dressed is the reply, or in a channel, where it tells of somebody's health, a
// way to read it alone.
func (a *Adapter) dressed(r bot.Reply, text, thread string, m *incoming) message {
	s := setting{thread: thread}
	if m.GuildID != "" && isPersonal(text, r) {
		if card, ok := a.pointerCard(r, s, m.Author.ID); ok {
			return card
		}
	}
	return a.card(r, s)
}

// emptyCard answers a message without words: somebody called and said nothing,
// or Discord did not let us read it.
func emptyCard(m *incoming) message {
	text := "Ask me anything about medical massage. Write your question after my name, send me a direct message, or use /massage ask."
	if m.GuildID != "" && m.Content == "" {
		text = "I can only read messages here that mention me. Put my name into your reply, or use /massage ask."
	}
	return note(false, text)
}

// write replies to a message and returns the id of the reply, or "".
func (a *Adapter) write(ctx context.Context, to *incoming, card message) string {
	card.Reference = &reference{MessageID: to.ID}
	id, err := a.rest.send(ctx, to.ChannelID, to.ID, card)
	if c := code(err); c == noReadHistory || c == missingPermission {
		card.Reference = nil // replying takes a permission that writing does not
		id, err = a.rest.send(ctx, to.ChannelID, to.ID+" alone", card)
	}
	a.sentTo(to, err)
	return id
}

// sentTo says in the log why a message could not be sent; a missing permission is
// explained once for each channel.
func (a *Adapter) sentTo(to *incoming, err error) {
	switch code(err) {
	case missingPermission, missingAccess:
		a.explain("write "+to.ChannelID, "discord: I may not write in this channel; give my role the permissions View Channel, Send Messages and Read Message History there (in threads: Send Messages in Threads), or stop people from mentioning me there",
			"channel", to.ChannelID, "guild", to.GuildID)
	case unknownChannel, cannotMessageUser:
		a.log.Info("discord: nobody to answer any more", "channel", to.ChannelID)
	default:
		if err != nil {
			a.log.Warn("discord: message could not be sent", "channel", to.ChannelID, "err", err)
		}
	}
}
