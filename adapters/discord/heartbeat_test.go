package discord

import (
	"slices"
	"testing"
	"time"
)

func TestMissedHeartbeat(t *testing.T) {
	w := prepare(t, nil)
	w.fake.interval = 50 * time.Millisecond
	w.fake.scripts = []func(*peer){func(p *peer) {
		p.hello()
		p.greet()
		for { // hears heartbeats and does not answer
			if _, err := p.read(); err != nil {
				return
			}
		}
	}}
	w.start()
	w.fake.until("a resume", func() bool { return w.fake.resumes > 0 })
	w.fake.mu.Lock()
	defer w.fake.mu.Unlock()
	if !slices.Contains(w.fake.goodbyes, closeResumable) {
		t.Errorf("closed with %v, want %d, with which a session can be resumed", w.fake.goodbyes, closeResumable)
	}
}

// Heartbeats that are answered keep a connection for many intervals, and one that
// is asked for comes at once.
func TestHeartbeat(t *testing.T) {
	w := prepare(t, nil)
	beats := make(chan frame, 100)
	w.fake.scripts = []func(*peer){func(p *peer) {
		p.hello()
		p.greet()
		p.send(frame{Op: opHeartbeat})
		for {
			f, err := p.read()
			if err != nil {
				return
			}
			beats <- f
			p.send(frame{Op: opAck})
		}
	}}
	w.start()
	select {
	case f := <-beats: // the interval is 40 s: this one was asked for
		if f.Op != opHeartbeat || string(f.Data) != "1" {
			t.Errorf("got opcode %d with %s, want a heartbeat with the sequence 1", f.Op, f.Data)
		}
	case <-time.After(patience):
		t.Error("no heartbeat when asked for one")
	}
}

func TestHeartbeatsGoOn(t *testing.T) {
	t.Parallel() // it mostly waits
	w := prepare(t, nil)
	w.fake.interval = 500 * time.Millisecond
	beats := 0
	w.fake.scripts = []func(*peer){func(p *peer) {
		p.hello()
		p.greet()
		for {
			f, err := p.read()
			if err != nil {
				return
			}
			if f.Op == opHeartbeat {
				p.mu.Lock()
				beats++
				p.wake()
				p.mu.Unlock()
				p.send(frame{Op: opAck})
			}
		}
	}}
	w.start()
	w.fake.until("six heartbeats", func() bool { return beats >= 6 })
	if w.fake.connections != 1 {
		t.Errorf("%d connections, want 1", w.fake.connections)
	}
}
