//go:build conformance

package slack

import (
	"strings"
	"testing"
)

// startBolt starts an app on Slack's own client against the fake.
func startBolt(t *testing.T) (*fakeSlack, *peer) {
	t.Helper()
	f := newFakeSlack(t)
	p := startPeer(t, "bolt.mjs", "FAKE_API="+f.api(), "APP_TOKEN="+appToken, "BOT_TOKEN="+botToken)
	p.saw("started")
	f.until("bolt's socket", func() bool { return len(f.sockets) == 1 })
	return f, p
}

// same reports fields of what the peer saw that are not as wanted.
func same(t *testing.T, got map[string]any, want map[string]any) {
	t.Helper()
	for k, w := range want {
		if got[k] != w {
			t.Errorf("%s: bolt saw %s = %v, want %v", got["saw"], k, got[k], w)
		}
	}
}

func TestConformanceBoltReadsOurEvents(t *testing.T) {
	f, p := startBolt(t)
	c, m := f.asks(f.bySocket, "hello")
	_ = c
	saw := p.saw("app_mention")
	same(t, saw, map[string]any{"name": "Maria", "team": fakeTeam, "channel": "front-desk", "members": 3., "replies": 2., "users": 6.,
		"permalink": "https://example.slack.com/archives/CDESK/p" + strings.ReplaceAll(saw["ts"].(string), ".", "")})
	if meta, _ := saw["metadata"].(map[string]any); str(meta, "event_type") != "peer" {
		t.Errorf("metadata did not come back: %v", saw["metadata"])
	}
	if said := f.said("CDESK"); len(said) != 1 || said[0].Text != "edited" || said[0].Thread != m.TS {
		t.Errorf("bolt posted %+v", said)
	}

	f.bySocket(eventsAPI, f.callbackFor(map[string]any{"type": "app_home_opened", "user": "UMARIA", "channel": "DMARIA", "tab": "home"}))
	same(t, p.saw("app_home_opened"), map[string]any{"tab": "home", "view": "home"})
	f.bySocket(eventsAPI, f.callbackFor(map[string]any{"type": "link_shared", "user": "UMARIA", "channel": "CDESK", "message_ts": m.TS,
		"links": []any{map[string]any{"url": "https://faq.example.com/a", "domain": "faq.example.com"}}}))
	same(t, p.saw("link_shared"), map[string]any{"url": "https://faq.example.com/a"})
}

func TestConformanceBoltReadsOurChanges(t *testing.T) {
	f, p := startBolt(t)
	_, m := f.asks(f.bySocket, "hello")
	ts := p.saw("app_mention")["ts"].(string)
	s := &story{t: t, f: f, send: f.bySocket, typed: m, in: "CDESK"}
	s.edit("@massagefaq hello again")
	same(t, p.saw("message"), map[string]any{"subtype": "message_changed", "channel_type": "channel"})
	m.Thread = ts // bolt deletes the message of its own that this names
	s.remove()
	same(t, p.saw("message"), map[string]any{"subtype": "message_deleted"})
	f.await("chat.delete", 1)
}

func TestConformanceBoltReadsOurInteractions(t *testing.T) {
	f, p := startBolt(t)
	if ack := f.bySocket(slash, f.slashCommand("UMARIA", "CDESK", "is it covered?")); len(ack) > 2 {
		t.Errorf("bolt acknowledged the command with %s", ack)
	}
	same(t, p.saw("command"), map[string]any{"text": "is it covered?", "user": "UMARIA"})
	said := f.said("CDESK")
	if len(said) != 2 || said[0].For != "UMARIA" || said[1].For != "" {
		t.Fatalf("bolt responded with %+v", said)
	}
	f.bySocket(interactive, f.press("UMARIA", "CDESK", said[0], "press"))
	same(t, p.saw("action"), map[string]any{"ephemeral": true, "message": ""})
	if said := f.said("CDESK"); said[0].Text != "pressed" {
		t.Errorf("bolt did not replace the message: %+v", said[0])
	}

	m := f.types("USAM", "CDESK", "", "a question")
	f.bySocket(interactive, f.messageShortcut("UMARIA", "CDESK", m))
	same(t, p.saw("shortcut"), map[string]any{"text": "a question", "type": "message_action", "title": "Second",
		"again": "expired_trigger_id", "stale": "hash_conflict"})
	v := f.views[f.screen]
	typed := func(s string) map[string]any {
		return map[string]any{"words": map[string]any{"type": "plain_text_input", "value": s}}
	}
	if ack := f.bySocket(interactive, f.submit("UMARIA", v, typed("bad"))); !strings.Contains(string(ack), `"errors":{"words":"not that"}`) {
		t.Errorf("bolt acknowledged the form with %s", ack)
	}
	same(t, p.saw("view"), map[string]any{"words": "bad"})
	if ack := f.bySocket(interactive, f.submit("UMARIA", v, typed("good"))); len(ack) > 2 {
		t.Errorf("bolt acknowledged the form with %s", ack)
	}
	same(t, p.saw("view"), map[string]any{"words": "good"})
}

func TestConformanceBoltReadsOurPanel(t *testing.T) {
	f, p := startBolt(t)
	s := &story{t: t, f: f, send: f.bySocket}
	s.in = "DMARIA"
	s.root = f.types("UMARIA", s.in, "", "New Assistant Thread").TS
	s.event(map[string]any{"type": "assistant_thread_started", "event_ts": "1.1", "assistant_thread": map[string]any{
		"user_id": "UMARIA", "channel_id": s.in, "thread_ts": s.root, "context": map[string]any{"channel_id": "CDESK", "team_id": fakeTeam, "enterprise_id": nil}}})
	same(t, p.saw("assistant_thread_started"), map[string]any{"channel": "DMARIA"})
	f.await("assistant.threads.setSuggestedPrompts", 1)
	s.write("UMARIA", "DMARIA", s.root, "is it covered?")
	same(t, p.saw("assistant message"), map[string]any{"text": "is it covered?"})
	f.await("assistant.threads.setStatus", 1)
	f.await("assistant.threads.setTitle", 1)
}

func TestConformanceBoltMeetsOurFaults(t *testing.T) {
	f, p := startBolt(t)
	f.fail("chat.postMessage", fault{status: 429, after: "1"})
	f.asks(f.bySocket, "hello")
	p.saw("app_mention")
	if n := f.count("chat.postMessage"); n != 2 {
		t.Errorf("bolt posted %d times after a 429, want 2", n)
	}
	f.mu.Lock()
	f.sockets[0].send(map[string]any{"type": "disconnect", "reason": "refresh_requested", "debug_info": map[string]any{"host": "fake"}})
	f.mu.Unlock()
	f.until("bolt's second socket", func() bool { return f.opened == 2 })
	f.asks(f.bySocket, "hello again")
	p.saw("app_mention")
}
