package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestOrigins(t *testing.T) {
	for _, c := range []struct {
		patterns string
		allowed  []string
		refused  []string
	}{
		{"", nil, []string{"https://example.com", "null"}},
		{"https://example.com", []string{"https://example.com", "HTTPS://EXAMPLE.COM"}, []string{"http://example.com", "https://example.com:8443", "https://www.example.com", "https://example.com.evil.example", "null"}},
		{"https://*.example.com", []string{"https://www.example.com", "https://a.b.example.com"}, []string{"https://example.com", "https://notexample.com", "https://evil.example/.example.com", "null"}},
		{"http://localhost:*", []string{"http://localhost:3000"}, []string{"http://localhost", "http://localhost.evil.example"}},
		{"https://a.example https://b.example", []string{"https://b.example"}, []string{"https://c.example"}},
		{"*", []string{"https://anything.example", "null"}, nil},
	} {
		o, err := parseOrigins(strings.Fields(c.patterns))
		if err != nil {
			t.Fatal(err)
		}
		for _, origin := range c.allowed {
			if !o.allow(origin) {
				t.Errorf("%q refuses %s", c.patterns, origin)
			}
		}
		for _, origin := range c.refused {
			if o.allow(origin) {
				t.Errorf("%q allows %s", c.patterns, origin)
			}
		}
	}
	for _, bad := range []string{"example.com", "https://", "ftp://example.com", "https://example.com/", "https://[", "https://a b"} {
		if _, err := parseOrigins([]string{bad}); err == nil {
			t.Errorf("pattern %q was accepted", bad)
		}
	}
}

func TestOtherSites(t *testing.T) {
	srv := testServer(t, Config{Origins: []string{"https://lakeside.example"}})
	friend := do(t, "POST", srv.URL+"/api/ask", question("does massage hurt"), "Origin", "https://lakeside.example", "Content-Type", "text/plain")
	if friend.StatusCode != 200 || friend.Header.Get("Access-Control-Allow-Origin") != "https://lakeside.example" {
		t.Errorf("allowed site: status %d, %v", friend.StatusCode, friend.Header)
	}
	for _, origin := range []string{"https://elsewhere.example", "null"} {
		got := do(t, "POST", srv.URL+"/api/ask", question("does massage hurt"), "Origin", origin)
		if got.StatusCode != 403 || got.Header.Get("Access-Control-Allow-Origin") != "" || !strings.Contains(got.body, "WIDGET_ORIGINS") {
			t.Errorf("%s: status %d, %s", origin, got.StatusCode, got.body)
		}
	}
	for _, self := range [][]string{{"Origin", srv.URL}, {"Origin", "https://behind.proxy", "Sec-Fetch-Site", "same-origin"}, {}} {
		if got := do(t, "POST", srv.URL+"/api/ask", question("does massage hurt"), self...); got.StatusCode != 200 {
			t.Errorf("%v: status %d", self, got.StatusCode)
		}
	}
	for path, got := range map[string]answered{
		"ok": friend, "refused": do(t, "GET", srv.URL+"/api/suggest?q=a", "", "Origin", "https://elsewhere.example"),
	} {
		if !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "Origin") {
			t.Errorf("%s: Vary %v", path, got.Header.Values("Vary"))
		}
	}
}

func TestPreflight(t *testing.T) {
	srv := testServer(t, Config{Origins: []string{"https://lakeside.example"}})
	head := []string{"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type", "Origin"}
	got := do(t, "OPTIONS", srv.URL+"/api/ask", "", append(head, "https://lakeside.example")...)
	if got.StatusCode != 204 || got.Header.Get("Access-Control-Allow-Methods") != "POST" || got.Header.Get("Access-Control-Allow-Headers") != "Content-Type" {
		t.Errorf("status %d, %v", got.StatusCode, got.Header)
	}
	if got := do(t, "OPTIONS", srv.URL+"/api/ask", "", append(head, "https://elsewhere.example")...); got.StatusCode != 403 || got.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("another site: status %d, %v", got.StatusCode, got.Header)
	}
}

