package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

const (
	opening  = "Can I drink alcohol before a massage?"
	followUp = "and after?" // leans on what was said before
)

// leaned is the question that a turn borrowed from its thread, if any.
func leaned(r bot.Reply) string {
	if r.Explained == nil {
		return ""
	}
	return strings.Join(r.Explained.Context, "\n")
}

func TestFollowUp(t *testing.T) {
	var r bot.Reply
	n := &notes{}
	b := open(t, bot.Config{Journal: n})
	if r := ask(t, b, bot.Question{Text: opening, Thread: "t"}); !shows(r, "preparation.md#alcohol") {
		t.Fatalf("%s %v", r.Kind, shownIDs(r))
	}
	r = ask(t, b, bot.Question{Text: "and how much wine is too much?", Thread: "t", Explain: true})
	if got := leaned(r); got != opening || !shows(r, "preparation.md#alcohol") {
		t.Errorf("%s %v, with %q", r.Kind, shownIDs(r), got)
	}
	if !strings.Contains(r.Explained.Reason, "question before") || leaned(r) != opening {
		t.Errorf("explained as %q, with %q", r.Explained.Reason, leaned(r))
	}
	// What says all by itself borrows nothing, and what follows leans on it alone.
	r = ask(t, b, bot.Question{Text: "Does Medicare cover massage for lower back pain?", Thread: "t"})
	if leaned(r) != "" || !shows(r, "insurance.md#medicare") {
		t.Errorf("a new subject: %v with %q", shownIDs(r), leaned(r))
	}
	r = ask(t, b, bot.Question{Text: "what if it won't?", Thread: "t"})
	if got := leaned(r); !strings.Contains(got, "Medicare") || strings.Contains(got, "alcohol") {
		t.Errorf("after the new subject leans on %q", got)
	}
}

// TestThreadsAreApart asks the same follow-up everywhere but in the thread that
// began: nothing is borrowed.
func TestThreadsAreApart(t *testing.T) {
	var r bot.Reply
	n := &notes{}
	b := open(t, bot.Config{Journal: n})
	start := func(q bot.Question) { q.Text = opening; ask(t, b, q) }
	for _, c := range []struct {
		name        string
		first, then bot.Question
		same        bool
	}{
		{"the same thread", bot.Question{Thread: "a"}, bot.Question{Thread: "a"}, true},
		{"the same thread, another person", bot.Question{Thread: "a2", Asker: "x"}, bot.Question{Thread: "a2", Asker: "y"}, true},
		{"another thread", bot.Question{Thread: "b"}, bot.Question{Thread: "c"}, false},
		{"another channel", bot.Question{Thread: "d", Channel: bot.Slack}, bot.Question{Thread: "d", Channel: bot.Discord}, false},
		{"no thread at all", bot.Question{}, bot.Question{}, false},
		{"no thread afterwards", bot.Question{Thread: "e"}, bot.Question{}, false},
		{"an id that looks like a channel's", bot.Question{Thread: "slack\x00f"}, bot.Question{Thread: "f", Channel: bot.Slack}, false},
		{"a channel that ends in the id", bot.Question{Thread: "g", Channel: "webx"}, bot.Question{Thread: "xg", Channel: "web"}, false},
	} {
		start(c.first)
		c.then.Text = followUp
		r = ask(t, b, c.then)
		if got := leaned(r); (got == opening) != c.same || !c.same && got != "" {
			t.Errorf("%s: leans on %q", c.name, got)
		}
	}
}

func TestMemoryExpires(t *testing.T) {
	var r bot.Reply
	n, now := &notes{}, &clock{at: today}
	b := open(t, bot.Config{Journal: n, Now: now.Now})
	for _, c := range []struct {
		after time.Duration
		kept  bool
	}{{29 * time.Minute, true}, {30*time.Minute + time.Second, false}} {
		thread := c.after.String()
		ask(t, b, bot.Question{Text: opening, Thread: thread})
		now.Move(c.after)
		r = ask(t, b, bot.Question{Text: followUp, Thread: thread})
		if got := leaned(r); (got != "") != c.kept {
			t.Errorf("after %v it leans on %q", c.after, got)
		}
	}
}

