package slack

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// safeBuffer is a buffer that several goroutines may write to.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// serve serves the adapter's handler, and returns its address.
func serve(t testing.TB, a *Adapter) string {
	t.Helper()
	server := httptest.NewServer(a.Handler())
	t.Cleanup(server.Close)
	return server.URL
}

func TestSignature(t *testing.T) {
	f := newFakeSlack(t)
	a := adapter(t, f, nil)
	base := serve(t, a)
	fresh := func() []byte {
		m := f.types("UMARIA", "CDESK", "", "<@"+fakeBot+"> what should I wear to a session?")
		_, body, _ := requestFor(eventsAPI, f.callbackFor(f.messageEvents("CDESK", m)[1]))
		return body
	}
	now := time.Now()
	tests := map[string]struct {
		secret string
		at     time.Time
		header map[string]string
		want   int
	}{
		"right":           {fakeSecret, now, nil, 200},
		"wrong secret":    {"other", now, nil, 401},
		"stale":           {fakeSecret, now.Add(-5*time.Minute - 5*time.Second), nil, 401},
		"nearly stale":    {fakeSecret, now.Add(-4*time.Minute - 50*time.Second), nil, 200},
		"from the future": {fakeSecret, now.Add(6 * time.Minute), nil, 401},
		"missing":         {fakeSecret, now, map[string]string{"X-Slack-Signature": ""}, 401},
		"no time":         {fakeSecret, now, map[string]string{"X-Slack-Request-Timestamp": ""}, 401},
		"odd time":        {fakeSecret, now, map[string]string{"X-Slack-Request-Timestamp": "yesterday"}, 401},
		"other version":   {fakeSecret, now, map[string]string{"X-Slack-Signature": "v1=00"}, 401},
		"not hex":         {fakeSecret, now, map[string]string{"X-Slack-Signature": "v0=zz"}, 401},
		"short":           {fakeSecret, now, map[string]string{"X-Slack-Signature": "v0=00"}, 401},
	}
	answered := 0
	for name, test := range tests {
		status, answer := f.send(base+"/slack/events", fresh(), "application/json", test.secret, test.at, test.header)
		if status != test.want {
			t.Errorf("%s: status %d (%s), want %d", name, status, answer, test.want)
		}
		if test.want == 200 {
			answered++
		}
	}
	a.idle()
	if got := len(f.said("CDESK")); got != answered {
		t.Errorf("%d replies, want %d", got, answered)
	}
}

func TestBodyAlteredAfterSigning(t *testing.T) {
	f := newFakeSlack(t)
	a := adapter(t, f, nil)
	base := serve(t, a)
	m := f.types("UMARIA", "CDESK", "", "<@"+fakeBot+"> what should I wear to a session?")
	_, body, _ := requestFor(eventsAPI, f.callbackFor(f.messageEvents("CDESK", m)[1]))
	stamp := time.Now()
	header := map[string]string{"X-Slack-Signature": signature(fakeSecret, strconv.FormatInt(stamp.Unix(), 10), body)}
	status, _ := f.send(base+"/slack/events", append(body, ' '), "application/json", fakeSecret, stamp, header)
	if status != http.StatusUnauthorized {
		t.Errorf("status %d for an altered body, want 401", status)
	}
}

func TestReplayDoesNothing(t *testing.T) {
	f := newFakeSlack(t)
	a := adapter(t, f, nil)
	base := serve(t, a)
	path, body, contentType := requestFor(slash, f.slashCommand("UMARIA", "CDESK", "what should I wear?"))
	at := time.Now()
	for range 3 {
		if status, answer := f.send(base+path, body, contentType, fakeSecret, at, nil); status != 200 || len(answer) > 0 {
			t.Errorf("status %d, answer %q", status, answer)
		}
	}
	a.idle()
	if n := f.count("response_url"); n != 1 {
		t.Errorf("%d answers to one command sent three times", n)
	}
}

