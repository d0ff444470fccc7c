package bot

import (
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"
)

// memory holds the last turns of the conversations under way. It is bounded in
// size and time: a follow-up an hour later is a new question, and a flood of
// threads pushes out the oldest.
type memory struct {
	threads *expirable.LRU[string, []Turn]
}

const (
	rememberThreads = 20_000
	rememberTurns   = 4
	rememberFor     = 30 * time.Minute
)

func newMemory() *memory {
	return &memory{expirable.NewLRU[string, []Turn](rememberThreads, nil, rememberFor)}
}

// key keeps the threads of different channels apart, whatever ids they use.
func (q *Question) key() string {
	if q.Thread == "" {
		return ""
	}
	return string(q.Channel) + "\x00" + q.Thread
}

func (m *memory) turns(key string) []Turn {
	t, _ := m.threads.Get(key)
	return t
}

// add remembers a turn. Turns are never changed in place: a reader may hold them.
func (m *memory) add(key string, t Turn) {
	if key == "" {
		return
	}
	old := m.turns(key)
	if len(old) >= rememberTurns {
		old = old[len(old)-rememberTurns+1:]
	}
	m.threads.Add(key, append(append([]Turn(nil), old...), t))
}
