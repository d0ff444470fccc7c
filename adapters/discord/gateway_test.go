package discord

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// TestFaults holds what a connection must survive, discordgo's own faults among
// them: each is a script for the first connections, after which all must be well
// and a question be answered.
func TestFaults(t *testing.T) {
	reconnect := func(p *peer) { p.send(frame{Op: opReconnect}); p.linger() }
	invalid := func(resumable bool) func(*peer) {
		return func(p *peer) {
			p.hello()
			p.read()
			p.send(frame{Op: opInvalid, Data: marshal(resumable)})
			p.linger()
		}
	}
	closing := func(code int) func(*peer) {
		return func(p *peer) { p.hello(); p.greet(); p.goodbye(code) }
	}
	for _, c := range []struct {
		name    string
		scripts []func(*peer)
		resumes int // that must have been tried
	}{
		// discordgo's Open never returns from this (issue 513).
		{"reconnect between hello and ready", []func(*peer){func(p *peer) { p.hello(); p.read(); reconnect(p) }}, 0},
		{"reconnect in place of hello", []func(*peer){reconnect, reconnect}, 0},
		{"reconnect while resuming", []func(*peer){closing(4000), func(p *peer) { p.hello(); p.read(); reconnect(p) }}, 1},
		{"reconnect when ready", []func(*peer){func(p *peer) { p.hello(); p.greet(); reconnect(p) }}, 1},
		{"invalid session", []func(*peer){invalid(false)}, 0},
		{"invalid session after invalid session", []func(*peer){invalid(false), invalid(true), invalid(false)}, 0},
		{"session forgotten", []func(*peer){func(p *peer) { p.hello(); p.greet(); p.forget(); p.goodbye(4000) }}, 1},
		{"no hello", []func(*peer){func(p *peer) { p.linger() }}, 0},
		{"no ready", []func(*peer){func(p *peer) { p.hello(); p.linger() }}, 0},
		{"nonsense in place of hello", []func(*peer){func(p *peer) { p.raw(websocket.TextMessage, "{") }, func(p *peer) { p.send(frame{Op: 99}) }, func(p *peer) { p.send(frame{Op: opHello, Data: marshal(map[string]int{"heartbeat_interval": 0})}) }}, 0},
		{"nonsense when ready", []func(*peer){func(p *peer) {
			p.hello()
			p.greet()
			p.raw(websocket.TextMessage, `{"op":"x"`)
			p.raw(websocket.BinaryMessage, "\x00\x01")
			p.serve()
		}}, 0},
		{"cut off", []func(*peer){func(p *peer) {}, func(p *peer) { p.hello() }, func(p *peer) { p.hello(); p.greet() }}, 1},
		{"going away", []func(*peer){closing(1001)}, 0},
		{"unknown error", []func(*peer){closing(4000)}, 1},
		{"session timed out", []func(*peer){closing(4009)}, 0},
		{"rate limited", []func(*peer){closing(4008)}, 1},
		{"sharding required", []func(*peer){closing(4011)}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := prepare(t, nil)
			if strings.HasPrefix(c.name, "no ") {
				w.adapter.pace.open, w.adapter.pace.ready = time.Second, time.Second
			}
			w.fake.scripts = c.scripts
			w.start()
			after := len(c.scripts)
			if c.name == "nonsense when ready" { // which is no reason to leave
				after = 0
			}
			w.fake.connectedSince(after, 1)
			if got := w.ask(ana, general, "Does insurance cover medical massage?"); !strings.Contains(wording(got), "depends on your plan") {
				t.Errorf("answer after the fault: %s", show(got))
			}
			w.fake.mu.Lock()
			resumes := w.fake.resumes
			w.fake.mu.Unlock()
			if resumes < c.resumes || c.resumes == 0 && resumes > 0 {
				t.Errorf("resumed %d times, want %d", resumes, c.resumes)
			}
			if err := w.end(); err != nil {
				t.Errorf("Run = %v", err)
			}
		})
	}
}

// linger keeps the connection open until the bot gives it up.
func (p *peer) linger() {
	for {
		if _, err := p.read(); err != nil {
			return
		}
	}
}

// forget makes the session unknown.
func (p *peer) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.sessions, p.session.id)
}

// The test of discordgo's own Open: as long as this passes, the connection in
// gateway.go is needed.
func TestDiscordgoStillHangs(t *testing.T) {
	t.Parallel() // it mostly waits
	f := newFake(t)
	f.strict = false
	f.scripts = []func(*peer){func(p *peer) { p.hello(); p.read(); p.send(frame{Op: opReconnect}); p.linger() }}
	s, _ := discordgo.New("Bot " + fakeToken)
	s.ShouldReconnectOnError = false
	s.Client.Transport = toFake{f}
	opened := make(chan error, 1)
	go func() { opened <- s.Open() }()
	select {
	case err := <-opened:
		t.Errorf("discordgo's Open returned %v when a reconnect came while it ran: it may have been mended, so look again at why gateway.go exists", err)
	case <-time.After(2 * time.Second):
	}
}

func TestFatalCodes(t *testing.T) {
	for code, advice := range fatal {
		w := prepare(t, nil)
		w.fake.scripts = []func(*peer){func(p *peer) { p.hello(); p.read(); p.goodbye(code) }}
		w.start()
		err := w.result()
		if !errors.Is(err, ErrOff) || !strings.Contains(err.Error(), advice) || strings.Contains(err.Error(), "\n") {
			t.Errorf("after code %d Run = %v, want one line that is ErrOff and says %q", code, err, advice)
		}
		if w.fake.connections != 1 {
			t.Errorf("after code %d: %d connections, want 1", code, w.fake.connections)
		}
	}
}

