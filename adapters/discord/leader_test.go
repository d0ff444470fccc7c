package discord

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
)

// baton is a lock that one replica holds at a time, and that can be lost.
type baton struct {
	mu   sync.Mutex
	free chan struct{}
	lose context.CancelFunc // of who holds it
}

func newBaton() *baton {
	b := &baton{free: make(chan struct{}, 1)}
	b.free <- struct{}{}
	return b
}

func (b *baton) lead(ctx context.Context) (context.Context, func(), error) {
	select {
	case <-b.free:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	held, cancel := context.WithCancel(ctx)
	b.mu.Lock()
	b.lose = cancel
	b.mu.Unlock()
	return held, func() { cancel(); b.free <- struct{}{} }, nil
}

// One replica holds the gateway; when it ends, or loses the lock, another does.
func TestLeader(t *testing.T) {
	b := newBaton()
	first := newWorld(t, func(c *Config) { c.Leader = b.lead })
	second := prepare(t, func(c *Config) { c.Leader, c.API = b.lead, first.fake.api() })
	second.fake = first.fake
	second.start()
	if got := first.ask(ana, general, "How long does a session take?"); !strings.Contains(wording(got), "75 minutes") {
		t.Errorf("answer: %s", show(got))
	}
	if n := first.fake.connections; n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
	if err := first.end(); err != nil {
		t.Errorf("Run = %v", err)
	}
	first.fake.until("the second replica", func() bool { return len(first.fake.identifies) == 2 })
	first.fake.until("only one left", func() bool { return len(first.fake.peers) == 1 })
	b.mu.Lock()
	b.lose()
	b.mu.Unlock()
	first.fake.until("the lock taken again", func() bool { return len(first.fake.identifies) == 3 })
	if got := second.ask(ana, general, "How long does a session take?"); !strings.Contains(wording(got), "75 minutes") {
		t.Errorf("answer: %s", show(got))
	}
	if err := second.end(); err != nil {
		t.Errorf("Run = %v", err)
	}
}

// A lock that cannot be asked for is asked for again.
func TestLeaderFails(t *testing.T) {
	tries := 0
	w := newWorld(t, func(c *Config) {
		c.Leader = func(ctx context.Context) (context.Context, func(), error) {
			if tries++; tries < 4 {
				return nil, nil, errors.New("database is away")
			}
			return ctx, func() {}, nil
		}
	})
	if err := w.end(); err != nil || tries != 4 {
		t.Errorf("Run = %v after %d tries", err, tries)
	}
}

func TestWithoutGateway(t *testing.T) {
	w := prepare(t, func(c *Config) { c.NoGateway = true })
	w.start()
	w.fake.until("commands", func() bool { return len(w.fake.commands[""]) == 2 })
	if err := w.end(); err != nil || w.fake.connections != 0 {
		t.Errorf("Run = %v, %d connections", err, w.fake.connections)
	}
}
