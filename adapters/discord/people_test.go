package discord

import (
	"encoding/json"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// People and places.
var (
	ana      = "300000000000000001"
	ben      = "300000000000000002"
	mod      = "300000000000000003" // may manage threads
	settler  = "300000000000000099" // asks only so that others are done
	general  = "400000000000000001"
	directly = "" // a direct message
	dm       = "400000000000000009"
	forum    = "400000000000000005"
)

// interactionFrom is an interaction as Discord sends it.
func (w *world) interactionFrom(who, where string, kind discordgo.InteractionType, data any) map[string]any {
	f := w.fake
	f.mu.Lock()
	defer f.mu.Unlock()
	token := "itoken-" + f.id()
	in := map[string]any{
		"id": f.id(), "application_id": fakeApp, "type": kind, "token": token, "version": 1, "data": data,
		"channel_id": where, "locale": "en-US", "entitlements": []any{}, "authorizing_integration_owners": map[string]any{"0": fakeGuild},
		"app_permissions": "0", "attachment_size_limit": 10485760, "channel": map[string]any{"id": where, "type": 0},
	}
	u := fakeUser(who, "person", false)
	if where == directly {
		in["channel_id"], in["user"], in["context"] = dm, u, 1
		in["channel"] = map[string]any{"id": dm, "type": 1}
	} else {
		permissions := "0"
		if who == mod {
			permissions = "17179869184"
		}
		in["guild_id"], in["context"], in["guild_locale"] = fakeGuild, 0, "en-US"
		in["guild"] = map[string]any{"id": fakeGuild, "locale": "en-US", "features": []any{}}
		in["member"] = map[string]any{"user": u, "permissions": permissions, "roles": []any{}, "nick": nil, "joined_at": "2026-01-01T00:00:00Z", "deaf": false, "mute": false, "flags": 0}
	}
	f.interactions[token] = &pending{id: in["id"].(string), settles: who == settler}
	return in
}

// interact delivers an interaction and returns the answer to it.
func (w *world) interact(in map[string]any) map[string]any {
	w.t.Helper()
	w.fake.emit("INTERACTION_CREATE", in)
	got := w.fake.await("POST", "/interactions/"+in["id"].(string)+"/")
	body, _ := got.Body.(map[string]any)
	w.remember(in["token"].(string))
	return body
}

func (w *world) remember(token string) {
	w.fake.mu.Lock()
	defer w.fake.mu.Unlock()
	if in := w.fake.interactions[token]; in != nil && in.message != nil {
		if list, ok := in.message["components"].([]any); ok && len(list) > 0 {
			w.see(in.message)
		}
	}
}

func (w *world) see(m map[string]any) { w.last, w.screen = m, append(w.screen, m) }

func slash(sub string, options ...any) map[string]any {
	return map[string]any{"id": "1", "name": slashName, "type": 1, "options": []any{map[string]any{"name": sub, "type": 1, "options": options}}}
}

func opt(name string, value any) map[string]any {
	kind := 3
	if _, ok := value.(bool); ok {
		kind = 5
	}
	return map[string]any{"name": name, "type": kind, "value": value}
}

// ask runs /massage ask.
func (w *world) ask(who, where, question string, more ...any) map[string]any {
	w.t.Helper()
	return w.interact(w.interactionFrom(who, where, discordgo.InteractionApplicationCommand, slash("ask", append([]any{opt("question", question)}, more...)...)))
}

// lookUp uses the context menu on a message.
func (w *world) lookUp(who, where, content string) map[string]any {
	w.t.Helper()
	id := w.fake.newID()
	return w.interact(w.interactionFrom(who, where, discordgo.InteractionApplicationCommand, map[string]any{
		"id": "2", "name": menuName, "type": 3, "target_id": id,
		"resolved": map[string]any{"messages": map[string]any{id: w.said(ben, where, content, nil)}},
	}))
}

// said is a message as Discord sends it.
func (w *world) said(who, where, content string, replyTo map[string]any) map[string]any {
	w.fake.mu.Lock()
	defer w.fake.mu.Unlock()
	m := w.fake.asMessage(where, nil)
	m["content"], m["author"] = content, fakeUser(who, "person", false)
	if where == directly {
		m["channel_id"], m["channel_type"] = dm, 1
	} else {
		m["guild_id"], m["channel_type"] = fakeGuild, 0
		m["member"] = map[string]any{"roles": []any{}, "joined_at": "2026-01-01T00:00:00Z", "deaf": false, "mute": false, "flags": 0}
	}
	if strings.Contains(content, "<@"+fakeApp+">") || replyTo != nil {
		m["mentions"] = []any{fakeUser(fakeApp, "faq", true)}
	}
	if replyTo != nil {
		m["type"], m["referenced_message"] = 19, replyTo
		m["message_reference"] = map[string]any{"message_id": replyTo["id"], "channel_id": m["channel_id"]}
	}
	return m
}

// say writes a message and returns what the bot writes back.
func (w *world) say(m map[string]any) map[string]any {
	w.t.Helper()
	w.fake.emit("MESSAGE_CREATE", m)
	return w.written(m["channel_id"].(string))
}

// written is the next message that the bot writes into the channel.
func (w *world) written(where string) map[string]any {
	w.t.Helper()
	got := w.fake.await("POST", "/channels/"+where+"/messages$")
	w.fake.mu.Lock()
	if n := len(w.fake.messages); got.Status == 200 && n > 0 {
		w.see(w.fake.messages[n-1])
	}
	w.fake.mu.Unlock()
	body, _ := got.Body.(map[string]any)
	return body
}

// quiet delivers a message that wants no answer, and makes sure that there is
// none, by asking something afterwards.
func (w *world) quiet(m map[string]any) {
	w.t.Helper()
	before := w.fake.count("POST", "/messages$")
	w.fake.emit("MESSAGE_CREATE", m)
	w.settle()
	if n := w.fake.count("POST", "/messages$"); n != before {
		w.t.Errorf("bot answered %q", m["content"])
	}
}

// settle waits until everything delivered so far has been dealt with. Events are
// taken in order, so an answer to a later one says that they have been begun.
func (w *world) settle() {
	w.t.Helper()
	in := w.interactionFrom(settler, directly, discordgo.InteractionApplicationCommand, slash("about"))
	w.fake.emit("INTERACTION_CREATE", in)
	w.fake.until("settling", func() bool { return w.fake.interactions[in["token"].(string)].answered })
	for range cap(w.adapter.busy) {
		w.adapter.busy <- struct{}{}
	}
	for range cap(w.adapter.busy) {
		<-w.adapter.busy
	}
}

func mention(text string) string { return "<@" + fakeApp + "> " + text }

// component finds a button or an option by its label in a tree of components, and
// returns the custom id and, for an option, its value.
func component(tree any, label string) (id, value string, disabled, ok bool) {
	switch c := tree.(type) {
	case []any:
		for _, child := range c {
			if id, value, disabled, ok = component(child, label); ok {
				return id, value, disabled, ok
			}
		}
	case map[string]any:
		custom, _ := c["custom_id"].(string)
		if c["label"] == label {
			off, _ := c["disabled"].(bool)
			return custom, "", off, custom != ""
		}
		if options, isMenu := c["options"].([]any); isMenu {
			for _, o := range options {
				if m := o.(map[string]any); m["label"] == label {
					return custom, m["value"].(string), false, true
				}
			}
		}
		return component(c["components"], label)
	}
	return "", "", false, false
}

// press presses a button, or picks an option, of the latest message that has it.
func (w *world) press(who, where, label string) map[string]any {
	w.t.Helper()
	for i := len(w.screen) - 1; i >= 0; i-- {
		if id, value, disabled, ok := component(w.screen[i]["components"], label); ok {
			if disabled {
				w.t.Fatalf("%q is switched off", label)
			}
			return w.pressOn(w.screen[i], who, where, id, value)
		}
	}
	w.t.Fatalf("nothing to press that says %q in\n%s", label, show(w.last))
	return nil
}

func (w *world) pressOn(m map[string]any, who, where, id, value string) map[string]any {
	w.t.Helper()
	data := map[string]any{"custom_id": id, "component_type": 2}
	if value != "" {
		data["component_type"], data["values"] = 3, []any{value}
	}
	in := w.interactionFrom(who, where, discordgo.InteractionMessageComponent, data)
	in["message"] = m
	return w.interact(in)
}

// wording is all text of a body's components.
func wording(body map[string]any) string {
	if data, ok := body["data"].(map[string]any); ok {
		body = data
	}
	var out []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, c := range v {
				walk(c)
			}
		case map[string]any:
			if s, ok := v["content"].(string); ok {
				out = append(out, s)
			}
			walk(v["components"])
		}
	}
	walk(body["components"])
	return strings.Join(out, "\n")
}

// isPrivate reports whether an answer is for one person only.
func isPrivate(body map[string]any) bool {
	if data, ok := body["data"].(map[string]any); ok {
		body = data
	}
	return int(number(body["flags"]))&64 != 0
}

func show(v any) string {
	raw, _ := json.MarshalIndent(v, "", "  ")
	return string(raw)
}
