package bot

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// memory holds the last turns of the conversations under way. It is bounded in
// size and time: a follow-up an hour later is a new question, and a flood of
// threads pushes out the oldest.
type memory struct {
	threads *lru.Cache[string, []Turn]
}

const (
	rememberThreads = 20_000
	rememberTurns   = 4
	rememberFor     = 30 * time.Minute
)

func newMemory() *memory {
	threads, err := lru.New[string, []Turn](rememberThreads)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &memory{threads}
}

// key keeps the threads of different channels apart, whatever ids they use.
func (q *Question) key() string {
	if q.Thread == "" {
		return ""
	}
	return string(q.Channel) + "\x00" + q.Thread
}

// turns are those since a time, oldest first.
func (m *memory) turns(key string, since time.Time) []Turn {
	t, _ := m.threads.Get(key)
	for len(t) > 0 && t[0].At.Before(since) {
		t = t[1:]
	}
	return t
}

// add remembers a turn. Turns are never changed in place: a reader may hold them.
func (m *memory) add(key string, t Turn) {
	if key == "" {
		return
	}
	old, _ := m.threads.Get(key)
	if len(old) >= rememberTurns {
		old = old[len(old)-rememberTurns+1:]
	}
	m.threads.Add(key, append(append([]Turn(nil), old...), t))
}