func TestRetriesAnsweredOnce(t *testing.T) {
	f := newFakeSlack(t)
	a := adapter(t, f, nil)
	base := serve(t, a)
	c, _ := f.asks(f.byHTTP(base), "what should I wear to a session?")
	_, body, contentType := requestFor(eventsAPI, c)
	for n, header := range []map[string]string{
		{"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"},
		{"X-Slack-Retry-Num": "2", "X-Slack-Retry-Reason": "http_error"},
	} {
		if status, _ := f.send(base+"/slack/events", body, contentType, fakeSecret, time.Now().Add(time.Duration(n+1)*time.Second), header); status != 200 {
			t.Errorf("retry answered with %d", status)
		}
	}
	a.idle()
	// Another replica has seen neither the event nor the reply, and finds the
	// reply in the thread.
	other := adapter(t, f, nil)
	if status, _ := f.send(serve(t, other)+"/slack/events", body, contentType, fakeSecret, time.Now(), map[string]string{"X-Slack-Retry-Num": "3"}); status != 200 {
		t.Errorf("retry answered with %d", status)
	}
	other.idle()
	if got := len(f.said("CDESK")); got != 1 {
		t.Errorf("%d replies, want 1", got)
	}
	// A retry that nobody has answered is answered.
	m := f.types("UMARIA", "CDESK", "", "<@"+fakeBot+"> should I eat before a massage?")
	_, body, _ = requestFor(eventsAPI, f.callbackFor(f.messageEvents("CDESK", m)[1]))
	f.send(base+"/slack/events", body, contentType, fakeSecret, time.Now(), map[string]string{"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "connection_failed"})
	a.idle()
	if got := len(f.said("CDESK")); got != 2 {
		t.Errorf("%d replies after a retry of something new, want 2", got)
	}
}

func TestHandler(t *testing.T) {
	f := newFakeSlack(t)
	a := adapter(t, f, nil)
	base := serve(t, a)
	post := func(path, body string) (int, string) {
		status, answer := f.send(base+path, []byte(body), "application/json", fakeSecret, time.Now(), nil)
		return status, string(answer)
	}
	if status, answer := post("/slack/events", `{"type":"url_verification","challenge":"abc"}`); status != 200 || answer != "abc" {
		t.Errorf("url_verification: %d %q", status, answer)
	}
	if status, _ := post("/slack/events", "{"); status != 400 {
		t.Errorf("broken JSON: %d, want 400", status)
	}
	if status, _ := post("/slack/commands", "%zz"); status != 400 {
		t.Errorf("broken form: %d, want 400", status)
	}
	if status, _ := post("/slack/commands", ""); status != 200 {
		t.Errorf("empty form: %d, want 200", status)
	}
	if status, _ := post("/slack/interactive", "payload=%7B"); status != 200 {
		t.Errorf("broken payload: %d, want 200: Slack would show an error for anything else", status)
	}
	if status, _ := post("/slack/events", strings.Repeat("x", largestRequest+1)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("huge body: %d, want 413", status)
	}
	if status, _ := post("/slack/other", "{}"); status != 404 {
		t.Errorf("unknown path: %d, want 404", status)
	}
	resp, err := http.Get(base + "/slack/events")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d, want 405", resp.StatusCode)
	}
	a.finish()
	if status, _ := post("/slack/events", `{"type":"event_callback"}`); status != http.StatusServiceUnavailable {
		t.Errorf("while shutting down: %d, want 503, so that Slack tries another replica", status)
	}
	off := adapter(t, f, func(c *Config) { c.SigningSecret = "" })
	if status, _ := f.send(serve(t, off)+"/slack/events", []byte("{}"), "application/json", fakeSecret, time.Now(), nil); status != 404 {
		t.Errorf("without a signing secret: %d, want 404", status)
	}
}

// TestBothTransportsSayTheSame plays a question over HTTP and by socket.
func TestBothTransportsSayTheSame(t *testing.T) {
	f := newFakeSlack(t)
	a := adapter(t, f, nil)
	run(t, a)
	f.asks(f.bySocket, "what should I wear to a session?")
	byHTTP := adapter(t, f, nil)
	f.asks(f.byHTTP(serve(t, byHTTP)), "what should I wear to a session?")
	first, second := f.await("chat.postMessage", 1).Args, f.await("chat.postMessage", 2).Args
	one, two := maps.Clone(first), maps.Clone(second)
	for _, m := range []map[string]any{one, two} {
		delete(m, "thread_ts")
		delete(m, "metadata")
	}
	if see(one["blocks"]) != see(two["blocks"]) || one["text"] != two["text"] {
		t.Errorf("by socket:\n%s\nby HTTP:\n%s", see(one["blocks"]), see(two["blocks"]))
	}
}
