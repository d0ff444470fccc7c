package slack

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestMemoryForgets(t *testing.T) {
	m := newMemory[string, int](time.Minute, 3)
	now := today
	m.now = func() time.Time { return now }
	m.set("a", 1)
	if !m.first("b", 2) || m.first("b", 3) {
		t.Error("first is not once")
	}
	if v, ok := m.get("b"); !ok || v != 2 {
		t.Errorf("get(b) = %d, %v", v, ok)
	}
	now = now.Add(time.Minute + time.Second)
	if _, ok := m.get("a"); ok {
		t.Error("a value outlived its time")
	}
	if !m.first("b", 4) {
		t.Error("first is for ever")
	}
	for i := range 1000 {
		m.set(fmt.Sprint(i), i)
		m.set("again", i)
	}
	if len(m.values) > 3 || len(m.order) > 6 {
		t.Errorf("holds %d values and %d keys, want 3 at most", len(m.values), len(m.order))
	}
	if v, ok := m.get("again"); !ok || v != 999 {
		t.Errorf("the newest value is lost: %d, %v", v, ok)
	}
	m.drop("again")
	if _, ok := m.get("again"); ok {
		t.Error("a dropped value is still there")
	}
}

func TestLanesKeepOrder(t *testing.T) {
	l := newLanes(4)
	var mu sync.Mutex
	seen := map[string][]int{}
	for i := range 200 {
		lane := fmt.Sprint(i % 5)
		l.do(lane, func() {
			mu.Lock()
			defer mu.Unlock()
			seen[lane] = append(seen[lane], i)
		})
	}
	l.close()
	for lane, order := range seen {
		if len(order) != 40 || !slices.IsSorted(order) {
			t.Errorf("lane %s ran %v", lane, order)
		}
	}
	if l.do("x", func() {}) {
		t.Error("jobs are taken after close")
	}
	left := func() int {
		l.mu.Lock()
		defer l.mu.Unlock()
		return len(l.waiting)
	}
	for range 1_000_000 { // a lane tidies itself away just after its last job
		if left() == 0 {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d lanes are left behind", left())
}

func TestLanesRunSideBySide(t *testing.T) {
	l := newLanes(2)
	gate := make(chan struct{})
	l.do("slow", func() { <-gate })
	l.do("fast", func() { close(gate) })
	l.close() // for ever, if the slow lane kept the fast one waiting
}

func TestConversationCommands(t *testing.T) {
	for _, s := range []string{"quiet", "be quiet", "Please be quiet!", "stop", "ok, stop replying", "shut up", "hush now", "that's enough", "leave us alone", "go away"} {
		if !hush.MatchString(s) {
			t.Errorf("%q does not hush", s)
		}
	}
	for _, s := range []string{"is the room quiet?", "can I stop taking my pills", "stop smoking before a massage?", "how do I stop the pain", "quiet room please?"} {
		if hush.MatchString(s) {
			t.Errorf("%q hushes", s)
		}
	}
	for _, s := range []string{"", "help", "Help!", "?", "how?"} {
		if !howto.MatchString(s) {
			t.Errorf("%q is not asked how to ask", s)
		}
	}
	if howto.MatchString("help with sciatica") {
		t.Error("a question is taken for a cry for help")
	}
}

func TestSpoken(t *testing.T) {
	tests := []struct {
		text, want      string
		mention, others bool
	}{
		{"<@UBOT> is it covered?", "is it covered?", true, false},
		{"<@UBOT|massagefaq> is it covered?", "is it covered?", true, false},
		{"hey <@USAM> and <@UBOT>, is it covered?", "hey and , is it covered?", true, true},
		{"see <https://example.com/a|the page> or <https://example.com>", "see the page or https://example.com", false, false},
		{"mail <mailto:a@example.com|a@example.com>", "mail a@example.com", false, false},
		{"<#C1|general> <!here> <!subteam^S1|@desk> <!date^1^{date}|today>", "#general @here @desk today", false, false},
		{"5 &lt; 6 &amp;&amp; 7 &gt; 6", "5 < 6 && 7 > 6", false, false},
		{"&lt;@UBOT&gt;", "<@UBOT>", false, false},
		{"a < b > c", "a < b > c", false, false},
	}
	for _, test := range tests {
		text, mention, others := spoken(event{Text: test.text}, fakeBot)
		if text != test.want || mention != test.mention || others != test.others {
			t.Errorf("spoken(%q) = %q, %v, %v, want %q, %v, %v", test.text, text, mention, others, test.want, test.mention, test.others)
		}
	}
}

func TestTrustedResponseAddresses(t *testing.T) {
	f := newFakeSlack(t)
	live := adapter(t, f, func(c *Config) { c.APIURL = "" })
	for address, want := range map[string]bool{
		"https://hooks.slack.com/commands/T1/1/x": true,
		"http://hooks.slack.com/commands/T1/1/x":  false,
		"https://hooks.slack.com.evil.example/x":  false,
		"https://evilslack.com/x":                 false,
		"http://169.254.169.254/latest":           false,
		"":                                        false,
		"://":                                     false,
	} {
		if got := live.trusted(address); got != want {
			t.Errorf("trusted(%q) = %v, want %v", address, got, want)
		}
	}
	if !adapter(t, f, nil).trusted(f.server.URL + "/response/1") {
		t.Error("the test's own Slack is not trusted")
	}
}

func TestNewSaysWhatIsMissing(t *testing.T) {
	b := testBot(t, nil)
	for _, test := range []struct {
		cfg  Config
		want string
	}{
		{Config{}, "no bot"},
		{Config{Bot: b}, "SLACK_BOT_TOKEN is not set"},
		{Config{Bot: b, BotToken: "xapp-1"}, "SLACK_BOT_TOKEN is not a bot token"},
		{Config{Bot: b, BotToken: "xoxb-1"}, "neither SLACK_APP_TOKEN"},
		{Config{Bot: b, BotToken: "xoxb-1", AppToken: "xoxb-1"}, "SLACK_APP_TOKEN is not an app-level token"},
	} {
		if _, err := New(test.cfg); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("New = %v, want %q", err, test.want)
		}
	}
}
