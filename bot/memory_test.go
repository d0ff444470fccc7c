package bot

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMemory(t *testing.T) {
	m, start := newMemory(), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	turn := func(i int) Turn {
		return Turn{Question: fmt.Sprint(i), At: start.Add(time.Duration(i) * time.Minute)}
	}
	for i := range 6 {
		m.add("a", turn(i))
	}
	held := m.turns("a", start)
	if diff := cmp.Diff([]Turn{turn(2), turn(3), turn(4), turn(5)}, held); diff != "" {
		t.Errorf("the last turns (-want +got):\n%s", diff)
	}
	m.add("a", turn(6))
	if held[0].Question != "2" || held[3].Question != "5" {
		t.Errorf("a reader's turns changed: %v", held)
	}
	if diff := cmp.Diff([]Turn{turn(5), turn(6)}, m.turns("a", turn(5).At)); diff != "" {
		t.Errorf("since a time (-want +got):\n%s", diff)
	}
	if got := m.turns("a", turn(7).At); len(got) != 0 {
		t.Errorf("later: %v", got)
	}
	m.add("", turn(1))
	if got := m.turns("", start); len(got) != 0 {
		t.Errorf("without a thread: %v", got)
	}
	for i := range rememberThreads {
		m.add(fmt.Sprint("flood", i), turn(1))
	}
	if got := m.turns("a", start); len(got) != 0 {
		t.Errorf("after a flood: %v", got)
	}
}

func TestMemoryKey(t *testing.T) {
	seen := map[string]Question{}
	for _, q := range []Question{{Channel: Web, Thread: "a"}, {Channel: Slack, Thread: "a"}, {Channel: Web, Thread: "b"}, {Channel: "we", Thread: "ba"}} {
		if other, taken := seen[q.key()]; taken || q.key() == "" {
			t.Errorf("%+v and %+v share a key", q, other)
		}
		seen[q.key()] = q
	}
	if q := (Question{Channel: Web}); q.key() != "" {
		t.Errorf("no thread has the key %q", q.key())
	}
}

// TestEarlier goes back to the last turn that stood by itself, over those that gave nothing.
func TestEarlier(t *testing.T) {
	shown := []string{"a"}
	own, older := "does Medicare cover massage for lower back pain", "can I drink red wine the evening before a massage"
	for _, c := range []struct {
		name  string
		turns []Turn
		want  []string
	}{
		{"nothing said", nil, nil},
		{"stands by itself", []Turn{{Question: older, Passages: shown}, {Question: own, Passages: shown}}, []string{own}},
		{"leans on one before", []Turn{{Question: older, Passages: shown}, {Question: own, Passages: shown}, {Question: "how often?", Passages: shown}}, []string{"how often?", own}},
		{"nothing was answered", []Turn{{Question: own, Passages: shown}, {Question: "quixquax"}}, []string{own}},
	} {
		if diff := cmp.Diff(c.want, earlier(c.turns)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
