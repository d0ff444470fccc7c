//go:build conformance

package discord

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// The fake of these tests is driven here by discord.js, which knows nothing of
// us: what it takes for Discord is like Discord, as far as it goes.
//
//	go test -tags conformance ./adapters/discord
//
// With DISCORD_OPENAPI set, every request of every test is checked against
// Discord's own description too.

func TestConformance(t *testing.T) {
	needPeer(t)
	t.Run("interactions", func(t *testing.T) {
		t.Parallel()
		d := startPeer(t, nil).ready()
		if n := len(d.fake.commands[""]); n != 1 {
			t.Errorf("%d commands, want 1", n)
		}
		command := func(question string) map[string]any {
			return map[string]any{"id": "1", "name": "ask", "type": 1, "options": []any{opt("question", question)}}
		}
		if got := d.deliver(d.interactionFrom(ana, general, 2, command("why"))); content(got) != "you asked why" {
			t.Errorf("command: %s", show(got))
		}
		if got := d.deliver(d.interactionFrom(ana, directly, 2, command("why"))); content(got) != "you asked why" {
			t.Errorf("command in a direct message: %s", show(got))
		}
		typing := command("insu")
		typing["options"].([]any)[0].(map[string]any)["focused"] = true
		if got := d.deliver(d.interactionFrom(ana, general, 4, typing)); !strings.Contains(show(got.Body), "insu!") {
			t.Errorf("autocomplete: %s", show(got))
		}
		id := d.fake.newID()
		if got := d.deliver(d.interactionFrom(ana, general, 2, map[string]any{"id": "2", "name": "Find", "type": 3, "target_id": id,
			"resolved": map[string]any{"messages": map[string]any{id: d.said(ben, general, "words", nil)}}})); content(got) != "it says words" {
			t.Errorf("context menu: %s", show(got))
		}
		press := func(data map[string]any) map[string]any {
			in := d.interactionFrom(ana, general, 3, data)
			in["message"] = d.said(ben, general, "with buttons", nil)
			return in
		}
		if got := d.deliver(press(map[string]any{"custom_id": "b", "component_type": 2})); !strings.HasPrefix(content(got), "pressed b on 9") {
			t.Errorf("button: %s", show(got))
		}
		if got := d.deliver(press(map[string]any{"custom_id": "m", "component_type": 3, "values": []any{"x"}})); content(got) != "picked x" {
			t.Errorf("menu: %s", show(got))
		}
		if got := d.deliver(press(map[string]any{"custom_id": "form", "component_type": 2})); number(got.Body.(map[string]any)["type"]) != 9 {
			t.Errorf("form: %s", show(got))
		}
		in := d.interactionFrom(ana, general, 5, map[string]any{"custom_id": "modal", "components": []any{map[string]any{"type": 1, "id": 1,
			"components": []any{map[string]any{"type": 4, "id": 2, "custom_id": "text", "value": "more"}}}}})
		if got := d.deliver(in); content(got) != "wrote more" {
			t.Errorf("form: %s", show(got))
		}
		d.fake.emit("INTERACTION_CREATE", d.interactionFrom(ana, general, 2, command("slow")))
		if got := d.fake.await("PATCH", "/messages/@original$"); content(got) != "edited" || got.Status != 200 {
			t.Errorf("edit: %s", show(got))
		}
		if got := d.fake.await("POST", "^/webhooks/"); content(got) != "followed" || got.Status != 200 {
			t.Errorf("follow-up: %s", show(got))
		}
		d.hears("answered")
	})
	t.Run("messages and rate limits", func(t *testing.T) {
		t.Parallel()
		d := startPeer(t, nil).ready()
		d.guild()
		d.fake.emit("MESSAGE_CREATE", d.said(ana, general, "reply "+mention("please"), nil))
		if line := d.hears("message"); line["guild"] != fakeGuild || line["mentioned"] != true {
			t.Errorf("message: %v", line)
		}
		d.hears("replied")
		d.fake.emit("MESSAGE_CREATE", d.said(ana, directly, "reply please", nil))
		d.hears("replied")
		d.fake.mu.Lock()
		d.fake.limit, d.fake.window = 3, 700*time.Millisecond
		before := len(d.fake.messages)
		d.fake.mu.Unlock()
		began := time.Now()
		d.fake.emit("MESSAGE_CREATE", d.said(ana, general, "flood", nil))
		d.hears("rate limited")
		d.hears("flooded")
		if n, took := len(d.fake.messages)-before, time.Since(began); n != 8 || took < 1300*time.Millisecond {
			t.Errorf("%d messages in %s, want 8 in three windows", n, took)
		}
		if n := d.fake.refused(); n > 1 {
			t.Errorf("discord.js was refused %d times: the headers did not tell it", n)
		}
		d.fake.mu.Lock()
		d.fake.limit = 0
		d.fake.mu.Unlock()
		d.fake.fail("POST", "/messages$", 1, 429, `{"message":"You are being rate limited.","retry_after":0.2,"global":false}`).header.Set("Retry-After", "0.2")
		d.fake.fail("POST", "/messages$", 1, 503, "down")
		d.fake.emit("MESSAGE_CREATE", d.said(ana, general, "reply again", nil))
		d.hears("replied")
	})
	t.Run("connection", func(t *testing.T) {
		t.Parallel()
		d := startPeer(t, func(f *fake) { f.interval = 400 * time.Millisecond }).ready()
		d.guild()
		d.fake.until("heartbeats", func() bool { return d.fake.beats >= 4 })
		cut := func(how func(p *peer)) {
			t.Helper()
			d.fake.mu.Lock()
			for p := range d.fake.peers {
				go how(p)
			}
			d.fake.mu.Unlock()
		}
		d.fake.mu.Lock()
		before := d.fake.beats
		d.fake.mu.Unlock()
		cut(func(p *peer) { p.send(frame{Op: opHeartbeat}) })
		d.fake.until("a heartbeat that was asked for", func() bool { return d.fake.beats > before })
		cut(func(p *peer) { p.send(frame{Op: opReconnect}) })
		d.hears("resumed")
		d.fake.emit("MESSAGE_CREATE", d.said(ana, general, "after the reconnect", nil))
		d.hears("message")
		cut(func(p *peer) { p.goodbye(4000) })
		d.fake.until("the connection gone", func() bool { return len(d.fake.peers) == 0 })
		d.fake.emit("MESSAGE_CREATE", d.said(ana, general, "meanwhile", nil))
		if line := d.hears("message"); line["content"] != "meanwhile" {
			t.Errorf("heard %v, want what came while the connection was down", line)
		}
		d.hears("resumed")
		d.fake.mu.Lock()
		d.fake.deaf = true
		resumes := d.fake.resumes
		d.fake.mu.Unlock()
		d.fake.until("a resume after heartbeats without answer", func() bool { return d.fake.resumes > resumes })
		d.fake.mu.Lock()
		d.fake.deaf = false
		identifies := len(d.fake.identifies)
		d.fake.mu.Unlock()
		d.hears("resumed")
		cut(func(p *peer) { p.send(frame{Op: opInvalid, Data: marshal(false)}) })
		d.fake.until("an identify after an invalid session", func() bool { return len(d.fake.identifies) > identifies })
		d.hears("shard ready")
	})
	for code, why := range map[int]string{4004: "authentication", 4014: "intents"} {
		t.Run(fmt.Sprint("closed with ", code), func(t *testing.T) {
			t.Parallel()
			d := startPeer(t, func(f *fake) {
				if code == 4014 {
					f.allowed = 0
				} else {
					f.scripts = []func(*peer){func(p *peer) { p.hello(); p.read(); p.goodbye(4004) }}
				}
			})
			line := d.hears("refused")
			if text := fmt.Sprint(line["text"]); !strings.Contains(strings.ToLower(text), why) {
				t.Errorf("discord.js: %v, want it to speak of %s", line, why)
			}
		})
	}
}

// Every route that the bot calls is in Discord's description, and was checked.
func TestConformanceWithTheDescription(t *testing.T) {
	if os.Getenv(descriptionEnv) == "" {
		t.Skipf("SKIPPED: requests are not checked against Discord's own description, since %s is not set", descriptionEnv)
	}
	for _, route := range []string{
		"POST /interactions/{i}/{t}/callback", "PATCH /webhooks/{a}/{t}/messages/@original", "POST /webhooks/{a}/{t}", "POST /channels/{c}/messages",
		"PATCH /channels/{c}", "POST /applications/{a}/commands", "POST /applications/{a}/guilds/{g}/commands",
	} {
		method, path, _ := strings.Cut(route, " ")
		if p := undescribed(t, method, path, []any{"nonsense"}); len(p) == 0 {
			t.Errorf("%s: the description takes nonsense", route)
		}
	}
}
