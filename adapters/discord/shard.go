package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
	"golang.org/x/sync/errgroup"
)

// pace is how fast things go. Tests go faster.
type pace struct {
	open     time.Duration // for dialling, and for the first message
	ready    time.Duration // from the first message to readiness
	identify time.Duration // between two identifies
	settle   time.Duration // before coming back after an invalid session; half of it to all of it
	backoff  time.Duration // before the second attempt; doubles
	longest  time.Duration // between two attempts
	steady   time.Duration // a connection that lasted this long was a good one
	lead     time.Duration // between two attempts to lead
	slow     time.Duration // after this, an interaction is held open
}

// The longest backoff keeps the identifies of a day below the thousand after
// which Discord takes the token away.
var defaultPace = pace{
	open:     10 * time.Second,
	ready:    30 * time.Second,
	identify: 5 * time.Second,
	settle:   5 * time.Second,
	backoff:  time.Second,
	longest:  2 * time.Minute,
	steady:   time.Minute,
	lead:     2 * time.Second,
	slow:     1500 * time.Millisecond,
}

// errReshard is the end of all connections, to begin again with more of them.
var errReshard = errors.New("more shards are needed")

// Close codes after which trying again is of no use, and what to do about each.
var fatal = map[int]string{
	4004: "the token is not valid any more: reset it in the developer portal (Bot, Reset Token) and set DISCORD_TOKEN",
	4010: "the number of shards is wrong: leave it to Discord",
	4012: "this version of Discord's gateway is no longer served: update massagefaq",
	4013: "the intents are not valid: update massagefaq",
	4014: "an intent is not allowed: switch it on in the developer portal (Bot, Privileged Gateway Intents)",
}

// forgotten are close codes after which the session cannot be resumed.
var forgotten = []int{websocket.CloseNormalClosure, websocket.CloseGoingAway, 4003, 4005, 4007, 4009}

// connect keeps every shard connected until ctx ends.
func (a *Adapter) connect(ctx context.Context) error {
	for {
		info, err := a.where(ctx)
		if err != nil {
			return err
		}
		err = a.shards(ctx, info)
		if !errors.Is(err, errReshard) {
			return err
		}
		a.log.Warn("discord: more shards are wanted")
		if sleep(ctx, a.pace.identify) != nil {
			return nil
		}
	}
}

// where asks for the gateway until there is an answer, and until today's
// identifies are not used up.
func (a *Adapter) where(ctx context.Context) (info gatewayInfo, err error) {
	err = a.persist(ctx, "ask for the gateway", func() (err error) {
		info, err = a.rest.gateway(ctx)
		return err
	})
	if err == nil && info.Limit.Remaining < 1 && info.Limit.ResetAfter > 0 {
		wait := time.Duration(info.Limit.ResetAfter) * time.Millisecond
		a.log.Error("discord: too many connections today, waiting", "wait", wait.Round(time.Second).String())
		err = sleep(ctx, wait)
	}
	if a.shardCount > 0 {
		info.Shards = a.shardCount
	}
	info.Shards = max(1, info.Shards)
	return info, err
}

// persist tries until it works, ctx ends, or Discord refuses the token.
func (a *Adapter) persist(ctx context.Context, what string, try func() error) error {
	for wait := a.pace.backoff; ; wait = min(2*wait, a.pace.longest) {
		err := try()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case status(err) == 401:
			return fmt.Errorf("%w: %s", ErrOff, fatal[4004])
		}
		a.log.Warn("discord: "+what, "err", err, "wait", wait.String())
		if err := sleep(ctx, jitter(wait)); err != nil {
			return err
		}
	}
}

// jitter is between half of d and all of it.
func jitter(d time.Duration) time.Duration { return d/2 + time.Duration(rand.Int64N(int64(d/2)+1)) }

