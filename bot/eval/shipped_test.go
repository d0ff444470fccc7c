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
// word by word, to golden files. Any movement, either way, is a diff to look
// at, and its reason belongs into the commit. The held-out questions were written
// by people who had seen neither the content nor the development questions, and
// nothing is ever learned from them.
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
	t.Run("development", func(t *testing.T) { hold(t, b, "questions", "scores.txt") })
	t.Run("held out", func(t *testing.T) { hold(t, b, "heldout", "heldout.txt") })
}

// hold compares the scores of b on the questions in a folder with a golden file.
func hold(t *testing.T, b *bot.Bot, folder, golden string) {
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no questions in %s: %v", folder, err)
	}
	var rows []eval.Row
	for _, name := range files {
		more, err := eval.ReadFile(name)
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
	golden = filepath.Join("testdata", golden)
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
