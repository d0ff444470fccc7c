package discord

import (
	"encoding/json"
	"fmt"
)

// emit delivers an event to the first shard: at once, or when it resumes.
func (f *fake) emit(kind string, data any) {
	f.t.Helper()
	f.mu.Lock()
	var to *peer
	for p := range f.peers {
		if p.session != nil && p.session.shard[0] == 0 && p.session.seq > 0 && (to == nil || p.number > to.number) {
			to = p // the newest: an older one may have ended unnoticed
		}
	}
	f.mu.Unlock()
	if to != nil {
		to.dispatch(kind, data)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.sessions {
		if s.shard[0] == 0 {
			s.seq++
			s.log = append(s.log, frame{Op: opDispatch, Type: kind, Seq: s.seq, Data: marshal(data)})
			return
		}
	}
	f.t.Fatal("nobody to deliver an event to")
}

// connected waits until n shards are ready.
func (f *fake) connected(n int) {
	f.t.Helper()
	f.connectedSince(0, n)
}

// connectedSince is connected for connections that came after the first ones:
// these may have ended without our having noticed.
func (f *fake) connectedSince(first, n int) {
	f.t.Helper()
	f.until(fmt.Sprintf("%d connections", n), func() bool {
		ready := 0
		for p := range f.peers {
			if p.number >= first && p.session != nil && p.session.seq > 0 {
				ready++
			}
		}
		return ready >= n
	})
}

func marshal(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}

// emitRaw delivers an event as it stands.
func (f *fake) emitRaw(kind, data string) {
	f.t.Helper()
	f.mu.Lock()
	var to *peer
	for p := range f.peers {
		to = p
	}
	to.session.seq++
	seq := to.session.seq
	f.mu.Unlock()
	to.send(frame{Op: opDispatch, Type: kind, Seq: seq, Data: []byte(data)})
}

func nilIfZero(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func nilIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}
