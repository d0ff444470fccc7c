package discord

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A fake is Discord, as far as a bot meets it: the gateway in fakegate_test.go,
// and here the REST requests, with rate limits, error codes and the checks that
// Discord makes. discord.js, driven against it, shows that it is like the real
// one (conformance_test.go).
type fake struct {
	t      testing.TB
	server *httptest.Server
	token  string

	mu           sync.Mutex
	changed      chan struct{} // closed and replaced whenever something happens
	app          map[string]any
	requests     []request
	taken        int // of requests, by await
	faults       []*fault
	commands     map[string][]map[string]any // by guild
	channels     map[string]map[string]any
	interactions map[string]*pending // by token
	nonces       map[string]map[string]any
	messages     []map[string]any // written into channels
	buckets      map[string]*bucket
	limit        int           // requests of a bucket in each window; 0 is plenty
	window       time.Duration // of the rate limit
	lastID       int64
	strict       bool // what a request does wrong fails the test
	others       bool // the bot is not ours: it need not keep to our own table

	gatePart
}

// A request is one that the bot made.
type request struct {
	Method, Path string
	Body         any // decoded JSON, nil without a body
	Status       int // of our answer
}

// pending is an interaction that was delivered.
type pending struct {
	id       string
	answered bool
	settles  bool           // asked only so that others are done
	message  map[string]any // the answer, as a message
}

type bucket struct {
	left  int
	reset time.Time
}

const (
	fakeToken = "TEST.token.for-loopback"
	fakeApp   = "100000000000000001"
	fakeGuild = "200000000000000001"
)

func newFake(t testing.TB) *fake {
	f := &fake{
		t: t, token: fakeToken, changed: make(chan struct{}), strict: true,
		app:      map[string]any{"id": fakeApp, "name": "FAQ", "flags": 0, "verify_key": "", "bot": fakeUser(fakeApp, "faq", true)},
		commands: map[string][]map[string]any{}, channels: map[string]map[string]any{},
		interactions: map[string]*pending{}, nonces: map[string]map[string]any{}, buckets: map[string]*bucket{},
		window: time.Second, lastID: 900000000000000000,
		gatePart: newGatePart(),
	}
	f.server = httptest.NewServer(f.routes())
	t.Cleanup(f.close)
	return f
}

func (f *fake) close() {
	f.server.CloseClientConnections()
	f.drop()
	f.server.Close()
}

// api is what the bot takes for Discord's address.
func (f *fake) api() string { return f.server.URL + "/api/v10/" }

func (f *fake) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /gateway", f.serveGateway)
	mux.HandleFunc("GET /gateway/", f.serveGateway)
	for pattern, h := range map[string]func(*served) (int, any){
		"GET /applications/@me":                            f.getApplication,
		"GET /users/@me":                                   func(*served) (int, any) { return 200, f.app["bot"] },
		"GET /gateway/bot":                                 f.getGateway,
		"GET /applications/{app}/commands":                 f.getCommands,
		"POST /applications/{app}/commands":                f.postCommand,
		"PUT /applications/{app}/commands":                 f.putCommands,
		"DELETE /applications/{app}/commands/{command}":    f.deleteCommand,
		"GET /applications/{app}/guilds/{guild}/commands":  f.getCommands,
		"POST /applications/{app}/guilds/{guild}/commands": f.postCommand,
		"PUT /applications/{app}/guilds/{guild}/commands":  f.putCommands,
		"POST /interactions/{id}/{token}/callback":         f.postCallback,
		"PATCH /webhooks/{app}/{token}/messages/@original": f.patchOriginal,
		"GET /webhooks/{app}/{token}/messages/@original":   f.getOriginal,
		"POST /webhooks/{app}/{token}":                     f.postFollowup,
		"POST /channels/{channel}/messages":                f.postMessage,
		"PATCH /channels/{channel}/messages/{message}":     f.patchMessage,
		"DELETE /channels/{channel}/messages/{message}":    f.deleteMessage,
		"GET /channels/{channel}":                          f.getChannel,
		"PATCH /channels/{channel}":                        f.patchChannel,
	} {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" /api/v10"+path, func(w http.ResponseWriter, r *http.Request) { f.serve(w, r, path, h) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		f.wrong("no such route: %s %s", r.Method, r.URL.Path)
		http.Error(w, `{"message":"404: Not Found","code":0}`, 404)
	})
	return mux
}

