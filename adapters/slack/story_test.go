package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// today is the day on which the tests happen.
var today = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

// testBot knows testdata/content and nothing else, so that no test changes with
// the shipped answers.
func testBot(t testing.TB, journal bot.Journal) *bot.Bot {
	t.Helper()
	b := openBot(t, journal)
	t.Cleanup(func() { b.Close() })
	return b
}

// openBot is testBot for a test that closes it.
func openBot(t testing.TB, journal bot.Journal) *bot.Bot {
	t.Helper()
	content, err := knowledge.LoadFolder(os.DirFS("testdata/content"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(bot.Config{Content: content, Journal: journal, Now: func() time.Time { return today },
		Practice: knowledge.Practice{Name: "Lakeside Medical Massage", Phone: "616-555-0100"}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// adapter is an Adapter in the fake workspace.
func adapter(t testing.TB, f *fakeSlack, change func(*Config)) *Adapter {
	t.Helper()
	cfg := Config{Bot: testBot(t, &ratings{}), AppToken: appToken, BotToken: botToken, SigningSecret: fakeSecret,
		HelpChannel: "CHELP", Base: "https://faq.example.com", APIURL: f.api(), Pause: time.Millisecond,
		PingInterval: patience, Now: func() time.Time { return today }}
	if change != nil {
		change(&cfg)
	}
	a, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// idle waits until the adapter has done all it has to do.
func (a *Adapter) idle() { a.lanes.running.Wait() }

// TestStories plays each testdata/stories/*.txt. Lines that begin with ">" are
// what people do; what Slack then shows stands below them. The payloads are in
// the .json of the same name.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := newStory(t)
			got := s.play(string(want))
			compare(t, file, want, []byte(got))
			golden := strings.TrimSuffix(file, ".txt") + ".json"
			wantJSON, _ := os.ReadFile(golden) // missing counts as empty
			compare(t, golden, wantJSON, s.payloads())
		})
	}
}

// compare holds what was seen against a golden file, or writes it there.
func compare(t *testing.T, file string, want, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got), -update to accept:\n%s", file, diff)
	}
}

// story plays steps against an adapter by HTTP.
type story struct {
	t      *testing.T
	f      *fakeSlack
	a      *Adapter
	send   deliver
	shown  []call          // calls that people see something of
	read   int             // of f.calls
	typed  *fakeMessage    // the last message that a person wrote
	in     string          // its channel
	root   string          // of the last thread
	ack    json.RawMessage // of the last step
	window map[string]any  // the modal on the screen
}

func newStory(t *testing.T) *story {
	f := newFakeSlack(t)
	f.clock = today.Unix()
	a := adapter(t, f, nil)
	server := httptest.NewServer(a.Handler())
	t.Cleanup(server.Close)
	return &story{t: t, f: f, a: a, send: f.byHTTP(server.URL)}
}

// play runs the steps of a script and returns it with what is seen.
func (s *story) play(script string) string {
	var out strings.Builder
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
			out.WriteString(line + "\n")
		case strings.HasPrefix(line, ">"):
			out.WriteString("\n" + line + "\n")
			s.step(strings.TrimSpace(line[1:]))
			out.WriteString(s.news())
		}
	}
	return out.String()
}

// step is one thing that someone does.
type step struct {
	pattern *regexp.Regexp
	do      func(s *story, user, a, b string)
}

func when(pattern string, do func(s *story, user, a, b string)) step {
	return step{regexp.MustCompile("^" + pattern + "$"), do}
}

