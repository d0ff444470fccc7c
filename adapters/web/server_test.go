package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"massagefaq/bot"
	"massagefaq/bot/journal"
	"massagefaq/knowledge"
)

// lakeside is a practice that has told everything about itself.
var lakeside = knowledge.Practice{
	Name: "Lakeside Medical Massage", Phone: "616-555-0100", Booking: "https://lakeside.example/book",
	Hours: "Mon to Fri 9 to 6", Address: "12 Main St, Grand Rapids", Cancellation: "24 hours' notice",
	Insurers: "Priority Health and auto no-fault",
}

// today is a day on which no review of the shipped content is out of date.
var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// shipped is the content that ships with the program.
var shipped = sync.OnceValues(func() (knowledge.Folder, error) { return knowledge.LoadFolder(knowledge.Content()) })

// shared is what tests share, since to index the content and to make and pack the
// pages takes a second, and all of it is after a question what it was before.
var shared struct {
	sync.Mutex
	bots    map[knowledge.Practice]*bot.Bot
	servers map[string]*httptest.Server // by base and origins
	close   []func()                    // called in the end, the last first
}

// testBot is a bot on the shipped content with a journal in a file. Who changes
// its content or closes it needs one of its own, from openBot.
func testBot(t testing.TB, p knowledge.Practice) *bot.Bot {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	return sharedBot(t, p)
}

func sharedBot(t testing.TB, p knowledge.Practice) *bot.Bot {
	t.Helper()
	if b := shared.bots[p]; b != nil {
		return b
	}
	dir, err := os.MkdirTemp("", "massagefaq-web-")
	if err != nil {
		t.Fatal(err)
	}
	shared.close = append(shared.close, func() { os.RemoveAll(dir) })
	b, end := newBot(t, p, dir)
	shared.close = append(shared.close, end, func() { b.Close() })
	if shared.bots == nil {
		shared.bots = map[knowledge.Practice]*bot.Bot{}
	}
	shared.bots[p] = b
	return b
}

func closeShared() {
	for _, end := range slices.Backward(shared.close) {
		end()
	}
}

// openBot is a bot that the test itself closes.
func openBot(t testing.TB, p knowledge.Practice) *bot.Bot {
	t.Helper()
	b, end := newBot(t, p, t.TempDir())
	t.Cleanup(end)
	return b
}

// newBot is a bot whose journal is in dir, and what closes the journal.
func newBot(t testing.TB, p knowledge.Practice, dir string) (b *bot.Bot, end func()) {
	t.Helper()
	content, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(context.Background(), filepath.Join(dir, "journal.db"), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err = bot.New(bot.Config{Content: content, Practice: p, Journal: j, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	return b, func() { j.Close(context.Background()) }
}

// testServer serves lakeside on loopback. Tests that want no more than a base
// and origins share it: who counts what was asked needs an ownServer.
func testServer(t testing.TB, cfg Config) *httptest.Server {
	t.Helper()
	special := cfg
	special.Base, special.Origins = "", nil
	if !reflect.ValueOf(special).IsZero() {
		return ownServer(t, cfg)
	}
	shared.Lock()
	defer shared.Unlock()
	key := fmt.Sprintf("%q %q", cfg.Base, cfg.Origins)
	if srv := shared.servers[key]; srv != nil {
		return srv
	}
	cfg.Bot = sharedBot(t, lakeside)
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	shared.close = append(shared.close, srv.Close)
	if shared.servers == nil {
		shared.servers = map[string]*httptest.Server{}
	}
	shared.servers[key] = srv
	return srv
}

// ownServer serves on loopback. A Config without a Bot gets lakeside's.
func ownServer(t testing.TB, cfg Config) *httptest.Server {
	t.Helper()
	if cfg.Bot == nil {
		cfg.Bot = testBot(t, lakeside)
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return srv
}

// answered is a response with its body read.
type answered struct {
	*http.Response
	body string
}

// do sends a request; header are name and value in turn.
func do(t testing.TB, method, url, body string, header ...string) answered {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answered{resp, string(all)}
}

// question is the body of POST /api/ask.
func question(text string) string {
	body, _ := json.Marshal(map[string]string{"question": text})
	return string(body)
}

// asked is the reply of a server to a question.
func asked(t testing.TB, base, text, thread string) ReplyJSON {
	t.Helper()
	body, _ := json.Marshal(map[string]string{"question": text, "thread": thread})
	got := do(t, "POST", base+"/api/ask", string(body))
	var r ReplyJSON
	if err := json.Unmarshal([]byte(got.body), &r); err != nil || got.StatusCode != 200 {
		t.Fatalf("ask %q: status %d, body %q, err %v", text, got.StatusCode, got.body, err)
	}
	return r
}
