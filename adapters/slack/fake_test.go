package slack

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakeSlack is Slack's side: the Web API, Socket Mode and response addresses,
// for one workspace kept in memory. It refuses what Slack refuses, payloads over
// the limits among it, and it is held against Slack's own client in the
// conformance tests.
type fakeSlack struct {
	t      testing.TB
	server *httptest.Server
	scopes string // of the bot token
	tokens map[string]bool

	mu       sync.Mutex
	changed  *sync.Cond
	calls    []call
	faults   map[string][]fault
	users    map[string]map[string]any
	channels map[string]*fakeChannel
	views    map[string]map[string]any // open modals by id
	screen   string                    // id of the modal opened or updated last
	homes    map[string]map[string]any // by user
	triggers map[string]bool
	answers  map[string]*responseURL
	sockets  []*fakeSocket
	opened   int // connections ever
	acks     map[string]json.RawMessage
	clock    int64 // of message timestamps
	stamps   int   // messages so far
	serial   int   // other ids so far
	ping     time.Duration
}

// call is one call of the Web API or of a response address.
type call struct {
	Method string
	Args   map[string]any // blocks, views and the like decoded
}

// fault makes a call go wrong.
type fault struct {
	status int
	after  string        // Retry-After
	delay  time.Duration // before anything else
	err    string        // "ok": false
	hangUp bool
	posted bool // the call takes effect all the same
}

type fakeChannel struct {
	info     map[string]any
	members  []string
	messages []*fakeMessage
}

type fakeMessage struct {
	TS, Thread, User, Text string
	Blocks, Metadata       any
	Deleted                bool
	For                    string // an ephemeral message's only reader
}

type responseURL struct {
	channel, user, ts string
	uses              int
}

const (
	fakeTeam   = "T1"
	fakeBot    = "UBOT"
	fakeBotID  = "BBOT"
	fakeSecret = "8f742231b10e8888abcd99yyyzzz85a5"
	botToken   = "xoxb-fake"
	appToken   = "xapp-fake"
)

// newFakeSlack is a workspace with Maria and Sam, who are members, the guest
// Gil, the stranger Ext from another organisation, the bot Robo, and some
// channels that the bot is in.
func newFakeSlack(t testing.TB) *fakeSlack {
	f := &fakeSlack{
		t: t, scopes: "chat:write,assistant:write", tokens: map[string]bool{botToken: true, appToken: true},
		faults: map[string][]fault{}, users: map[string]map[string]any{}, channels: map[string]*fakeChannel{},
		views: map[string]map[string]any{}, homes: map[string]map[string]any{}, triggers: map[string]bool{},
		answers: map[string]*responseURL{}, acks: map[string]json.RawMessage{}, ping: 50 * time.Millisecond,
		clock: time.Now().Unix(),
	}
	f.changed = sync.NewCond(&f.mu)
	f.user("UMARIA", "Maria", nil)
	f.user("USAM", "Sam", nil)
	f.user("UGIL", "Gil", map[string]any{"is_restricted": true})
	f.user("UULA", "Ula", map[string]any{"is_restricted": true, "is_ultra_restricted": true})
	f.user("UEXT", "Ext", map[string]any{"team_id": "T2", "is_stranger": true})
	f.user("UROBO", "Robo", map[string]any{"is_bot": true})
	f.user(fakeBot, "massagefaq", map[string]any{"is_bot": true})
	f.channel("CDESK", map[string]any{"name": "front-desk"}, "UMARIA", "USAM", fakeBot)
	f.channel("CHELP", map[string]any{"name": "desk-help"}, "UMARIA", "USAM", fakeBot)
	f.channel("CGUEST", map[string]any{"name": "with-guests"}, "UMARIA", "UGIL", fakeBot)
	f.channel("CEXT", map[string]any{"name": "with-insurer", "is_ext_shared": true}, "UMARIA", "UEXT", fakeBot)
	f.channel("COUT", map[string]any{"name": "bot-is-not-here", "is_member": false}, "UMARIA", "USAM")
	f.channel("DMARIA", map[string]any{"is_im": true, "user": "UMARIA"}, "UMARIA", fakeBot)
	f.channel("DULA", map[string]any{"is_im": true, "user": "UULA"}, "UULA", fakeBot)
	f.channel("DGIL", map[string]any{"is_im": true, "user": "UGIL"}, "UGIL", fakeBot)
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", f.serveAPI)
	mux.HandleFunc("/ws", f.serveSocket)
	mux.HandleFunc("/response/{id}", f.serveResponse)
	f.server = httptest.NewServer(mux)
	t.Cleanup(f.close)
	return f
}

func (f *fakeSlack) close() {
	f.mu.Lock()
	for _, s := range f.sockets {
		s.conn.Close()
	}
	f.mu.Unlock()
	f.server.CloseClientConnections()
	f.server.Close()
}

// api is the address to give as Config.APIURL.
func (f *fakeSlack) api() string { return f.server.URL + "/api/" }

