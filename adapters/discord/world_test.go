package discord

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// A world is a community with our bot in it: the fake Discord, the bot on a small
// content of its own, and the adapter between them.
type world struct {
	t       *testing.T
	fake    *fake
	adapter *Adapter
	journal *memoryJournal
	log     *logBuffer
	stop    context.CancelFunc
	ended   chan error
	last    map[string]any   // the message of the bot's that people see last
	screen  []map[string]any // all of them, for pressing their buttons
}

// quick is a pace for tests. What must not happen when the machine has other work
// to do, such as giving a connection up, is as good as never.
var quick = pace{
	open: patience, ready: patience, identify: 10 * time.Millisecond, settle: 20 * time.Millisecond,
	backoff: 10 * time.Millisecond, longest: 50 * time.Millisecond, steady: time.Minute, lead: 10 * time.Millisecond, slow: patience,
}

// memoryJournal keeps what a test looks at.
type memoryJournal struct {
	mu      sync.Mutex
	entries []bot.Entry
	ratings []bot.Rating
	err     error
}

func (j *memoryJournal) Record(e bot.Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = append(j.entries, e)
}

func (j *memoryJournal) Rate(_ context.Context, r bot.Rating) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil {
		return j.err
	}
	for _, e := range j.entries {
		if e.Reply == r.Reply {
			j.ratings = append(j.ratings, r)
			return nil
		}
	}
	return bot.ErrUnknownReply
}

func (j *memoryJournal) Turns(context.Context, string, time.Time, int) ([]bot.Turn, error) {
	return nil, nil
}

func (j *memoryJournal) rated() []bot.Rating {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []bot.Rating
	for _, r := range j.ratings {
		r.Reply = ""
		out = append(out, r)
	}
	return out
}

// logBuffer is a log that a test can read while it is written.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

var practice = knowledge.Practice{
	Name: "Lakeside Medical Massage", Phone: "616-555-0100", Booking: "https://lakeside.example/book", Hours: "Mon to Fri 9 to 6",
}

// today is a day on which no review of the content is out of date.
var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// loadContent reads the content once.
var loadContent = sync.OnceValues(func() (knowledge.Folder, error) { return knowledge.LoadFolder(os.DirFS("testdata/content")) })

func newTestBot(t testing.TB, j bot.Journal) *bot.Bot {
	t.Helper()
	content, err := loadContent()
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(bot.Config{Content: content, Practice: practice, Journal: j, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// prepare makes a world whose adapter does not run yet. change may alter the
// settings.
func prepare(t *testing.T, change func(*Config)) *world {
	t.Helper()
	w := &world{t: t, fake: newFake(t), journal: &memoryJournal{}, log: &logBuffer{}}
	w.make(change)
	return w
}

// make makes the adapter, afresh.
func (w *world) make(change func(*Config)) {
	w.t.Helper()
	c := Config{
		Bot: newTestBot(w.t, w.journal), Token: fakeToken, Base: "https://faq.example", API: w.fake.api(),
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&c)
	}
	a, err := New(c)
	if err != nil {
		w.t.Fatal(err)
	}
	a.pace, a.rest.pause = quick, 5*time.Millisecond
	w.adapter = a
}

// run starts the adapter and waits until it is connected.
func (w *world) run() *world {
	w.t.Helper()
	w.fake.mu.Lock()
	before := w.fake.connections
	w.fake.mu.Unlock()
	w.start()
	w.fake.connectedSince(before, 1)
	return w
}

func (w *world) start() {
	ctx, stop := context.WithCancel(context.Background())
	w.stop, w.ended = stop, make(chan error, 1)
	gone := make(chan bool)
	go func() { defer close(gone); w.ended <- w.adapter.Run(ctx) }()
	w.t.Cleanup(func() {
		stop()
		<-gone
		if w.t.Failed() {
			w.t.Logf("log:\n%s", w.log)
		}
	})
}

// end stops the adapter and returns Run's error.
func (w *world) end() error {
	w.t.Helper()
	w.stop()
	return w.result()
}

// result is Run's error, when it ends by itself.
func (w *world) result() error {
	w.t.Helper()
	select {
	case err := <-w.ended:
		return err
	case <-time.After(patience):
		w.t.Fatal("Run did not end")
		return errors.New("unreachable")
	}
}

// newWorld is a world that runs.
func newWorld(t *testing.T, change func(*Config)) *world { return prepare(t, change).run() }
