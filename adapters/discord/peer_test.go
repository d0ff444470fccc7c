//go:build conformance

package discord

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

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