func (f *fakeSlack) user(id, name string, more map[string]any) {
	u := map[string]any{"id": id, "team_id": fakeTeam, "name": strings.ToLower(name), "real_name": name,
		"profile": map[string]any{"display_name": name, "real_name": name}}
	for k, v := range more {
		u[k] = v
	}
	f.users[id] = u
}

func (f *fakeSlack) channel(id string, info map[string]any, members ...string) {
	all := map[string]any{"id": id, "is_channel": id[0] == 'C', "is_member": true}
	for k, v := range info {
		all[k] = v
	}
	f.channels[id] = &fakeChannel{info: all, members: members}
}

// fail makes the next call of the method go wrong.
func (f *fakeSlack) fail(method string, faults ...fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults[method] = append(f.faults[method], faults...)
}

// patience is how long a test waits for what must come, on a machine with other
// work to do.
const patience = 30 * time.Second

// until waits for ok, which is asked after each call with f locked.
func (f *fakeSlack) until(what string, ok func() bool) {
	f.t.Helper()
	late := time.AfterFunc(patience, func() { f.mu.Lock(); f.changed.Broadcast(); f.mu.Unlock() })
	defer late.Stop()
	deadline := time.Now().Add(patience)
	f.mu.Lock()
	defer f.mu.Unlock()
	for !ok() {
		if time.Now().After(deadline) {
			f.t.Fatalf("slack waited in vain for %s; calls: %s", what, f.methods())
		}
		f.changed.Wait()
	}
}

// methods lists the calls so far. f is locked.
func (f *fakeSlack) methods() string {
	var names []string
	for _, c := range f.calls {
		names = append(names, c.Method)
	}
	return strings.Join(names, " ")
}

// await returns the nth call of the method, from 1, as soon as it has come.
func (f *fakeSlack) await(method string, n int) call {
	f.t.Helper()
	var found call
	f.until(fmt.Sprintf("%s number %d", method, n), func() bool {
		left := n
		for _, c := range f.calls {
			if c.Method == method {
				if left--; left == 0 {
					found = c
					return true
				}
			}
		}
		return false
	})
	return found
}

// count is how often the method has been called.
func (f *fakeSlack) count(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, c := range f.calls {
		if c.Method == method {
			n++
		}
	}
	return n
}

// said is what the bot has posted in the channel and not deleted, oldest first.
func (f *fakeSlack) said(channel string) []fakeMessage {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []fakeMessage
	for _, m := range f.channels[channel].messages {
		if m.User == fakeBot && !m.Deleted {
			out = append(out, *m)
		}
	}
	return out
}

// args reads the arguments of a call from a form or from JSON, and decodes JSON
// within forms.
func args(r *http.Request) (map[string]any, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") && len(body) > 0 {
		return out, json.Unmarshal(body, &out)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	for k, v := range r.URL.Query() {
		form[k] = v
	}
	for k := range form {
		var decoded any
		v := form.Get(k)
		if (strings.HasPrefix(v, "[") || strings.HasPrefix(v, "{")) && json.Unmarshal([]byte(v), &decoded) == nil {
			out[k] = decoded
		} else {
			out[k] = v
		}
	}
	return out, nil
}

func (f *fakeSlack) serveAPI(w http.ResponseWriter, r *http.Request) {
	method := r.PathValue("method")
	in, err := args(r)
	if err != nil {
		f.t.Errorf("slack cannot read the arguments of %s: %v", method, err)
	}
	token, _ := in["token"].(string)
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		token = bearer
	}
	delete(in, "token")
	out := f.reply(w, r, method, token, in)
	if out == nil {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-OAuth-Scopes", f.scopes)
	json.NewEncoder(w).Encode(out)
}

// reply is what a call returns; nil when a fault has already written it.
func (f *fakeSlack) reply(w http.ResponseWriter, r *http.Request, method, token string, in map[string]any) map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	defer f.changed.Broadcast()
	f.calls = append(f.calls, call{method, in})
	if queue := f.faults[method]; len(queue) > 0 {
		f.faults[method] = queue[1:]
		if queue[0].posted {
			f.handle(method, in)
		}
		if queue[0].write(w, r, &f.mu) {
			return nil
		}
		if queue[0].err != "" {
			return refuse(queue[0].err)
		}
	}
	if !f.tokens[token] {
		return refuse("invalid_auth")
	}
	if strings.HasPrefix(token, "xapp-") != (method == "apps.connections.open") {
		return refuse("not_allowed_token_type")
	}
	return f.handle(method, in)
}

// write does what a fault does to the answer; false if the call is to go on.
func (ft fault) write(w http.ResponseWriter, r *http.Request, mu *sync.Mutex) bool {
	if ft.delay > 0 {
		mu.Unlock()
		select {
		case <-time.After(ft.delay):
		case <-r.Context().Done():
		}
		mu.Lock()
	}
	if ft.hangUp {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			conn.Close()
		}
		return true
	}
	if ft.status == 0 {
		return false
	}
	if ft.after != "" {
		w.Header().Set("Retry-After", ft.after)
	}
	w.WriteHeader(ft.status)
	io.WriteString(w, "<html>not JSON</html>")
	return true
}

func refuse(err string) map[string]any { return map[string]any{"ok": false, "error": err} }
