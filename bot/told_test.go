package bot_test

import (
	"testing"

	"massagefaq/bot"
)

// TestDangerToldInPieces: people tell a danger in two messages as easily as in one.
func TestDangerToldInPieces(t *testing.T) {
	b := plain(t)
	for thread, turns := range map[string][]string{
		"calf":   {"my calf hurts", "it's swollen and red"},
		"bleed":  {"I'm 30 weeks pregnant can I have a massage", "I've had some bleeding today"},
		"calm":   {"does massage prevent blood clots?", "what should I wear"},
		"thanks": {"my calf is sore after running", "thanks"},
	} {
		var r bot.Reply
		for _, text := range turns {
			r = ask(t, b, bot.Question{Text: text, Thread: thread})
		}
		if want := thread == "calf" || thread == "bleed"; (r.Kind == bot.Urgent) != want {
			t.Errorf("%q ends in %s", turns, r.Kind)
		}
	}
}

// TestConditionToldBefore: a condition told in one turn answers "is it ok?" in the next.
func TestConditionToldBefore(t *testing.T) {
	b := plain(t)
	ask(t, b, bot.Question{Text: "i take eliquis, can i get a massage", Thread: "t"})
	if r := ask(t, b, bot.Question{Text: "is that ok deep too", Thread: "t"}); !shows(r, "safety.md#blood-thinners") {
		t.Errorf("%s %v", r.Kind, shownIDs(r))
	}
}
