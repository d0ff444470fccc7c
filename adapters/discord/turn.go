package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A manner is how an interaction is answered: at once, and when that takes too
// long, first held open.
type manner struct {
	now, later discordgo.InteractionResponseType
}

var (
	asMessage = manner{discordgo.InteractionResponseChannelMessageWithSource, discordgo.InteractionResponseDeferredChannelMessageWithSource}
	asUpdate  = manner{discordgo.InteractionResponseUpdateMessage, discordgo.InteractionResponseDeferredMessageUpdate}
)

// answer does the work and sends what comes of it. Discord waits three seconds:
// when the work takes longer than half of that, the interaction is held open,
// visible to the asker only, since what is said there cannot be taken back.
// work returns how to show its result, which depends on whether that happened.
func (t *turn) answer(ctx context.Context, how manner, work func(context.Context) func(deferred bool) message) {
	done := make(chan func(bool) message, 1)
	go func() {
		show := t.sorry
		defer func() { done <- show }()
		defer t.recovered("answer")
		show = work(ctx)
	}()
	slow := time.NewTimer(t.pace.slow)
	defer slow.Stop()
	select {
	case show := <-done:
		t.tell(ctx, how.now, show(false))
	case <-slow.C:
		if t.hold(ctx, how) {
			show := <-done
			t.revise(ctx, show(true))
		}
	}
}

func (t *turn) hold(ctx context.Context, how manner) bool {
	r := response{Type: how.later}
	if how == asMessage {
		r.Data = deferral{discordgo.MessageFlagsEphemeral}
	}
	return t.sent(t.first(ctx, r))
}

// tell sends the answer to the interaction. Who sees a message is settled when it
// is made: a change of it keeps that.
func (t *turn) tell(ctx context.Context, as discordgo.InteractionResponseType, m message) {
	if as == discordgo.InteractionResponseUpdateMessage {
		m.Flags &^= discordgo.MessageFlagsEphemeral
	}
	t.sent(t.first(ctx, response{as, m}))
}

// revise replaces what was sent to hold the interaction open. Over HTTP, Discord
// may not have read that yet when we come with the rest.
func (t *turn) revise(ctx context.Context, m message) {
	m.Flags &^= discordgo.MessageFlagsEphemeral // decided when it was held open
	t.sent(t.insist(ctx, func() error { return t.rest.edit(ctx, t.in, m) }))
}

// further sends one more message.
func (t *turn) further(ctx context.Context, m message) bool {
	return t.sent(t.insist(ctx, func() error { return t.rest.follow(ctx, t.in, m) }))
}

func (t *turn) insist(ctx context.Context, try func() error) error {
	for n := 1; ; n++ {
		err := try()
		if c := code(err); c != unknownWebhook && c != unknownMessage || n == 4 {
			return err
		}
		if sleep(ctx, time.Duration(n)*250*time.Millisecond) != nil {
			return err
		}
	}
}

// alreadyAnswered comes when a second try finds that the first had arrived.
const alreadyAnswered = 40060

// sent reports whether it worked, and says in the log why not.
func (t *turn) sent(err error) bool {
	switch code(err) {
	case alreadyAnswered:
		return true
	case unknownInteraction:
		t.log.Warn("discord: the answer came after Discord's three seconds", "kind", int(t.in.Type))
		return false
	}
	if err != nil {
		t.log.Warn("discord: interaction could not be answered", "kind", int(t.in.Type), "err", err)
	}
	return err == nil
}

// sorry is what a person reads when we failed them.
func (t *turn) sorry(bool) message { return note(true, t.apology()) }

func (a *Adapter) apology() string {
	s := "Something went wrong on my side. Please try again in a minute."
	if phone := a.bot.Practice().Phone; phone != "" {
		s += " If it is about a visit, call " + escape(phone) + "."
	}
	return s
}