// TestTurnsFromJournal: memory comes first; without it, what another replica, or
// this one before a restart, wrote down.
func TestTurnsFromJournal(t *testing.T) {
	var r bot.Reply
	n, now := &notes{turns: map[string][]bot.Turn{}}, &clock{at: today}
	b := open(t, bot.Config{Journal: n, Now: now.Now})
	ask(t, b, bot.Question{Text: opening, Thread: "t"})
	key, before := n.last(t).Thread, n.asked
	r = ask(t, b, bot.Question{Text: followUp, Thread: "t"})
	if n.asked != before || leaned(r) != opening {
		t.Errorf("with the thread in memory the journal was read %d times; leans on %q", n.asked-before, leaned(r))
	}

	now.Move(time.Hour)
	const elsewhere = "Can I eat before a massage?"
	n.turns[key] = []bot.Turn{{Question: elsewhere, Passages: []string{"preparation.md#eating"}, At: now.Now().Add(-29 * time.Minute)}}
	r = ask(t, b, bot.Question{Text: followUp, Thread: "u"})
	if got := leaned(r); got != "" {
		t.Errorf("another thread leans on %q", got)
	}
	r = ask(t, b, bot.Question{Text: followUp, Thread: "t", Channel: bot.Discord})
	if got := leaned(r); got != "" {
		t.Errorf("another channel leans on %q", got)
	}
	r = ask(t, b, bot.Question{Text: followUp, Thread: "t"})
	if got := leaned(r); got != elsewhere {
		t.Errorf("from the journal it leans on %q", got)
	}
	now.Move(time.Hour)
	r = ask(t, b, bot.Question{Text: followUp, Thread: "t"})
	if got := leaned(r); got != "" {
		t.Errorf("an hour later it leans on %q", got)
	}

	n.err = errors.New("disk on fire")
	if r := ask(t, b, bot.Question{Text: opening, Thread: "v"}); r.Kind != bot.Answer {
		t.Errorf("a journal that cannot be read spoils the reply: %s", r.Kind)
	}
}

// TestDangerStaysInItsThread: two harmless messages of two conversations are no danger.
func TestDangerStaysInItsThread(t *testing.T) {
	b := plain(t)
	const first, second = "my calf hurts", "it's swollen and red"
	for name, q := range map[string][2]bot.Question{
		"other threads":  {{Thread: "calf1"}, {Thread: "calf2"}},
		"other channels": {{Thread: "calf3", Channel: bot.Slack}, {Thread: "calf3", Channel: bot.Discord}},
		"no thread":      {{}, {}},
	} {
		q[0].Text, q[1].Text = first, second
		ask(t, b, q[0])
		if r := ask(t, b, q[1]); r.Kind == bot.Urgent {
			t.Errorf("%s: %s", name, r.Rule)
		}
	}
	ask(t, b, bot.Question{Text: first, Thread: "calf4"})
	if r := ask(t, b, bot.Question{Text: second, Thread: "calf4"}); r.Kind != bot.Urgent {
		t.Errorf("in one thread: %s", r.Kind)
	}
}

// TestStaffThreadTellsThePublicNothing: the same id on the same channel, asked as
// staff and then as the public.
func TestStaffThreadTellsThePublicNothing(t *testing.T) {
	b := plain(t)
	r := ask(t, b, bot.Question{Text: "Desk: which CPT code goes on the claim?", Thread: "desk", Audience: knowledge.Staff})
	if !shows(r, "staff.md#cpt-codes") {
		t.Fatalf("staff are shown %v", shownIDs(r))
	}
	for _, text := range []string{followUp, "how come?", "which code is it?", "what about the other one"} {
		sound(t, text, ask(t, b, bot.Question{Text: text, Thread: "desk"}))
	}
}
