package bot_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// shipped is the content that ships, read once.
var shipped = sync.OnceValues(func() (knowledge.Folder, error) { return knowledge.LoadFolder(knowledge.Content()) })

// today is a day on which every review of the shipped content holds; longAfter
// one on which none does.
var (
	today     = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	longAfter = time.Date(2040, 1, 1, 12, 0, 0, 0, time.UTC)
)

// clock stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

// notes is a journal in memory.
type notes struct {
	mu      sync.Mutex
	entries []bot.Entry
	ratings []bot.Rating
	turns   map[string][]bot.Turn // by thread, as another replica would have left them
	asked   int                   // how often turns were asked for
	err     error                 // of Rate and Turns
}

func (n *notes) Record(e bot.Entry) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.entries = append(n.entries, e)
}

func (n *notes) Rate(_ context.Context, r bot.Rating) error {
	n.ratings = append(n.ratings, r)
	return n.err
}

func (n *notes) Turns(_ context.Context, thread string, since time.Time, limit int) ([]bot.Turn, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked++
	var out []bot.Turn
	for _, t := range n.turns[thread] {
		if !t.At.Before(since) {
			out = append(out, t)
		}
	}
	return out[max(0, len(out)-limit):], n.err
}

func (n *notes) last(tb testing.TB) bot.Entry {
	tb.Helper()
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.entries) == 0 {
		tb.Fatal("nothing is in the journal")
	}
	return n.entries[len(n.entries)-1]
}

// few is the shipped content with few phrasings: most tests make a bot of their
// own, and learning from all of them takes long under the race detector.
func few(tb testing.TB) knowledge.Folder {
	tb.Helper()
	f, err := shipped()
	if err != nil {
		tb.Fatal(err)
	}
	f.Passages = slices.Clone(f.Passages)
	for i := range f.Passages {
		p := &f.Passages[i]
		p.Asks = p.Asks[:min(len(p.Asks), 15)]
	}
	return f
}

// open makes a bot on the shipped content with few phrasings, today.
func open(tb testing.TB, cfg bot.Config) *bot.Bot {
	tb.Helper()
	if cfg.Content.Passages == nil {
		cfg.Content = few(tb)
	}
	if cfg.Now == nil {
		cfg.Now = func() time.Time { return today }
	}
	b, err := bot.New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := b.Close(); err != nil {
			tb.Error(err)
		}
	})
	return b
}

// plain is one bot for all tests that change nothing of it; each has threads of its own.
func plain(tb testing.TB) *bot.Bot {
	tb.Helper()
	b, err := plainBot()
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

var plainBot = sync.OnceValues(func() (*bot.Bot, error) {
	f, err := shipped()
	if err != nil {
		return nil, err
	}
	return bot.New(bot.Config{Content: f, Now: func() time.Time { return today }})
})

func ask(tb testing.TB, b *bot.Bot, q bot.Question) bot.Reply {
	tb.Helper()
	q.Explain = true
	if q.Channel == "" {
		q.Channel = bot.Web
	}
	r, err := b.Ask(tb.Context(), q)
	if err != nil {
		tb.Fatalf("ask %q: %v", q.Text, err)
	}
	return r
}

func shownIDs(r bot.Reply) []string {
	var ids []string
	for _, p := range r.Passages {
		ids = append(ids, p.ID)
	}
	return ids
}

func shows(r bot.Reply, id string) bool { return slices.Contains(shownIDs(r), id) }
