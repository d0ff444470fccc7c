package journal

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"massagefaq/bot"
)

const childEnv = "MASSAGEFAQ_JOURNAL_CHILD"

// child is the process that testKilled kills: it rates a reply, says so, and waits
// for the end with the journal open.
func child() {
	dsn := os.Getenv(childEnv)
	if dsn == "" {
		return
	}
	ctx := context.Background()
	j, err := Open(ctx, dsn, Options{})
	if err == nil {
		j.Record(bot.Entry{Reply: "r", At: noon, Kind: bot.Answer, Channel: bot.Web, Question: "q", Passages: []string{"p"}})
		err = j.Rate(ctx, bot.Rating{Reply: "r", Helpful: true, Comment: "survives"})
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("rated")
	for {
		j.Record(bot.Entry{Kind: bot.Answer, At: noon.Add(-time.Hour), Reply: fmt.Sprint(time.Now().UnixNano())})
		time.Sleep(time.Millisecond) // so that it dies in the middle of writing
	}
}

// testKilled kills a process with an acknowledged rating, without warning.
func testKilled(t *testing.T, dsn string) {
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dsn)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if line != "rated\n" {
		t.Fatalf("the child says %q, want rated", line)
	}
	j := open(t, dsn, Options{})
	r, err := j.Report(t.Context(), noon)
	if err != nil || len(r.Passages) != 1 || r.Passages[0].Helpful != 1 || r.Passages[0].Comments[0] != "survives" {
		t.Errorf("after kill -9 the report is %+v, %v, want the rating", r, err)
	}
	if err := j.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

// lines is a log that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// lockFile keeps a SQLite file locked until the returned function is called.
func lockFile(t *testing.T, path string) (unlock func()) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	unlock = func() {
		once.Do(func() {
			tx.Rollback()
			db.Close()
		})
	}
	t.Cleanup(unlock)
	return unlock
}

// TestQueueFull fills the queue while nothing can be written: recording goes on at
// once, what does not fit is dropped, counted and logged in one line.
func TestQueueFull(t *testing.T) {
	var log lines
	path := filepath.Join(t.TempDir(), "faq.db")
	j := open(t, path, Options{Queue: 100, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	unlock := lockFile(t, path)
	start := time.Now()
	for i := range 1000 {
		j.Record(entry(fmt.Sprint(i), "t", "q", noon))
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("recording took %v while the database was locked, want no waiting", took)
	}
	if j.Dropped() != 900 || j.Waiting() != 100 {
		t.Errorf("dropped %d, waiting %d, want 900 and 100", j.Dropped(), j.Waiting())
	}
	unlock()
	flush(t, j)
	if r, err := j.Report(t.Context(), noon); err != nil || r.Questions != 100 {
		t.Errorf("the journal has %d questions, %v, want 100", r.Questions, err)
	}
	if n := strings.Count(log.String(), "entries dropped"); n != 1 || !strings.Contains(log.String(), "dropped=900") {
		t.Errorf("the log is %s, want one line about 900 entries", log.String())
	}
}

// TestCloseInTime holds that Close ends when its context does, and tells how much
// was lost.
func TestCloseInTime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "faq.db")
	j, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	unlock := lockFile(t, path)
	for i := range 10 {
		j.Record(entry(fmt.Sprint(i), "t", "q", noon))
	}
	rated := make(chan error, 1)
	go func() { rated <- j.Rate(context.Background(), bot.Rating{Reply: "1"}) }()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := j.Close(ctx); err == nil || !strings.Contains(err.Error(), "10 entries") {
		t.Errorf("Close = %v, want 10 entries lost", err)
	}
	if err := <-rated; err == nil {
		t.Error("Rate = nil, want an error: nothing was stored")
	}
	unlock()
}

// TestFileRemoved deletes the file under an open journal: an acknowledged rating
// would be in no file.
func TestFileRemoved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "faq.db")
	j, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		j.Close(ctx)
	}()
	j.Record(entry("r", "t", "q", noon))
	flush(t, j)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := j.Rate(t.Context(), bot.Rating{Reply: "r"}); err == nil || !strings.Contains(err.Error(), "removed") {
		t.Errorf("Rate = %v, want the file missed", err)
	}
	if err := j.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "restart") {
		t.Errorf("Ready = %v, want the file missed", err)
	}
}

// TestPostgresGone stops the server while questions are answered: recording goes
// on, ratings are refused, and what was recorded is there when it is back.
func TestPostgresGone(t *testing.T) {
	s, err := newServer()
	if err == nil {
		t.Cleanup(s.remove)
		err = s.start()
	}
	if err != nil {
		withoutPostgres(t, err)
	}
	var log lines
	j := open(t, s.dsn("postgres", postgresPassword), Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	j.Record(entry("before", "t", "before", noon))
	flush(t, j)
	s.stop()
	for i := range 300 {
		j.Record(entry(fmt.Sprint("during", i), "t", fmt.Sprint("during ", i), noon.Add(time.Duration(i+1)*time.Second)))
	}
	for range 3 {
		if err := j.Rate(t.Context(), bot.Rating{Reply: "before"}); err == nil || errors.Is(err, ErrUnknownReply) {
			t.Errorf("Rate without a server = %v, want an error about it", err)
		}
	}
	if err := j.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "cannot reach PostgreSQL") {
		t.Errorf("Ready without a server = %v, want it said", err)
	}
	turns, err := j.Turns(t.Context(), "t", noon, 1)
	if err == nil || len(turns) != 1 || turns[0].Question != "during 299" {
		t.Errorf("Turns without a server = %v, %v, want what is in memory and an error", turns, err)
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	flush(t, j)
	if err := j.Rate(t.Context(), bot.Rating{Reply: "during299", Helpful: true}); err != nil {
		t.Error(err)
	}
	if r, err := j.Report(t.Context(), noon); err != nil || r.Questions != 301 || j.Dropped() != 0 {
		t.Errorf("the journal has %d questions, %v, dropped %d, want 301", r.Questions, err, j.Dropped())
	}
	if n := strings.Count(log.String(), "cannot be written"); n < 1 || n > 2 || !strings.Contains(log.String(), "can be written again") {
		t.Errorf("the log is %s, want the outage told once, and its end", log.String())
	}
}
