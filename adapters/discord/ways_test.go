package discord

import (
	"strings"
	"testing"
)

func TestAskPublicly(t *testing.T) {
	w := newWorld(t, nil)
	got := w.ask(ana, general, "Does insurance cover medical massage?")
	if isPrivate(got) || !strings.Contains(wording(got), "It depends on your plan") {
		t.Errorf("private = %v, answer:\n%s", isPrivate(got), show(got))
	}
	if err := w.end(); err != nil {
		t.Errorf("Run = %v", err)
	}
}