func TestTokenRefused(t *testing.T) {
	w := prepare(t, func(c *Config) { c.Token = "WRONG.token" })
	w.start()
	if err := w.result(); !errors.Is(err, ErrOff) || !strings.Contains(err.Error(), "DISCORD_TOKEN") || strings.Contains(err.Error()+w.log.String(), "WRONG") {
		t.Errorf("Run = %v, want ErrOff with advice and without the token; log:\n%s", err, w.log)
	}
}

func TestTokenRevoked(t *testing.T) {
	w := newWorld(t, nil)
	w.fake.mu.Lock()
	w.fake.token = "another"
	for p := range w.fake.peers {
		p.goodbye(4004)
	}
	w.fake.mu.Unlock()
	if err := w.result(); !errors.Is(err, ErrOff) {
		t.Errorf("Run = %v, want ErrOff", err)
	}
}

// Events that came while the connection was down arrive with the resume, each
// once.
func TestResumeLosesNothing(t *testing.T) {
	w := newWorld(t, nil)
	w.settle() // the bot knows its session, too
	w.fake.mu.Lock()
	w.fake.scripts = []func(*peer){nil, func(p *peer) { p.send(frame{Op: opReconnect}) }}
	for p := range w.fake.peers {
		p.goodbye(4000)
	}
	w.fake.mu.Unlock()
	got := w.say(w.said(ana, directly, "How long does a session take?", nil))
	if !strings.Contains(wording(got), "75 minutes") {
		t.Errorf("answer: %s", show(got))
	}
	w.settle()
	if n := w.fake.count("POST", "/messages$"); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
	if w.fake.resumes < 1 || len(w.fake.identifies) != 1 {
		t.Errorf("%d resumes and %d identifies, want 1 identify", w.fake.resumes, len(w.fake.identifies))
	}
}

func TestIntents(t *testing.T) {
	base := discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	for _, c := range []struct {
		name    string
		flags   int
		allowed discordgo.Intent
		want    []discordgo.Intent
	}{
		{"none granted", 0, 0, []discordgo.Intent{base}},
		{"content granted", 1 << 19, discordgo.IntentMessageContent, []discordgo.Intent{base | discordgo.IntentMessageContent}},
		{"content withdrawn", 1 << 18, 0, []discordgo.Intent{base | discordgo.IntentMessageContent, base}},
	} {
		w := prepare(t, nil)
		w.fake.app["flags"], w.fake.allowed = c.flags, c.allowed
		w.start()
		w.fake.until("ready", func() bool { return len(w.fake.identifies) == len(c.want) })
		w.fake.connected(1)
		for i, id := range w.fake.identifies {
			if id.intents != c.want[i] {
				t.Errorf("%s: identify %d has intents %b, want %b", c.name, i, id.intents, c.want[i])
			}
		}
		if err := w.end(); err != nil {
			t.Errorf("%s: Run = %v", c.name, err)
		}
	}
}

func TestShards(t *testing.T) {
	t.Parallel()
	w := prepare(t, nil)
	w.adapter.pace.identify = 2 * time.Second
	w.fake.shards, w.fake.concurrency = 4, 2
	w.start()
	w.fake.connected(4)
	w.fake.mu.Lock()
	defer w.fake.mu.Unlock()
	last := map[int]time.Time{}
	var shards []int
	for _, id := range w.fake.identifies {
		if id.shard[1] != 4 {
			t.Errorf("identified as shard %v, want of 4", id.shard)
		}
		group := id.shard[0] % 2
		if gap := id.at.Sub(last[group]); gap < time.Second {
			t.Errorf("shard %d identified %s after another of its group, want about 2s", id.shard[0], gap)
		}
		last[group] = id.at
		shards = append(shards, id.shard[0])
	}
	slices.Sort(shards)
	if !slices.Equal(shards, []int{0, 1, 2, 3}) {
		t.Errorf("identified as shards %v", shards)
	}
}

// Nothing makes the bot hurry: a gateway that refuses every session is asked with
// growing pauses, and one that has no connections left for today is left alone.
func TestPatience(t *testing.T) {
	t.Parallel()
	w := prepare(t, nil)
	w.adapter.pace.backoff, w.adapter.pace.longest, w.adapter.pace.settle = 20*time.Millisecond, 200*time.Millisecond, 800*time.Millisecond
	for range 4 {
		w.fake.scripts = append(w.fake.scripts, func(p *peer) {
			p.hello()
			p.greet()
			p.send(frame{Op: opInvalid, Data: marshal(false)})
			p.linger()
		})
	}
	w.start()
	w.fake.until("five identifies", func() bool { return len(w.fake.identifies) == 5 })
	for i := 1; i < 5; i++ {
		if gap := w.fake.identifies[i].at.Sub(w.fake.identifies[i-1].at); gap < 200*time.Millisecond { // less what the first took to arrive
			t.Errorf("identified again after %s, want about half of the 800ms to settle at least", gap)
		}
	}
}

func TestNoConnectionsLeft(t *testing.T) {
	w := prepare(t, nil)
	w.fake.identifiesLeft = 0 // for another 50 ms
	began := time.Now()
	w.run()
	if took := time.Since(began); took < 50*time.Millisecond {
		t.Errorf("connected after %s", took)
	}
	if !strings.Contains(w.log.String(), "too many connections today") {
		t.Error("nobody was told")
	}
}

func TestDownAtFirst(t *testing.T) {
	w := prepare(t, nil)
	w.fake.fail("GET", "/applications/@me", 7, 500, "down")
	w.fake.fail("GET", "/gateway/bot", 7, 503, "down")
	w.run()
	if got := w.ask(ana, general, "How long does a session take?"); !strings.Contains(wording(got), "75 minutes") {
		t.Errorf("answer: %s", show(got))
	}
}
