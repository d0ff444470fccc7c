package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// TestJournal runs one suite on both databases.
func TestJournal(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		suite(t, func(t *testing.T) string { return filepath.Join(t.TempDir(), "faq.db") })
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		suite(t, func(t *testing.T) string { return postgres(t) })
	})
}

// suite tests a kind of database; fresh gives the address of an empty one.
func suite(t *testing.T, fresh func(*testing.T) string) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, dsn string)
	}{
		{"turns", testTurns},
		{"turns of waiting entries", testWaitingTurns},
		{"urgent", testUrgent},
		{"personal data", testPersonalData},
		{"rate", testRate},
		{"odd text", testOddText},
		{"forget", testForget},
		{"sweep", testSweep},
		{"report", testReport},
		{"restart", testRestart},
		{"opened together", testOpenedTogether},
		{"newer tables", testNewerTables},
		{"concurrency", testConcurrency},
		{"flush on close", testFlushOnClose},
		{"killed", testKilled},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel() // each has its own database, and waits for its disk
			test.run(t, fresh(t))
		})
	}
}

// open opens a journal that the test's end closes.
func open(t testing.TB, dsn string, opts Options) *Journal {
	t.Helper()
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	j, err := Open(t.Context(), dsn, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return j
}

// entry is an answered question.
func entry(reply, thread, question string, at time.Time) bot.Entry {
	return bot.Entry{
		Reply: reply, At: at, Channel: bot.Web, Thread: thread, Audience: knowledge.Public, Question: question,
		Kind: bot.Answer, Passages: []string{"cost.md#price", "cost.md#tips"}, Scores: []float64{.9, .5}, Content: "c0ffee", Took: time.Millisecond,
	}
}

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func flush(t testing.TB, j *Journal) {
	t.Helper()
	if err := j.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func wantTurns(t *testing.T, j *Journal, thread string, since time.Time, n int, want ...string) {
	t.Helper()
	turns, err := j.Turns(t.Context(), thread, since, n)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, turn := range turns {
		got = append(got, turn.Question)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Turns(%q, %v, %d) (-want +got):\n%s", thread, since, n, diff)
	}
}

func testTurns(t *testing.T, dsn string) {
	j := open(t, dsn, Options{})
	for i := range 5 {
		j.Record(entry(fmt.Sprint("a", i), "web:a", fmt.Sprint("question ", i), noon.Add(time.Duration(i)*time.Minute)))
		j.Record(entry(fmt.Sprint("b", i), "web:b", "other", noon))
	}
	j.Record(entry("alone", "", "no thread", noon))
	unknown := entry("u", "web:a", "do you treat cats", noon.Add(time.Hour))
	unknown.Kind, unknown.Passages = bot.Unknown, nil
	j.Record(unknown)
	flush(t, j)

	wantTurns(t, j, "web:a", noon, 3, "question 2", "question 3", "question 4")
	wantTurns(t, j, "web:a", noon.Add(3*time.Minute), 3, "question 3", "question 4")
	wantTurns(t, j, "web:a", noon.Add(time.Hour), 3)
	wantTurns(t, j, "web:a", noon, 0)
	wantTurns(t, j, "web:c", noon, 3)
	wantTurns(t, j, "", noon, 3)
	turns, err := j.Turns(t.Context(), "web:a", noon, 1)
	want := []bot.Turn{{Question: "question 4", Passages: []string{"cost.md#price", "cost.md#tips"}, At: noon.Add(4 * time.Minute)}}
	if diff := cmp.Diff(want, turns, cmpopts.EquateApproxTime(0)); err != nil || diff != "" {
		t.Errorf("Turns = %v (-want +got):\n%s", err, diff)
	}
}

// testWaitingTurns asks for turns right after they are recorded, many times over:
// whether the writer has them, had them or is at it, each is there once.
func testWaitingTurns(t *testing.T, dsn string) {
	j := open(t, dsn, Options{})
	for i := range 200 {
		thread := fmt.Sprint("t", i)
		j.Record(entry(thread+"-1", thread, "first jane@example.com", noon))
		j.Record(entry(thread+"-2", thread, "second", noon.Add(time.Second)))
		wantTurns(t, j, thread, noon, 5, "first [email]", "second")
	}
}

func testUrgent(t *testing.T, dsn string) {
	j := open(t, dsn, Options{})
	e := entry("r", "web:a", "i want to end it all", noon)
	e.Kind, e.Passages, e.Scores = bot.Urgent, nil, nil
	j.Record(e)
	wantTurns(t, j, "web:a", noon, 5)
	flush(t, j)
	wantTurns(t, j, "web:a", noon, 5)
	if found := stored(t, j); strings.Contains(found, "end it") || !strings.Contains(found, "urgent") {
		t.Errorf("the journal holds %s, want the urgent entry without its text", found)
	}
}

// stored is everything the tables hold, as text.
func stored(t *testing.T, j *Journal) string {
	t.Helper()
	var all strings.Builder
	for _, table := range []string{"journal_entry", "journal_passage", "journal_rating"} {
		rows, err := j.db.QueryContext(t.Context(), "SELECT * FROM "+table)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			columns, err := rows.Columns()
			if err != nil {
				t.Fatal(err)
			}
			values := make([]sql.NullString, len(columns))
			into := make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&all, table, values)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func testPersonalData(t *testing.T, dsn string) {
	var log strings.Builder
	j := open(t, dsn, Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	const thread = "slack:C0441:1731.5577"
	j.Record(entry("r", thread, "my name is Marisol Quist, ssn 512-44-9087, is 97124 covered", noon))
	if err := j.Rate(t.Context(), bot.Rating{Reply: "r", Comment: "call me: 616-555-0177 " + strings.Repeat("x", 2000)}); err != nil {
		t.Fatal(err)
	}
	// A long message whose end was cut off, in the middle of a number.
	j.Record(entry("cut", "", strings.Repeat("my back hurts ", 142)+"all 616-555-", noon))
	flush(t, j)
	all := stored(t, j) + log.String()
	for _, secret := range []string{"Marisol", "Quist", "512-44", "4-9087", "616-5", "5-0177", thread, "1731.5577"} {
		if strings.Contains(all, secret) {
			t.Errorf("the journal or its log holds %q: %.1000s", secret, all)
		}
	}
	if !strings.Contains(all, "is 97124 covered") || strings.Contains(all, strings.Repeat("x", 1001)) || !strings.Contains(all, strings.Repeat("x", 900)) {
		t.Errorf("the journal holds %.500s, want the question and a comment of 1,000 characters", all)
	}
}

func testRate(t *testing.T, dsn string) {
	j := open(t, dsn, Options{})
	for i := range 50 { // right behind its entry, before the writer can have written it
		reply := fmt.Sprint("r", i)
		j.Record(entry(reply, "", "q", noon))
		if err := j.Rate(t.Context(), bot.Rating{Reply: reply, Helpful: i%2 == 0}); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the last one counts
		if err := j.Rate(t.Context(), bot.Rating{Reply: "r0", Helpful: false, Comment: "changed my mind"}); err != nil {
			t.Fatal(err)
		}
	}
	err := j.Rate(t.Context(), bot.Rating{Reply: "nobody's", Helpful: true})
	if !errors.Is(err, ErrUnknownReply) || !errors.Is(err, bot.ErrUnknownReply) {
		t.Errorf("Rate of an unknown reply = %v, want ErrUnknownReply", err)
	}
	r, err := j.Report(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	want := PassageSummary{Passage: "cost.md#price", Shown: 50, Helpful: 24, NotHelpful: 26, Comments: []string{"changed my mind"}}
	if diff := cmp.Diff(want, r.Passages[0]); diff != "" {
		t.Errorf("ratings (-want +got):\n%s", diff)
	}
}

func testOddText(t *testing.T, dsn string) {
	j := open(t, dsn, Options{})
	e := entry("r\x00\xff", "th\x00read\xff", "what\x00 is\x1b[31m \xff\xfe red \U0001F600\r\nflag'; DROP TABLE journal_entry; --", noon)
	e.Scores = nil
	j.Record(e)
	j.Record(e) // twice, as after a lost connection
	if err := j.Rate(t.Context(), bot.Rating{Reply: e.Reply, Helpful: true, Comment: "\x00\xff"}); err != nil {
		t.Fatal(err)
	}
	wantTurns(t, j, "th\x00read\xff", noon, 5, "what is[31m \uFFFD red \U0001F600  flag'; DROP TABLE journal_entry; --")
	if n := j.Dropped(); n != 0 {
		t.Errorf("Dropped() = %d, want 0", n)
	}
}

func testForget(t *testing.T, dsn string) {
	j := open(t, dsn, Options{})
	for i := range 1200 {
		j.Record(entry(fmt.Sprint("old", i), "t", "old", noon.Add(-time.Hour)))
	}
	j.Record(entry("new", "t", "new", noon))
	if err := j.Rate(t.Context(), bot.Rating{Reply: "old7", Comment: "an old comment"}); err != nil {
		t.Fatal(err)
	}
	if n, err := j.Forget(t.Context(), noon); n != 1200 || err != nil {
		t.Errorf("Forget = %d, %v, want 1200", n, err)
	}
	wantTurns(t, j, "t", time.Time{}, 5, "new")
	if all := stored(t, j); strings.Contains(all, "old") {
		t.Errorf("after Forget the journal holds %s", all)
	}
}

func testSweep(t *testing.T, dsn string) {
	j := open(t, dsn, Options{Keep: -1})
	j.Record(entry("old", "t", "old", time.Now().Add(-48*time.Hour)))
	j.Record(entry("new", "t", "new", time.Now()))
	flush(t, j)
	again := open(t, dsn, Options{Keep: 24 * time.Hour}) // sweeps when it starts
	flush(t, again)
	wantTurns(t, again, "t", time.Time{}, 5, "new")
}

// TestMemory holds that a journal in memory works and is gone with Close.
func TestMemory(t *testing.T) {
	for range 2 {
		j, err := Open(t.Context(), ":memory:", Options{})
		if err != nil {
			t.Fatal(err)
		}
		wantTurns(t, j, "t", noon, 1)
		j.Record(entry("r", "t", "q", noon))
		if err := j.Rate(t.Context(), bot.Rating{Reply: "r"}); err != nil {
			t.Error(err)
		}
		wantTurns(t, j, "t", noon, 1, "q")
		if err := j.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(":memory:"); err == nil {
		t.Error("there is a file called :memory:")
	}
}
