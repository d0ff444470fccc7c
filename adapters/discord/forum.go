package discord

import (
	"context"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"massagefaq/bot"
)

// sureUnasked is how sure we are before we speak without being asked. It is well
// above what is enough for an answer: a wrong one here is an interruption.
const sureUnasked = 0.75

// permissionManageThreads lets a moderator mark somebody else's post.
const permissionManageThreads = discordgo.PermissionManageThreads

// suggest makes one quiet suggestion on a new post in one of our forums, when we are
// sure. The message that begins a post has the id of its channel.
func (a *Adapter) suggest(ctx context.Context, m *incoming) {
	thread, err := a.rest.channel(ctx, m.ChannelID)
	if err != nil {
		if c := code(err); c != missingAccess && c != unknownChannel {
			a.log.Warn("discord: post could not be looked up", "channel", m.ChannelID, "err", err)
		}
		return
	}
	if !a.forums[thread.ParentID] {
		return
	}
	// Without the message content intent the heading is all we have.
	text := strings.TrimSpace(said(thread.Name) + "\n" + said(m.Content))
	if text == "" {
		return
	}
	conversation := threadOf(m.ChannelID, m.Author.ID)
	r, err := a.ask(ctx, a.question(text, m.Author.ID, conversation))
	if err != nil {
		a.log.Error("discord: post could not be answered", "err", err)
		return
	}
	if card, ok := a.suggestion(r, text, conversation, m); ok {
		if r.Kind != bot.Urgent {
			card.Flags |= discordgo.MessageFlagsSuppressNotifications
		}
		a.write(ctx, m, card)
	}
}

// suggestion is what to say below a post, if anything.
func (a *Adapter) suggestion(r bot.Reply, text, conversation string, m *incoming) (message, bool) {
	switch {
	case r.Kind == bot.Urgent:
		return urgentCard(r, setting{}), true
	case r.Kind != bot.Answer || r.Passages[0].Score < sureUnasked:
		return message{}, false
	case isPersonal(text, r):
		return a.pointerCard(r, setting{thread: conversation}, m.Author.ID)
	}
	return a.answerCard(r, setting{thread: conversation, solves: askerKey(m.Author.ID)}), true
}

// solved marks a post as solved, for its author or a moderator.
func (t *turn) solved(ctx context.Context, p press) {
	if p.arg(2) != askerKey(t.in.asker()) && !t.in.Member.may(permissionManageThreads) {
		t.reply(ctx, note(true, "Only the person who posted this, or a moderator, can say that it is solved."))
		return
	}
	t.record(ctx, bot.Rating{Reply: p.arg(1), Helpful: true})
	m := t.without(actSolved, actNot)
	m.Components = append(m.Components, small("Solved. Good to know, thank you."))
	if t.sent(t.first(ctx, response{discordgo.InteractionResponseUpdateMessage, m})) {
		t.mark(ctx)
	}
}

// mark puts the forum's tag for solved posts on the post, where there is one and
// where we may.
func (t *turn) mark(ctx context.Context) {
	post, err := t.rest.channel(ctx, t.in.ChannelID)
	if err != nil {
		t.log.Warn("discord: post could not be looked up", "channel", t.in.ChannelID, "err", err)
		return
	}
	forum, err := t.rest.channel(ctx, post.ParentID)
	if err != nil {
		t.log.Warn("discord: forum could not be looked up", "channel", post.ParentID, "err", err)
		return
	}
	tag := solvedTag(forum)
	if tag == "" || slices.Contains(post.AppliedTags, tag) || len(post.AppliedTags) >= maxTags {
		return
	}
	err = t.rest.tag(ctx, post.ID, append(post.AppliedTags, tag))
	switch code(err) {
	case missingPermission, missingAccess:
		t.explain("tag "+forum.ID, "discord: I may not mark posts as solved; give my role the permission Manage Threads in this forum, or leave it: people still see that it is solved", "forum", forum.ID)
	default:
		if err != nil {
			t.log.Warn("discord: post could not be marked", "channel", post.ID, "err", err)
		}
	}
}

// solvedTag is the id of the forum's tag for solved posts, or "".
func solvedTag(forum channel) string {
	for _, tag := range forum.AvailableTags {
		switch strings.ToLower(strings.TrimSpace(tag.Name)) {
		case "solved", "answered", "resolved", "done":
			return tag.ID
		}
	}
	return ""
}
