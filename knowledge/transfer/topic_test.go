package transfer

import "testing"

// TestGuessTopic: the guess is right for most of the passages that a person has
// sorted, and never left open.
func TestGuessTopic(t *testing.T) {
	right, all := 0, 0
	for _, p := range shipped(t) {
		if p.Audience != "public" {
			continue
		}
		all++
		got := guessTopic(p.Title, p.Text)
		if got == p.Topic {
			right++
		}
		if !got.Known() {
			t.Errorf("%s: topic %q", p.ID, got)
		}
	}
	if 10*right < 7*all {
		t.Errorf("%d of %d topics are guessed right, want 70 %%", right, all)
	}
}
