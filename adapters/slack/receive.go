package slack

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// receive takes an envelope, once, and returns what to say in the
// acknowledgement, nil for nothing. It returns at once, except for a submitted
// form, whose answer is in the acknowledgement.
func (a *Adapter) receive(env envelope) any {
	switch env.kind {
	case eventsAPI:
		a.receiveEvent(env)
	case interactive:
		return a.receiveInteraction(env)
	case slash:
		a.receiveCommand(env)
	default:
		a.log.Debug("slack sent a kind we do not know", "kind", string(env.kind))
	}
	return nil
}

func (a *Adapter) receiveEvent(env envelope) {
	var c callback
	var e event
	if read(env.payload, &c) != nil || c.Type != "event_callback" || read(c.Event, &e) != nil {
		a.log.Debug("slack sent an event we cannot read", "type", c.Type)
		return
	}
	if c.EventID != "" && !a.seen.first("event/"+c.EventID, struct{}{}) {
		a.log.Debug("slack sent an event again", "event", c.EventID)
		return
	}
	m := &incoming{event: e, team: c.TeamID, again: env.again}
	switch e.Type {
	case "app_mention", "message":
		a.do(lane(c.TeamID, e.Channel), e.Type, func(ctx context.Context) error { return a.message(ctx, m) })
	case "assistant_thread_started":
		a.do(lane(c.TeamID, e.Assistant.ChannelID), e.Type, func(ctx context.Context) error {
			return a.panelOpened(ctx, e.Assistant.ChannelID, e.Assistant.ThreadTS, e.Assistant.UserID)
		})
	case "app_home_opened":
		a.do(lane(c.TeamID, "home", e.User), e.Type, func(ctx context.Context) error { return a.homeOpened(ctx, m) })
	case "link_shared":
		a.do(lane(c.TeamID, e.Channel, "links"), e.Type, func(ctx context.Context) error { return a.linkShared(ctx, e) })
	case "member_joined_channel":
		a.guests.drop(e.Channel) // it may be one
	case "app_uninstalled", "tokens_revoked":
		a.shut(fmt.Errorf("%w: %s", ErrOff, refusals["app_uninstalled"]))
	default:
		a.log.Debug("slack sent an event we have no use for", "type", e.Type)
	}
}

func (a *Adapter) receiveCommand(env envelope) {
	var c command
	if err := read(env.payload, &c); err != nil || c.UserID == "" {
		a.log.Debug("slack sent a command we cannot read")
		return
	}
	if c.TriggerID != "" && !a.seen.first("trigger/"+c.TriggerID, struct{}{}) {
		return
	}
	a.do(lane(c.TeamID, c.ChannelID, c.UserID), "command", func(ctx context.Context) error { return a.command(ctx, c) })
}

func (a *Adapter) receiveInteraction(env envelope) any {
	var i interaction
	if err := read(env.payload, &i); err != nil || i.User.ID == "" {
		a.log.Debug("slack sent an interaction we cannot read")
		return nil
	}
	key := "trigger/" + i.TriggerID
	if len(i.Actions) > 0 {
		key += "/" + i.Actions[0].ID + i.Actions[0].ActionTS
	}
	if i.TriggerID != "" && !a.seen.first(key, struct{}{}) {
		return nil
	}
	own := lane("trigger", i.TriggerID) // a modal must be opened within three seconds: no waiting in line
	switch i.Type {
	case "block_actions":
		for _, act := range i.Actions {
			a.do(own, "action "+family(act.ID), func(ctx context.Context) error { return a.act(ctx, &i, act) })
		}
	case "message_action", "shortcut":
		a.do(own, "shortcut", func(ctx context.Context) error { return a.shortcut(ctx, &i) })
	case "view_submission":
		return a.submitted(&i)
	}
	return nil
}

// family is an action id without its number: "ask" for "ask:2".
func family(id string) string {
	name, _, _ := strings.Cut(id, ":")
	return name
}

// do queues a job. It has its own time, is not ended by the request it came
// with, and may panic without harm to others.
func (a *Adapter) do(lane, what string, job func(context.Context) error) {
	taken := a.lanes.do(lane, func() {
		ctx, cancel := context.WithTimeout(a.jobs, jobTime)
		defer cancel()
		defer a.recover(what)
		a.report(what, job(ctx))
	})
	if !taken {
		a.log.Warn("slack message left at shutdown", "what", what)
	}
}

// report logs what went wrong. A refused token shuts the channel.
func (a *Adapter) report(what string, err error) {
	if err == nil {
		return
	}
	if why := reason(err); why != "" {
		a.shut(fmt.Errorf("%w: %s", ErrOff, why))
		return
	}
	if errors.Is(err, context.Canceled) {
		a.log.Warn("slack reply given up at shutdown", "what", what)
		return
	}
	a.log.Error("slack "+what, "err", err)
}

func (a *Adapter) recover(what string) {
	if p := recover(); p != nil {
		a.log.Error("slack handler panicked", "what", what, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
	}
}

// within runs a job and returns its result if it comes in time. If not, the job
// goes on, and late is told its error.
func within(d time.Duration, job func() (any, error), late func(error)) (any, error, bool) {
	type outcome struct {
		answer any
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		answer, err := job()
		done <- outcome{answer, err}
	}()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case o := <-done:
		return o.answer, o.err, true
	case <-timer.C:
		go func() { late((<-done).err) }()
		return nil, nil, false
	}
}
