//go:build conformance

package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	slackgo "github.com/slack-go/slack"
)

// bearer puts the token of a form into the header: the emulator reads it only
// there, while Slack reads both.
type bearer struct{ token string }

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	return http.DefaultTransport.RoundTrip(r)
}

// emulated is a workspace in the emulator, with an adapter in it and Maria, who
// writes with a client of her own.
type emulated struct {
	t      *testing.T
	a      *Adapter
	maria  *slackgo.Client
	f      *fakeSlack // only to sign requests
	events string
	desk   string // channel
}

func startEmulator(t *testing.T) *emulated {
	t.Helper()
	var handler atomic.Pointer[http.Handler]
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := handler.Load(); h != nil {
			(*h).ServeHTTP(w, r)
		}
	}))
	t.Cleanup(receiver.Close)
	var names []string
	for _, s := range scopes { // least scopes: the emulator refuses what we have no scope for
		names = append(names, s.Name)
	}
	p := startPeer(t, "emulate.mjs", fmt.Sprintf("PORT=%d", freePort(t)), "EVENTS="+receiver.URL+"/slack/events",
		"BOT_TOKEN="+botToken, "SIGNING_SECRET="+fakeSecret, "SCOPES="+strings.Join(names, ","))
	api := strings.Replace(str(p.next(), "url"), "localhost", "127.0.0.1", 1) + "/api/"
	a := adapter(t, newFakeSlack(t), func(c *Config) { c.APIURL = api })
	a.calls.client.Transport = bearer{botToken}
	h := a.Handler()
	handler.Store(&h)
	e := &emulated{t: t, a: a, f: newFakeSlack(t), events: receiver.URL,
		maria: slackgo.New("xoxp-maria", slackgo.OptionAPIURL(api), slackgo.OptionHTTPClient(&http.Client{Transport: bearer{"xoxp-maria"}}))}
	e.desk = e.channel("front-desk")
	if _, err := e.maria.InviteUsersToConversation(e.desk, "UBOT"); err != nil {
		t.Fatalf("invite the bot: %v", err)
	}
	return e
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (e *emulated) channel(name string) string {
	e.t.Helper()
	list, _, err := e.maria.GetConversations(&slackgo.GetConversationsParameters{})
	if err != nil {
		e.t.Fatal(err)
	}
	for _, c := range list {
		if c.Name == name {
			return c.ID
		}
	}
	e.t.Fatalf("the emulator has no channel %s", name)
	return ""
}

// writes has Maria write in a thread, or start one, and returns the timestamp.
func (e *emulated) writes(thread, text string) string {
	e.t.Helper()
	options := []slackgo.MsgOption{slackgo.MsgOptionText(text, false)}
	if thread != "" {
		options = append(options, slackgo.MsgOptionTS(thread))
	}
	_, ts, err := e.maria.PostMessage(e.desk, options...)
	if err != nil {
		e.t.Fatal(err)
	}
	return ts
}

// thread waits until a thread has n messages, and ok is content with them.
func (e *emulated) thread(root string, n int, ok func([]slackgo.Message) bool) []slackgo.Message {
	e.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		e.a.idle()
		messages, _, _, err := e.maria.GetConversationReplies(&slackgo.GetConversationRepliesParameters{ChannelID: e.desk, Timestamp: root})
		if err != nil {
			e.t.Fatal(err)
		}
		if len(messages) == n && (ok == nil || ok(messages)) {
			return messages
		}
		if time.Now().After(deadline) {
			e.t.Fatalf("the thread has %d messages, want %d: %+v", len(messages), n, messages)
		}
		time.Sleep(20 * time.Millisecond) // the emulator tells nobody
	}
}

func TestConformanceEmulatedWorkspace(t *testing.T) {
	e := startEmulator(t)
	root := e.writes("", "<@UBOT> does insurance cover medical massage?")
	reply := e.thread(root, 2, nil)[1]
	if reply.User != "UBOT" || reply.ThreadTimestamp != root || !strings.Contains(reply.Text, "It depends on your plan") || len(reply.Blocks.BlockSet) < 4 {
		t.Errorf("the bot replied %+v", reply)
	}
	e.writes(root, "which CPT code goes on the claim?")
	if m := e.thread(root, 4, nil); !strings.Contains(m[3].Text, "97140") {
		t.Errorf("a full member got %q", m[3].Text)
	}
	if _, _, _, err := e.maria.UpdateMessage(e.desk, root, slackgo.MsgOptionText("<@UBOT> what should I wear to a session?", false)); err != nil {
		t.Fatal(err)
	}
	e.thread(root, 4, func(m []slackgo.Message) bool { return strings.Contains(m[1].Text, "comfortable") })
	if _, _, err := e.maria.DeleteMessage(e.desk, root); err != nil {
		t.Fatal(err)
	}
	e.thread(root, 2, nil) // Maria's second question and its answer
	unaddressed := e.writes("", "does insurance cover medical massage?")
	e.writes(unaddressed, "<@UBOT> be quiet")
	e.thread(unaddressed, 3, func(m []slackgo.Message) bool { return strings.Contains(m[2].Text, "keep quiet") })
}

// TestConformanceEmulatedViews has the emulator judge our Home tab and our windows.
func TestConformanceEmulatedViews(t *testing.T) {
	e := startEmulator(t)
	user, err := e.maria.AuthTest()
	if err != nil {
		t.Fatal(err)
	}
	if err := e.a.publish(t.Context(), user.UserID, e.a.frontPage); err != nil {
		t.Errorf("publish Home: %v", err)
	}
	send := e.f.byHTTP(e.events)
	m := &fakeMessage{TS: e.writes("", "what should I wear to a session?"), User: user.UserID, Text: "what should I wear to a session?"}
	shortcut := e.f.messageShortcut(user.UserID, e.desk, m)
	shortcut["trigger_id"] = e.trigger(user.UserID)
	var log safeBuffer
	e.a.log = logger(&log)
	send(interactive, shortcut)
	e.a.idle()
	if s := log.String(); s != "" {
		t.Errorf("the window did not open: %s", s)
	}
	send(interactive, shortcut) // the same again: the trigger is spent, nothing happens twice
	e.a.idle()
}

// trigger asks the emulator for what a click would carry.
func (e *emulated) trigger(user string) string {
	e.t.Helper()
	var r struct {
		TriggerID string `json:"trigger_id"`
	}
	postJSON(e.t, e.a.cfg.APIURL+"views.generateTriggerId", map[string]any{"user_id": user}, &r)
	return r.TriggerID
}

// postJSON calls a method of the emulator's own with the bot's token.
func postJSON(t *testing.T, address string, in, out any) {
	t.Helper()
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{Transport: bearer{botToken}}
	resp, err := client.Post(address, "application/json", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		t.Fatal(err)
	}
}

func logger(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