var steps = []step{
	when(`(\w+) in the thread: (.*)()`, func(s *story, user, text, _ string) { s.write(user, s.in, s.root, text) }),
	when(`(\w+) in (COMPOSER|[a-z-]+): (.*)`, func(s *story, user, where, text string) { s.write(user, s.channel(where), "", text) }),
	when(`(\w+) directly: (.*)()`, func(s *story, user, text, _ string) { s.write(user, "D"+user[1:], "", text) }),
	when(`(\w+) types /massage in ([a-z-]+): ?(.*)`, func(s *story, user, where, text string) {
		s.in = s.channel(where)
		s.ack = s.send(slash, s.f.slashCommand(user, s.in, text))
	}),
	when(`(\w+) presses (.*)()`, func(s *story, user, label, _ string) {
		channel, m := s.newest(label)
		s.ack = s.send(interactive, s.f.press(user, channel, m, label))
	}),
	when(`(\w+) edits: (.*)()`, func(s *story, user, text, _ string) { s.edit(text) }),
	when(`(\w+) deletes it()()`, func(s *story, user, _, _ string) { s.remove() }),
	when(`(\w+) opens (Home|the messages tab)()`, func(s *story, user, tab, _ string) {
		tab = map[string]string{"Home": "home", "the messages tab": "messages"}[tab]
		s.ack = s.event(map[string]any{"type": "app_home_opened", "user": user, "channel": "D" + user[1:], "tab": tab})
	}),
	when(`(\w+) opens the panel()()`, func(s *story, user, _, _ string) {
		s.in = "D" + user[1:]
		s.root = s.f.types(user, s.in, "", "New Assistant Thread").TS
		s.ack = s.event(map[string]any{"type": "assistant_thread_started", "assistant_thread": map[string]any{
			"user_id": user, "channel_id": s.in, "thread_ts": s.root, "context": map[string]any{}}})
	}),
	when(`(\w+) in Home presses (.*)()`, func(s *story, user, label, _ string) {
		s.ack = s.send(interactive, s.f.inView(user, s.f.homes[user], label, ""))
	}),
	when(`(\w+) in Home searches (.*)()`, func(s *story, user, text, _ string) {
		s.ack = s.send(interactive, s.f.inView(user, s.f.homes[user], actHomeSearch, text))
	}),
	when(`(\w+) uses the shortcut()()`, func(s *story, user, _, _ string) {
		s.ack = s.send(interactive, s.f.messageShortcut(user, s.in, s.typed))
	}),
	when(`(\w+) in the window presses (.*)()`, func(s *story, user, label, _ string) {
		s.ack = s.send(interactive, s.f.inView(user, s.window, label, ""))
	}),
	when(`(\w+) in the window searches (.*)()`, func(s *story, user, text, _ string) {
		s.ack = s.send(interactive, s.f.inView(user, s.window, actFindSearch, text))
	}),
	when(`(\w+) sends the window(?: with (.*))?()`, func(s *story, user, values, _ string) { s.submit(user, values) }),
	when(`(\w+) links to (\S+) in ([a-z-]+)`, func(s *story, user, address, where string) {
		m := s.f.types(user, s.channel(where), "", address)
		s.ack = s.event(map[string]any{"type": "link_shared", "user": user, "channel": s.channel(where), "message_ts": m.TS,
			"links": []any{map[string]any{"url": address, "domain": "faq.example.com"}}})
	}),
}

func (s *story) step(line string) {
	s.ack = nil
	for _, st := range steps {
		m := st.pattern.FindStringSubmatch(line)
		if m == nil || m[1] == "in" {
			continue
		}
		st.do(s, "U"+strings.ToUpper(m[1]), m[2], m[3])
		s.a.idle()
		return
	}
	s.t.Fatalf("no step is written %q", line)
}

// channel is the id of a channel by its name.
func (s *story) channel(name string) string {
	for id, c := range s.f.channels {
		if c.info["name"] == name {
			return id
		}
	}
	s.t.Fatalf("no channel %q", name)
	return ""
}

func (s *story) event(e map[string]any) json.RawMessage {
	return s.send(eventsAPI, s.f.callbackFor(e))
}

func (s *story) write(user, channel, thread, text string) {
	text = strings.NewReplacer("@massagefaq", "<@"+fakeBot+">", "@Sam", "<@USAM>", `\n`, "\n").Replace(text)
	s.typed, s.in = s.f.types(user, channel, thread, text), channel
	if thread == "" {
		s.root = s.typed.TS
	}
	for _, e := range s.f.messageEvents(channel, s.typed) {
		s.event(e)
	}
}

func (s *story) edit(text string) {
	before := s.f.messageEvents(s.in, s.typed)[0]
	s.typed.Text = strings.ReplaceAll(text, "@massagefaq", "<@"+fakeBot+">")
	after := s.f.messageEvents(s.in, s.typed)[0]
	after["edited"] = map[string]any{"user": s.typed.User}
	s.event(map[string]any{"type": "message", "subtype": "message_changed", "hidden": true, "channel": s.in,
		"channel_type": before["channel_type"], "message": after, "previous_message": before, "ts": "1.1"})
}

func (s *story) remove() {
	s.event(map[string]any{"type": "message", "subtype": "message_deleted", "hidden": true, "channel": s.in,
		"channel_type": s.f.messageEvents(s.in, s.typed)[0]["channel_type"],
		"deleted_ts":   s.typed.TS, "previous_message": s.f.messageEvents(s.in, s.typed)[0], "ts": "1.1"})
}

