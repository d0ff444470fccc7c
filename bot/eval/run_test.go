package eval

import (
	"context"
	"errors"
	"strings"
	"testing"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// What a row says about channel and conversation reaches the bot.
func TestRunAsksAsTheRowSays(t *testing.T) {
	rows, err := Read(strings.NewReader(`{"id":"q","channel":"slack","text":"b","context":"a","must":["x"]}
{"id":"f","turns":[{"text":"c","must":["x"]},{"text":"d","must":["x"]}]}
{"id":"b","kind":"adversarial","bytes_b64":"/w=="}`), "rows")
	if err != nil {
		t.Fatal(err)
	}
	s := &script{}
	if _, err := Run(t.Context(), s, rows, Options{}); err != nil {
		t.Fatal(err)
	}
	var texts []string
	threads := map[string][]string{}
	for _, q := range s.asked {
		texts = append(texts, q.Text)
		threads[q.Thread] = append(threads[q.Thread], q.Text)
	}
	if got := strings.Join(texts, " "); got != "a b c d \xff" {
		t.Errorf("asked %q", got)
	}
	for i, want := range []string{"a b", "a b", "c d", "c d", "\xff"} {
		if got := strings.Join(threads[s.asked[i].Thread], " "); got != want {
			t.Errorf("thread of question %d holds %q, want %q", i, got, want)
		}
	}
	if q := s.asked[1]; q.Channel != bot.Slack || q.Audience != knowledge.Staff {
		t.Errorf("row on Slack asked as %s on %s", q.Audience, q.Channel)
	}
	if q := s.asked[2]; q.Channel != bot.Web || q.Audience != knowledge.Public {
		t.Errorf("row without a channel asked as %s on %s", q.Audience, q.Channel)
	}
	again := &script{}
	if _, err := Run(t.Context(), again, rows, Options{}); err != nil {
		t.Fatal(err)
	}
	if again.asked[0].Thread == s.asked[0].Thread {
		t.Error("a second run shares threads with the first: what it asked would be remembered")
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	rows, err := ReadFile("testdata/questions/dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := &script{}
	if _, err := Run(ctx, s, rows, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Run after cancel: error %v", err)
	}
	if len(s.asked) > 1 {
		t.Errorf("asked %d questions after cancel", len(s.asked))
	}
}

func BenchmarkRun(b *testing.B) {
	rows, err := ReadFile("testdata/questions/dev.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	s := &script{replies: map[string]scripted{}}
	for _, row := range rows {
		s.replies[row.Turns[0].Text] = scripted{Kind: bot.Answer, Text: strings.Repeat("loose clothes and insurance plans ", 20)}
	}
	for b.Loop() {
		s.asked = s.asked[:0]
		if _, err := Run(b.Context(), s, rows, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
