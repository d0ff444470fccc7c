package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// flaky is a real server that for a while answers questions otherwise.
type flaky struct {
	*httptest.Server
	instead atomic.Pointer[http.HandlerFunc] // nil: the real answer
	asked   atomic.Int64
	slow    atomic.Int64 // nanoseconds that an answer takes longer
}

func (f *flaky) answer(h http.HandlerFunc) {
	if h == nil {
		f.instead.Store(nil)
		return
	}
	f.instead.Store(&h)
}

func flakyServer(t *testing.T, cfg Config) *flaky {
	t.Helper()
	if cfg.Bot == nil {
		cfg.Bot = testBot(t, lakeside)
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	f := &flaky{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/ask" {
			f.asked.Add(1)
			time.Sleep(time.Duration(f.slow.Load()))
			if h := f.instead.Load(); h != nil {
				(*h)(w, r)
				return
			}
		}
		s.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

// offer makes the server offer two passages to the next question. Which
// questions are unclear to the bot is the bot's own affair and changes.
func (f *flaky) offer(chat *bot.Bot) {
	r := bot.Reply{ID: "offered", Kind: bot.Choices, Text: "Did you mean one of these?\n"}
	for _, p := range chat.Passages(knowledge.Public)[:2] {
		r.Passages = append(r.Passages, bot.Found{Passage: p, Score: .4})
		r.Suggestions = append(r.Suggestions, p.Title)
		r.Text += "\n- " + p.Title
	}
	f.answer(func(w http.ResponseWriter, _ *http.Request) {
		f.answer(nil)
		json.NewEncoder(w).Encode(Encode(r))
	})
}
