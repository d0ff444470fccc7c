package journal

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"massagefaq/bot"
)

func testRestart(t *testing.T, dsn string) {
	j, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	j.Record(entry("r", "t", "before", noon))
	for range 2 {
		if err := j.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	j.Record(entry("late", "t", "late", noon))
	if err := j.Rate(t.Context(), bot.Rating{Reply: "r"}); err == nil {
		t.Error("Rate after Close = nil, want an error")
	}
	if j.Dropped() != 1 {
		t.Errorf("Dropped() = %d, want 1", j.Dropped())
	}
	again := open(t, dsn, Options{})
	again.Record(entry("s", "t", "after", noon.Add(time.Minute)))
	wantTurns(t, again, "t", noon, 5, "before", "after")
	if err := again.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

// testOpenedTogether starts replicas at the same time on an empty database: they
// must agree on the tables and on the key.
func testOpenedTogether(t *testing.T, dsn string) {
	var wg sync.WaitGroup
	journals := make([]*Journal, 8)
	for i := range journals {
		wg.Go(func() {
			j, err := Open(t.Context(), dsn, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			j.Record(entry(fmt.Sprint(i), "t", fmt.Sprint(i), noon.Add(time.Duration(i)*time.Second)))
			if err := j.Flush(t.Context()); err != nil {
				t.Error(err)
			}
			journals[i] = j
		})
	}
	wg.Wait()
	for _, j := range journals {
		if j == nil {
			return
		}
		wantTurns(t, j, "t", noon, 8, "0", "1", "2", "3", "4", "5", "6", "7")
		if err := j.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func testNewerTables(t *testing.T, dsn string) {
	j := open(t, dsn, Options{})
	if _, err := j.db.ExecContext(t.Context(), `INSERT INTO journal_version (version) VALUES (99)`); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), dsn, Options{})
	if err == nil || !strings.Contains(err.Error(), "newer massagefaq") {
		t.Errorf("Open of newer tables = %v, want it refused", err)
	}
}

func testConcurrency(t *testing.T, dsn string) {
	j := open(t, dsn, Options{Queue: 1 << 20})
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			thread := fmt.Sprint("w", w)
			for i := range 40 {
				reply := fmt.Sprint(w, "-", i)
				j.Record(entry(reply, thread, fmt.Sprint("q", i), noon.Add(time.Duration(i)*time.Second)))
				if i%10 == 0 {
					if err := j.Rate(t.Context(), bot.Rating{Reply: reply, Helpful: true}); err != nil {
						t.Error(err)
					}
				}
				if turns, err := j.Turns(t.Context(), thread, noon, 1); err != nil || len(turns) != 1 || turns[0].Question != fmt.Sprint("q", i) {
					t.Errorf("Turns = %v, %v, want q%d", turns, err, i)
				}
			}
		})
	}
	wg.Go(func() {
		for range 20 {
			if err := j.Ready(t.Context()); err != nil {
				t.Error(err)
			}
			if _, err := j.Report(t.Context(), noon); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	flush(t, j)
	if r, err := j.Report(t.Context(), noon); err != nil || r.Questions != 640 || r.Passages[0].Helpful != 64 {
		t.Errorf("Report = %d questions, %v, want 640 and 64 ratings", r.Questions, err)
	}
	if j.Dropped() != 0 || j.Waiting() != 0 {
		t.Errorf("dropped %d, waiting %d, want none", j.Dropped(), j.Waiting())
	}
}

func testFlushOnClose(t *testing.T, dsn string) {
	j, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		j.Record(entry(fmt.Sprint(i), "t", "q", noon))
	}
	if err := j.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, err := open(t, dsn, Options{}).Report(t.Context(), noon)
	if err != nil || r.Questions != 1000 {
		t.Errorf("after Close the journal has %d questions, %v, want 1000", r.Questions, err)
	}
}