// Clients are told apart by the address that a trusted proxy reports, and by
// nothing that they can write themselves.
func TestClients(t *testing.T) {
	s, err := New(Config{Bot: testBot(t, lakeside)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"127.0.0.1:99", "", ""},
		{"[::1]:99", "", ""},
		{"203.0.113.9:99", "", "203.0.113.9"},
		{"203.0.113.9:99", "198.51.100.1", "203.0.113.9"},
		{"127.0.0.1:99", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.2:99", "6.6.6.6, 198.51.100.1, 10.0.0.9", "198.51.100.1"},
		{"10.0.0.2:99", "nonsense", "10.0.0.2"},
		{"10.0.0.2:99", "10.0.0.7", "10.0.0.7"},
		{"[2001:db8:1:2:3:4:5:6]:99", "", "2001:db8:1:2::/64"},
		{"[::ffff:203.0.113.9]:99", "", "203.0.113.9"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := s.client(r); got != c.want {
			t.Errorf("from %s for %q: client %q, want %q", c.remote, c.forwarded, got, c.want)
		}
	}
	if _, err := New(Config{Bot: s.bot, Proxies: []string{"10.0.0.1"}}); err == nil {
		t.Error("a proxy that is no network was accepted")
	}
}

func TestTooManyQuestions(t *testing.T) {
	srv := testServer(t, Config{PerMin: 6})
	from := func(client string) answered {
		return do(t, "POST", srv.URL+"/api/ask", question("does massage hurt"), "X-Forwarded-For", client)
	}
	for i := range 3 {
		if got := from("198.51.100.1"); got.StatusCode != 200 {
			t.Fatalf("question %d: status %d", i, got.StatusCode)
		}
	}
	got := from("198.51.100.1")
	wait, _ := strconv.Atoi(got.Header.Get("Retry-After")) // ten seconds, less what the questions took
	if got.StatusCode != http.StatusTooManyRequests || wait < 2 || wait > 10 || !strings.Contains(got.body, fmt.Sprintf("try again in %d seconds", wait)) {
		t.Errorf("status %d, Retry-After %q, %s", got.StatusCode, got.Header.Get("Retry-After"), got.body)
	}
	urgent := do(t, "POST", srv.URL+"/api/ask", question("my chest feels crushed and i cant breathe"), "X-Forwarded-For", "198.51.100.1")
	if urgent.StatusCode != 200 || !strings.Contains(urgent.body, `"kind":"urgent"`) {
		t.Errorf("an emergency was told to wait: status %d, %s", urgent.StatusCode, urgent.body)
	}
	if got := from("198.51.100.2"); got.StatusCode != 200 {
		t.Errorf("another client: status %d", got.StatusCode)
	}
	page := do(t, "GET", srv.URL+"/?q=hello", "", "X-Forwarded-For", "198.51.100.1")
	if page.StatusCode != 429 || page.Header.Get("Retry-After") == "" || !strings.Contains(page.body, "One moment, please") {
		t.Errorf("page: status %d, Retry-After %q", page.StatusCode, page.Header.Get("Retry-After"))
	}
}

func TestAllowanceComesBack(t *testing.T) {
	l := newLimiter(600)
	var err error
	for err == nil {
		err = l.take("a")
	}
	p, _ := asProblem(err)
	if p.Retry <= 0 || p.Retry > time.Second {
		t.Fatalf("wait %s, want at most a second", p.Retry)
	}
	time.Sleep(p.Retry) // the limiter's clock cannot be turned
	if err := l.take("a"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func FuzzOrigin(f *testing.F) {
	f.Add("https://www.example.com")
	f.Add("https://example.com.evil.example")
	o, err := parseOrigins([]string{"https://*.example.com"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, origin string) {
		low := strings.ToLower(origin)
		if o.allow(origin) && (!strings.HasPrefix(low, "https://") || !strings.HasSuffix(low, ".example.com") || strings.Contains(low[8:], "/")) {
			t.Errorf("allowed %q", origin)
		}
	})
}
