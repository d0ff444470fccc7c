package slack

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"
)

// run starts the adapter's Run and returns what ends it: it must then return nil.
func run(t *testing.T, a *Adapter) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("Run = %v, want nil after its context has ended", err)
			}
		case <-time.After(grace + 5*time.Second):
			t.Error("Run does not end with its context")
		}
	}
	t.Cleanup(stop)
	return stop
}

// asks has Maria mention the bot, by the given way, and returns the event.
func (f *fakeSlack) asks(send deliver, text string) (map[string]any, *fakeMessage) {
	m := f.types("UMARIA", "CDESK", "", "<@"+fakeBot+"> "+text)
	c := f.callbackFor(f.messageEvents("CDESK", m)[1])
	send(eventsAPI, c)
	return c, m
}

func TestSocketMode(t *testing.T) {
	f := newFakeSlack(t)
	a := adapter(t, f, nil)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	stop := run(t, a)
	_, m := f.asks(f.bySocket, "what should I wear to a session?")
	if got := f.await("chat.postMessage", 1); str(got.Args, "thread_ts") != m.TS || str(got.Args, "channel") != "CDESK" {
		t.Errorf("posted with %v", got.Args)
	}
	if ack := f.bySocket(slash, f.slashCommand("UMARIA", "CDESK", "what should I wear?")); ack != nil {
		t.Errorf("command acknowledged with %s", ack)
	}
	f.await("response_url", 1)
	f.bySocket(interactive, f.messageShortcut("UMARIA", "CDESK", m))
	f.await("views.open", 1)
	for _, v := range f.views {
		typed := map[string]any{inputBlock(v, wordingBlock): map[string]any{"value": " "}}
		if ack := f.bySocket(interactive, f.submit("UMARIA", v, typed)); !strings.Contains(string(ack), "Write something") {
			t.Errorf("empty form acknowledged with %s", ack)
		}
	}
	stop()
	f.close()
	a.calls.client.CloseIdleConnections()
}

func TestSocketDropsInTheMiddleOfAReply(t *testing.T) {
	f := newFakeSlack(t)
	run(t, adapter(t, f, nil))
	f.until("a socket", func() bool { return len(f.sockets) == 1 })
	f.fail("chat.postMessage", fault{delay: 100 * time.Millisecond})
	m := f.types("UMARIA", "CDESK", "", "<@"+fakeBot+"> what should I wear to a session?")
	c := f.callbackFor(f.messageEvents("CDESK", m)[1])
	f.envelope(eventsAPI, c, 0)
	f.await("chat.postMessage", 1)
	f.mu.Lock()
	f.sockets[0].conn.Close()
	f.mu.Unlock()
	f.until("a second socket", func() bool { return f.opened == 2 && len(f.sockets) == 1 })
	f.bySocket(eventsAPI, c) // Slack sends what it thinks was not acknowledged
	f.asks(f.bySocket, "should I eat before a massage?")
	f.await("chat.postMessage", 2)
	if said := f.said("CDESK"); len(said) != 2 {
		t.Errorf("%d replies to two questions", len(said))
	}
}

func TestSocketReconnects(t *testing.T) {
	for name, disturb := range map[string]func(*fakeSlack){
		"asked to": func(f *fakeSlack) {
			f.sockets[0].send(map[string]any{"type": "disconnect", "reason": "refresh_requested"})
		},
		"closed": func(f *fakeSlack) {
			f.sockets[0].conn.WriteControl(websocket.CloseMessage, nil, time.Now().Add(time.Second))
		},
		"refused": func(f *fakeSlack) {
			f.faults["apps.connections.open"] = []fault{{status: 500}, {status: 503}, {err: "internal_error"}}
			f.sockets[0].conn.Close()
		},
		"rate limit": func(f *fakeSlack) {
			f.faults["apps.connections.open"] = []fault{{status: 429, after: "1"}}
			f.sockets[0].conn.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeSlack(t)
			run(t, adapter(t, f, nil))
			f.until("a socket", func() bool { return len(f.sockets) == 1 })
			f.mu.Lock()
			disturb(f)
			f.mu.Unlock()
			f.until("a second socket", func() bool { return f.opened >= 2 && len(f.sockets) == 1 })
			f.asks(f.bySocket, "what should I wear to a session?")
			f.await("chat.postMessage", 1)
		})
	}
}

func TestSocketWithoutPingsIsDead(t *testing.T) {
	f := newFakeSlack(t)
	f.ping = -1
	run(t, adapter(t, f, func(c *Config) { c.PingInterval = 50 * time.Millisecond }))
	f.until("a second socket", func() bool { return f.opened >= 2 })
}