// served is a request being served; f.mu is held.
type served struct {
	*http.Request
	body map[string]any
	list []any // when the body is a list
}

// wrong fails the test for what the bot did, unless the test expects it.
func (f *fake) wrong(format string, args ...any) {
	if f.strict {
		f.t.Errorf("discord: "+format, args...)
	}
}

// refuse is an error as Discord words it.
func refuse(status, code int, text string) (int, any) {
	return status, map[string]any{"code": code, "message": text}
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request, route string, h func(*served) (int, any)) {
	raw, _ := io.ReadAll(r.Body)
	if ft := f.faulty(r); ft != nil {
		f.serveFault(w, r, ft, raw)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c := &served{Request: r}
	var body any
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &body); err != nil {
			f.wrong("%s %s: body is not JSON: %v", r.Method, r.URL.Path, err)
		}
		c.body, _ = body.(map[string]any)
		c.list, _ = body.([]any)
	}
	code, answer := f.admit(w, r, route)
	if code == 0 {
		f.inspect(r.Method, route, body)
		code, answer = h(c)
	}
	f.note(request{r.Method, strings.TrimPrefix(r.URL.Path, "/api/v10"), body, code})
	if code == 204 || answer == nil {
		w.WriteHeader(code)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(answer)
}

// inspect checks a body against the limits and, when it is to be had, against
// Discord's own description.
func (f *fake) inspect(method, route string, body any) {
	if body == nil {
		return
	}
	for _, p := range problems(route, body) {
		if f.others {
			break
		}
		f.wrong("%s %s: %s", method, route, p)
	}
	for _, p := range undescribed(f.t, method, route, body) {
		f.wrong("%s %s: Discord's description: %s", method, route, p)
	}
}

// admit checks the token and the rate limit; 0 lets the request in.
func (f *fake) admit(w http.ResponseWriter, r *http.Request, route string) (int, any) {
	free := strings.HasPrefix(route, "/interactions/") || strings.HasPrefix(route, "/webhooks/")
	if !free && r.Header.Get("Authorization") != "Bot "+f.token {
		return refuse(401, 0, "401: Unauthorized")
	}
	if f.limit == 0 {
		return 0, nil
	}
	key := r.Method + " " + r.URL.Path
	b := f.buckets[key]
	now := time.Now()
	if b == nil || !now.Before(b.reset) {
		b = &bucket{f.limit, now.Add(f.window)}
		f.buckets[key] = b
	}
	after := time.Until(b.reset).Seconds()
	b.left--
	h := w.Header()
	h.Set("X-RateLimit-Limit", strconv.Itoa(f.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, b.left)))
	h.Set("X-RateLimit-Reset", fmt.Sprintf("%.3f", float64(b.reset.UnixMilli())/1000))
	h.Set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", after))
	h.Set("X-RateLimit-Bucket", digest(10, route))
	if b.left >= 0 {
		return 0, nil
	}
	h.Set("Retry-After", fmt.Sprintf("%.3f", after))
	h.Set("X-RateLimit-Scope", "user")
	return 429, map[string]any{"message": "You are being rate limited.", "retry_after": after, "global": false}
}

// note records a request and wakes who waits for it. f.mu is held.
func (f *fake) note(r request) {
	f.requests = append(f.requests, r)
	f.wake()
}

func (f *fake) wake() {
	close(f.changed)
	f.changed = make(chan struct{})
}

// id is a fresh snowflake. f.mu is held.
func (f *fake) id() string {
	f.lastID++
	return strconv.FormatInt(f.lastID, 10)
}

func (f *fake) newID() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.id()
}

func fakeUser(id, name string, bot bool) map[string]any {
	return map[string]any{"id": id, "username": name, "discriminator": "0", "global_name": nil, "avatar": nil, "bot": bot}
}