// newest is the last message of the bot's, anywhere, that has the button.
func (s *story) newest(label string) (string, fakeMessage) {
	var channel string
	var last fakeMessage
	for id, c := range s.f.channels {
		for _, m := range c.messages {
			if m.User == fakeBot && !m.Deleted && m.TS > last.TS && findButton(m.Blocks, label) != nil {
				channel, last = id, *m
			}
		}
	}
	return channel, last
}

// submit sends the window with its wording as it stands, or with the values
// given as block=value; block=value.
func (s *story) submit(user, values string) {
	typed := map[string]any{}
	for _, e := range s.window["blocks"].([]any) {
		m := e.(map[string]any)
		if in, ok := m["element"].(map[string]any); ok {
			typed[str(m, "block_id")] = map[string]any{"type": in["type"], "value": in["initial_value"]}
		}
	}
	for pair := range strings.SplitSeq(values, "; ") {
		if block, value, ok := strings.Cut(pair, "="); ok {
			typed[inputBlock(s.window, block)] = map[string]any{"value": strings.ReplaceAll(value, `\n`, "\n")}
		}
	}
	s.ack = s.send(interactive, s.f.submit(user, s.window, typed))
}

var replyID = regexp.MustCompile(`\b[a-z2-7]{16}\b`)

// payloads are the calls that people see something of, as JSON.
func (s *story) payloads() []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	for _, c := range s.shown {
		if err := e.Encode(map[string]any{c.Method: c.Args}); err != nil {
			s.t.Fatal(err)
		}
	}
	return replyID.ReplaceAll(out.Bytes(), []byte("REPLY"))
}

// news is what the calls since the last step show.
func (s *story) news() string {
	var out strings.Builder
	s.f.mu.Lock()
	defer s.f.mu.Unlock()
	for _, c := range s.f.calls[s.read:] {
		if text := s.show(c); text != "" {
			s.shown = append(s.shown, c)
			out.WriteString(text)
		}
	}
	s.read = len(s.f.calls)
	if len(s.ack) > 0 {
		out.WriteString(fmt.Sprintf("  the window answers %s\n", bytes.TrimSpace(s.ack)))
	}
	if out.Len() == 0 {
		return "  (nothing)\n"
	}
	return out.String()
}

// show is what a call shows, empty for one behind the scenes.
func (s *story) show(c call) string {
	view, _ := c.Args["view"].(map[string]any)
	switch c.Method {
	case "chat.postMessage":
		return fmt.Sprintf("  posted in %s%s\n", s.name(str(c.Args, "channel")), s.thread(c)) + see(c.Args["blocks"])
	case "chat.update":
		return fmt.Sprintf("  edited in %s\n", s.name(str(c.Args, "channel"))) + see(c.Args["blocks"])
	case "chat.delete":
		return fmt.Sprintf("  deleted in %s\n", s.name(str(c.Args, "channel")))
	case "chat.unfurl":
		var out string
		unfurls, _ := c.Args["unfurls"].(map[string]any)
		for u, card := range unfurls {
			out += "  below " + u + "\n" + see(card.(map[string]any)["blocks"])
		}
		return out
	case "response_url":
		switch {
		case c.Args["replace_original"] == true:
			return "  in its place\n" + see(c.Args["blocks"])
		case c.Args["response_type"] == "in_channel":
			return "  for everyone\n" + see(c.Args["blocks"])
		}
		return "  for their eyes only\n" + see(c.Args["blocks"])
	case "views.open", "views.update":
		s.window = s.f.views[s.f.screen]
		return fmt.Sprintf("  window %q, %s\n", seeText(view["title"]), seeText(view["submit"])) + see(view["blocks"])
	case "views.publish":
		return "  Home\n" + see(view["blocks"])
	case "assistant.threads.setStatus":
		return fmt.Sprintf("  status: massagefaq %s\n", c.Args["status"])
	case "assistant.threads.setTitle":
		return fmt.Sprintf("  title: %s\n", c.Args["title"])
	case "assistant.threads.setSuggestedPrompts":
		prompts, _ := json.Marshal(c.Args["prompts"])
		return fmt.Sprintf("  prompts: %s %s\n", c.Args["title"], prompts)
	}
	return ""
}

func (s *story) name(channel string) string {
	if c := s.f.channels[channel]; c != nil && c.info["name"] != nil {
		return c.info["name"].(string)
	}
	return "direct messages"
}

func (s *story) thread(c call) string {
	root := str(c.Args, "thread_ts")
	if root == "" {
		return ""
	}
	if m := s.f.find(str(c.Args, "channel"), root); m != nil {
		return fmt.Sprintf(", in the thread of %q", m.Text)
	}
	return ", in a thread"
}