// TestSocketThatKeepsDropping makes sure that a connection which never lasts is
// not opened over and over at full speed.
func TestSocketThatKeepsDropping(t *testing.T) {
	f := newFakeSlack(t)
	run(t, adapter(t, f, func(c *Config) { c.Pause = 20 * time.Millisecond }))
	began, opened := time.Now(), 0
	for time.Since(began) < 700*time.Millisecond || opened < 2 && time.Since(began) < patience {
		f.mu.Lock()
		for _, s := range f.sockets {
			s.conn.Close()
		}
		opened = f.opened
		f.mu.Unlock()
		time.Sleep(time.Millisecond)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.opened < 2 || f.opened > 10 {
		t.Errorf("%d connections within 0.7 s, want 2 to 10", f.opened)
	}
}

func TestSocketAcknowledgesWhatItCannotRead(t *testing.T) {
	f := newFakeSlack(t)
	run(t, adapter(t, f, nil))
	for _, e := range []map[string]any{
		{"type": "an_event_of_next_year", "channel": map[string]any{"id": "C1"}},
		{"type": "message", "text": 5, "blocks": "none", "files": true, "channel": []any{}},
		{},
	} {
		f.bySocket(eventsAPI, f.callbackFor(e))
	}
	f.bySocket(eventsAPI, map[string]any{"type": 3})
	f.bySocket(interactive, map[string]any{"type": "block_actions", "actions": "?", "user": 1})
	f.bySocket(slash, map[string]any{"command": true})
	f.mu.Lock()
	f.sockets[0].conn.WriteMessage(websocket.TextMessage, []byte("{not JSON"))
	f.mu.Unlock()
	f.asks(f.bySocket, "what should I wear to a session?")
	f.await("chat.postMessage", 1)
}

func TestRefusedTokens(t *testing.T) {
	for name, test := range map[string]struct {
		prepare func(*fakeSlack)
		then    func(*fakeSlack)
		want    string
	}{
		"unknown bot token":   {prepare: func(f *fakeSlack) { delete(f.tokens, botToken) }, want: "invalid_auth"},
		"unknown app token":   {prepare: func(f *fakeSlack) { delete(f.tokens, appToken) }, want: "invalid_auth"},
		"revoked at start":    {prepare: func(f *fakeSlack) { f.fail("auth.test", fault{err: "token_revoked"}) }, want: "token_revoked"},
		"removed at start":    {prepare: func(f *fakeSlack) { f.fail("apps.connections.open", fault{err: "account_inactive"}) }, want: "account_inactive"},
		"wrong kind of token": {prepare: func(f *fakeSlack) { f.fail("apps.connections.open", fault{err: "not_allowed_token_type"}) }, want: "not_allowed_token_type"},
		"removed later": {then: func(f *fakeSlack) {
			f.until("a socket", func() bool { return len(f.sockets) > 0 })
			f.envelope(eventsAPI, f.callbackFor(map[string]any{"type": "app_uninstalled"}), 0)
		}, want: "app_uninstalled"},
		"revoked later": {then: func(f *fakeSlack) {
			f.fail("chat.postMessage", fault{err: "token_revoked"})
			f.until("a socket", func() bool { return len(f.sockets) > 0 })
			f.asks(func(k kind, payload map[string]any) json.RawMessage {
				f.envelope(k, payload, 0) // Run may end before it is acknowledged, and nobody minds
				return nil
			}, "what should I wear to a session?")
		}, want: "token_revoked"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFakeSlack(t)
			if test.prepare != nil {
				test.prepare(f)
			}
			a := adapter(t, f, nil)
			done := make(chan error, 1)
			go func() { done <- a.Run(t.Context()) }()
			if test.then != nil {
				test.then(f)
			}
			select {
			case err := <-done:
				if !errors.Is(err, ErrOff) || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
					t.Errorf("Run = %v, want one line with %s, and ErrOff", err, test.want)
				}
			case <-time.After(patience):
				t.Fatal("Run goes on with a token that Slack refuses")
			}
		})
	}
}

func TestSlackNotReachedAtStart(t *testing.T) {
	f := newFakeSlack(t)
	f.fail("auth.test", fault{status: 500}, fault{hangUp: true}, fault{status: 502}, fault{status: 500}, fault{status: 500}, fault{err: "fatal_error"})
	run(t, adapter(t, f, nil))
	f.asks(f.bySocket, "what should I wear to a session?")
	f.await("chat.postMessage", 1)
}

// TestShutdownLetsRepliesOut ends Run while a reply is on its way.
func TestShutdownLetsRepliesOut(t *testing.T) {
	f := newFakeSlack(t)
	a := adapter(t, f, nil)
	stop := run(t, a)
	f.fail("chat.postMessage", fault{delay: 200 * time.Millisecond})
	f.asks(f.bySocket, "what should I wear to a session?")
	f.await("chat.postMessage", 1)
	stop()
	if len(f.said("CDESK")) != 1 {
		t.Error("the reply under way was lost")
	}
}

// TestLogsHoldNoQuestion runs through questions, faults and refusals, and looks
// for what people wrote in the log.
func TestLogsHoldNoQuestion(t *testing.T) {
	var log safeBuffer
	f := newFakeSlack(t)
	run(t, adapter(t, f, func(c *Config) {
		c.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}))
	f.fail("chat.postMessage", fault{status: 500}, fault{err: "channel_not_found"}, fault{err: "msg_too_long"})
	const secret = "zebra-4711"
	for range 3 {
		f.asks(f.bySocket, "does insurance cover "+secret+"?")
	}
	f.bySocket(slash, f.slashCommand("UMARIA", "CDESK", secret))
	f.bySocket(eventsAPI, f.callbackFor(map[string]any{"type": "message", "text": secret, "channel": 5}))
	f.await("chat.postMessage", 4)
	f.await("response_url", 1)
	if text := log.String(); strings.Contains(text, secret) || strings.Contains(text, "zebra") {
		t.Errorf("the log holds a question:\n%s", text)
	}
	if !json.Valid([]byte(strings.SplitN(log.String(), "\n", 2)[0])) {
		t.Errorf("the log is empty or broken: %q", log.String())
	}
}
