package journal

import (
	"massagefaq/bot"
	"path/filepath"
	"testing"
	"time"
)

func TestSmoke(t *testing.T) {
	j, err := Open(t.Context(), filepath.Join(t.TempDir(), "x y?.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	j.Record(bot.Entry{Reply: "a", Thread: "t", Question: "hello", Kind: bot.Answer, Passages: []string{"p", "q"}, Scores: []float64{.5, .2}})
	if err := j.Rate(t.Context(), bot.Rating{Reply: "a", Helpful: true, Comment: "x"}); err != nil {
		t.Fatal(err)
	}
	t.Log(j.Rate(t.Context(), bot.Rating{Reply: "b", Helpful: true, Comment: "x"}))
	turns, err := j.Turns(t.Context(), "t", time.Time{}, 3)
	t.Log(turns, err, j.Ready(t.Context()))
	t.Log(j.Close(t.Context()))
}