func (a *Adapter) shards(ctx context.Context, info gatewayInfo) error {
	g, ctx := errgroup.WithContext(ctx)
	gates := newGates(max(1, info.Limit.MaxConcurrency))
	for n := range info.Shards {
		g.Go(func() error {
			return a.shard(ctx, info.URL, gates, identity{a.token, a.intents(), [2]int{n, info.Shards}})
		})
	}
	return g.Wait()
}

// shard keeps one shard connected until ctx ends or Discord refuses it for good.
func (a *Adapter) shard(ctx context.Context, address string, gates gates, id identity) error {
	var s session
	wait := a.pace.backoff
	for {
		began := time.Now()
		err := a.live(ctx, address, gates, id, &s)
		if ctx.Err() != nil {
			return nil
		}
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			if id.intents, err = a.closed(closed, id.intents, &s); err != nil {
				return err
			}
			err = closed
		}
		if time.Since(began) >= a.pace.steady {
			wait = a.pace.backoff
		}
		if errors.Is(err, errForgotten) {
			s = session{}
		}
		pause := jitter(wait)
		if errors.Is(err, errInvalid) {
			pause = max(pause, jitter(a.pace.settle))
		}
		a.log.Info("discord: connection ended", "shard", id.shard[0], "err", err, "resume", s.id != "", "wait", pause.Round(time.Millisecond).String())
		if sleep(ctx, pause) != nil {
			return nil
		}
		wait = min(2*wait, a.pace.longest)
	}
}

// closed decides by the code of Discord's goodbye: an error ends the channel,
// else the connection is tried again, with the intents returned.
func (a *Adapter) closed(c *websocket.CloseError, intents discordgo.Intent, s *session) (discordgo.Intent, error) {
	for _, code := range forgotten {
		if c.Code == code {
			*s = session{}
		}
	}
	switch advice, end := fatal[c.Code]; {
	case c.Code == 4011:
		return intents, errReshard
	case c.Code == 4014 && intents&discordgo.IntentMessageContent != 0:
		a.log.Warn("discord: the message content intent is not switched on in the developer portal; going on without it")
		*s = session{}
		return intents &^ discordgo.IntentMessageContent, nil
	case end:
		return intents, fmt.Errorf("%w: discord closed the connection with code %d: %s", ErrOff, c.Code, advice)
	}
	return intents, nil
}

// live is one connection, from dialling to its end.
func (a *Adapter) live(ctx context.Context, address string, gates gates, id identity, s *session) error {
	l, interval, err := a.enter(ctx, address, gates, id, s)
	if err != nil {
		return err
	}
	return l.serve(ctx, interval)
}

// enter connects and introduces us: by resuming, or through the gate.
func (a *Adapter) enter(ctx context.Context, address string, gates gates, id identity, s *session) (*link, time.Duration, error) {
	if s.id == "" {
		if err := gates.pass(ctx, id.shard[0]); err != nil {
			return nil, 0, err
		}
		defer gates.shut(id.shard[0], a.pace.identify)
	} else if s.resume != "" {
		address = s.resume
	}
	l, interval, err := dial(ctx, address, s, a.pace)
	if err != nil {
		s.resume = "" // next time by the front door
		return nil, 0, err
	}
	l.event = func(kind string, data json.RawMessage) { a.event(ctx, kind, data) }
	if err := l.introduce(id); err != nil {
		l.socket.Close()
		return nil, 0, err
	}
	return l, interval, nil
}

// gates hold back identifies: one at a time for each of Discord's groups of
// shards, and after each none for a while.
type gates []chan struct{}

func newGates(n int) gates {
	g := make(gates, n)
	for i := range g {
		g[i] = make(chan struct{}, 1)
	}
	return g
}

// pass waits for the shard's turn.
func (g gates) pass(ctx context.Context, shard int) error {
	select {
	case g[shard%len(g)] <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// shut lets the next pass after a while.
func (g gates) shut(shard int, d time.Duration) {
	time.AfterFunc(d, func() { <-g[shard%len(g)] })
}
