package slack

import (
	"sync"
	"time"
)

// memory keeps values for a while. It forgets the oldest when it is full, so
// that nobody can fill it up.
type memory[K comparable, V any] struct {
	keep time.Duration // how long a value lasts
	max  int           // how many values at most
	now  func() time.Time

	mu     sync.Mutex
	values map[K]kept[V]
	order  []kept[K] // by age; may name keys that have been set again or dropped
}

type kept[V any] struct {
	value V
	at    time.Time
}

func newMemory[K comparable, V any](keep time.Duration, max int) *memory[K, V] {
	return &memory[K, V]{keep: keep, max: max, now: time.Now, values: map[K]kept[V]{}}
}

// get is the value of k, if it is still kept.
func (m *memory[K, V]) get(k K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.values[k]
	if !ok || m.now().Sub(v.at) > m.keep {
		var none V
		return none, false
	}
	return v.value, true
}

// set keeps v as the value of k from now on.
func (m *memory[K, V]) set(k K, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(k, v)
}

// first reports whether k has no value yet, and gives it v if so.
func (m *memory[K, V]) first(k K, v V) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.values[k]; ok && m.now().Sub(old.at) <= m.keep {
		return false
	}
	m.put(k, v)
	return true
}

// drop forgets the value of k.
func (m *memory[K, V]) drop(k K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.values, k)
}

func (m *memory[K, V]) put(k K, v V) {
	now := m.now()
	m.values[k] = kept[V]{v, now}
	m.order = append(m.order, kept[K]{k, now})
	for len(m.order) > 0 && (len(m.order) > 2*m.max || len(m.values) > m.max || now.Sub(m.order[0].at) > m.keep) {
		oldest := m.order[0]
		m.order = m.order[1:]
		if v, ok := m.values[oldest.value]; ok && v.at.Equal(oldest.at) {
			delete(m.values, oldest.value)
		}
	}
}
