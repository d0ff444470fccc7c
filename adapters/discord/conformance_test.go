//go:build conformance

package discord

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// The fake of these tests is driven here by discord.js, which knows nothing of
// us: what it takes for Discord is like Discord, as far as it goes.
//
//	go test -tags conformance ./adapters/discord
//
// With DISCORD_OPENAPI set, every request of every test is checked against
// Discord's own description too.

const peerFolder = "testdata/conformance"

// needPeer installs discord.js as the lock file says.
func needPeer(t *testing.T) {
	t.Helper()
	absent := func(format string, args ...any) {
		if os.Getenv("CI") == "true" {
			t.Fatalf(format, args...)
		}
		t.Skipf("SKIPPED: the fake Discord is not compared with discord.js: "+format, args...)
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			absent("%v", err)
		}
	}
	npm := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	npm.Dir = peerFolder
	if out, err := npm.CombinedOutput(); err != nil {
		absent("npm ci: %v\n%s", err, out)
	}
}

// djs is discord.js at work.
type djs struct {
	*world
	lines chan map[string]any
}

func startPeer(t *testing.T, prepare func(*fake)) *djs {
	t.Helper()
	f := newFake(t)
	f.others, f.allowed = true, discordgo.IntentMessageContent
	f.app["bot_public"] = true
	if prepare != nil {
		prepare(f)
	}
	d := &djs{world: &world{t: t, fake: f, log: &logBuffer{}}, lines: make(chan map[string]any, 1000)}
	node := exec.Command("node", "peer.mjs")
	node.Dir = peerFolder
	node.Env = append(os.Environ(), "FAKE_API="+f.server.URL+"/api", "FAKE_TOKEN="+fakeToken)
	stdin, _ := node.StdinPipe() // its end is the peer's
	stdout, _ := node.StdoutPipe()
	node.Stderr = d.log
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	go d.listen(stdout)
	t.Cleanup(func() {
		stdin.Close()
		node.Wait()
		if t.Failed() {
			t.Logf("discord.js:\n%s", d.log)
		}
	})
	return d
}

func (d *djs) listen(r io.Reader) {
	defer close(d.lines)
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fmt.Fprintln(d.log, lines.Text())
		var line map[string]any
		if json.Unmarshal(lines.Bytes(), &line) == nil {
			d.lines <- line
		}
	}
}

// hears waits for an event; others are passed over, but for failures.
func (d *djs) hears(event string) map[string]any {
	d.t.Helper()
	end := time.After(20 * time.Second) // discord.js waits five before it identifies again
	for {
		select {
		case line, open := <-d.lines:
			switch {
			case !open:
				d.t.Fatalf("discord.js ended before %q", event)
			case line["event"] == event:
				return line
			case line["event"] == "failed", line["event"] == "error" && event != "error":
				d.t.Fatalf("discord.js, waiting for %q: %v", event, line)
			}
		case <-end:
			d.t.Fatalf("discord.js did not say %q; requests:\n%s", event, d.fake.list())
		}
	}
}

func (d *djs) ready() *djs {
	d.t.Helper()
	d.hears("ready")
	d.hears("commands")
	return d
}

// guild tells discord.js of a server with one channel, without which it passes
// over messages there.
func (d *djs) guild() {
	d.fake.emit("GUILD_CREATE", map[string]any{
		"id": fakeGuild, "name": "home", "owner_id": ana, "unavailable": false, "joined_at": "2026-01-01T00:00:00Z", "member_count": 2, "large": false,
		"roles": []any{map[string]any{"id": fakeGuild, "name": "@everyone", "permissions": "0", "position": 0, "color": 0, "hoist": false, "managed": false, "mentionable": false, "flags": 0,
			"colors": map[string]any{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil}}},
		"channels": []any{map[string]any{"id": general, "type": 0, "name": "general", "position": 0, "permission_overwrites": []any{}}},
		"members":  []any{}, "threads": []any{}, "emojis": []any{}, "stickers": []any{}, "presences": []any{}, "voice_states": []any{}, "stage_instances": []any{}, "guild_scheduled_events": []any{}, "soundboard_sounds": []any{}, "features": []any{},
	})
}

func content(r request) string {
	body, _ := r.Body.(map[string]any)
	if data, ok := body["data"].(map[string]any); ok {
		body = data
	}
	s, _ := body["content"].(string)
	return s
}

// deliver sends an interaction and waits for the answer.
func (d *djs) deliver(in map[string]any) request {
	d.t.Helper()
	d.fake.emit("INTERACTION_CREATE", in)
	got := d.fake.await("POST", "/interactions/"+in["id"].(string)+"/")
	if line := d.hears("answered"); got.Status/100 != 2 || line["user"] != ana {
		d.t.Errorf("answer %d, %v", got.Status, line)
	}
	d.remember(in["token"].(string))
	return got
}

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
func TestDescribed(t *testing.T) {
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
