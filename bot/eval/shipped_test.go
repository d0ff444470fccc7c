package eval_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"massagefaq/bot"
	"massagefaq/bot/eval"
	"massagefaq/knowledge"
)

var updateScores = flag.Bool("update-scores", false, "write the golden scores anew")

// TestShippedContent holds the quality of the shipped content, rule by rule and
// word by word, to a golden file. Any movement, either way, is a diff to look
// at, and its reason belongs into the commit.
func TestShippedContent(t *testing.T) {
	f, err := knowledge.LoadFolder(knowledge.Content())
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(bot.Config{Content: f, Now: func() time.Time { return onTheDay }})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var rows []eval.Row
	for _, name := range []string{"dev", "followups_dev", "safety_dev"} {
		more, err := eval.ReadFile(filepath.Join("testdata", "questions", name+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, more...)
	}
	report, err := eval.Run(t.Context(), b, rows, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	report.WriteText(t.Output())
	if testing.Verbose() {
		report.WriteMisses(t.Output())
	}
	golden := filepath.Join("testdata", "scores.txt")
	got := report.Golden()
	if *updateScores {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("scores moved (-want +got); run with -update-scores and give the reason in the commit:\n%s", diff)
	}
}

// onTheDay is a day on which every review of the shipped content holds.
var onTheDay = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
