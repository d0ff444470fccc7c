package discord

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// The routes of the fake. f.mu is held in each.

func (f *fake) getApplication(*served) (int, any) { return 200, f.app }

func (f *fake) getGateway(*served) (int, any) {
	return 200, map[string]any{
		"url": f.gatewayURL(), "shards": f.shards,
		"session_start_limit": map[string]any{"total": 1000, "remaining": f.identifiesLeft, "reset_after": 50, "max_concurrency": f.concurrency},
	}
}

func (f *fake) getCommands(c *served) (int, any) {
	list := f.commands[c.PathValue("guild")]
	if list == nil {
		list = []map[string]any{}
	}
	return 200, list
}

// postCommand makes a command or replaces the one of its name and kind, and adds
// what Discord adds.
func (f *fake) postCommand(c *served) (int, any) {
	guild := c.PathValue("guild")
	cmd := f.decorate(c.body, guild)
	list := slices.DeleteFunc(f.commands[guild], func(h map[string]any) bool {
		return h["name"] == cmd["name"] && h["type"] == cmd["type"]
	})
	f.commands[guild] = append(list, cmd)
	return 200, cmd
}

func (f *fake) putCommands(c *served) (int, any) {
	guild := c.PathValue("guild")
	f.commands[guild] = nil
	for _, x := range c.list {
		f.commands[guild] = append(f.commands[guild], f.decorate(x.(map[string]any), guild))
	}
	return 200, f.commands[guild]
}

func (f *fake) decorate(sent map[string]any, guild string) map[string]any {
	cmd := maps.Clone(sent)
	cmd["id"], cmd["application_id"], cmd["version"] = f.id(), fakeApp, f.id()
	cmd["default_member_permissions"], cmd["nsfw"] = nil, false
	if cmd["type"] == nil {
		cmd["type"] = 1.0
	}
	if cmd["description"] == nil {
		cmd["description"] = ""
	}
	if guild != "" {
		cmd["guild_id"] = guild
	}
	cmd["options"] = tidyOptions(cmd["options"])
	if cmd["options"] == nil {
		delete(cmd, "options")
	}
	return cmd
}

// tidyOptions leaves out what Discord leaves out: what is false, null or empty.
func tidyOptions(v any) any {
	list, _ := v.([]any)
	if len(list) == 0 {
		return nil
	}
	var out []any
	for _, o := range list {
		in, tidy := o.(map[string]any), map[string]any{}
		for k, v := range in {
			if v != nil && v != false {
				tidy[k] = v
			}
		}
		if opts := tidyOptions(in["options"]); opts != nil {
			tidy["options"] = opts
		} else {
			delete(tidy, "options")
		}
		out = append(out, tidy)
	}
	return out
}

func (f *fake) deleteCommand(c *served) (int, any) {
	before := len(f.commands[""])
	f.commands[""] = slices.DeleteFunc(f.commands[""], func(h map[string]any) bool { return h["id"] == c.PathValue("command") })
	if len(f.commands[""]) == before {
		return refuse(404, 10063, "Unknown application command")
	}
	return 204, nil
}

func (f *fake) postCallback(c *served) (int, any) {
	in, ok := f.interactions[c.PathValue("token")]
	if !ok || in.id != c.PathValue("id") {
		return refuse(404, unknownInteraction, "Unknown interaction")
	}
	if in.answered {
		return refuse(400, alreadyAnswered, "Interaction has already been acknowledged.")
	}
	f.answered(in, c.body)
	if c.URL.Query().Get("with_response") == "true" {
		return 200, map[string]any{
			"interaction": map[string]any{"id": in.id, "type": 2, "response_message_id": in.message["id"]},
			"resource":    map[string]any{"type": c.body["type"], "message": in.message},
		}
	}
	return 204, nil
}

// answered takes the first answer to an interaction, from either transport.
func (f *fake) answered(in *pending, body map[string]any) {
	in.answered = true
	data, _ := body["data"].(map[string]any)
	in.message = f.asMessage("", data)
}

// asMessage is a message as Discord gives it back: with an id and an author, and
// with the components numbered.
func (f *fake) asMessage(channel string, sent map[string]any) map[string]any {
	var data map[string]any
	raw, _ := json.Marshal(sent)
	json.Unmarshal(raw, &data)
	m := map[string]any{
		"id": f.id(), "channel_id": channel, "content": "", "author": f.app["bot"], "type": 0, "flags": 0,
		"components": []any{}, "embeds": []any{}, "attachments": []any{}, "mentions": []any{}, "mention_roles": []any{},
		"mention_everyone": false, "pinned": false, "tts": false, "timestamp": time.Now().UTC().Format(time.RFC3339), "edited_timestamp": nil,
	}
	for _, k := range []string{"components", "flags", "content"} {
		if v, ok := data[k]; ok && v != nil {
			m[k] = v
		}
	}
	number := 0
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, c := range v {
				walk(c)
			}
		case map[string]any:
			number++
			v["id"] = number
			walk(v["components"])
		}
	}
	walk(m["components"])
	return m
}

func (f *fake) patchOriginal(c *served) (int, any) {
	in, ok := f.interactions[c.PathValue("token")]
	if !ok || !in.answered {
		return refuse(404, unknownWebhook, "Unknown Webhook")
	}
	id := in.message["id"]
	in.message = f.asMessage("", c.body)
	in.message["id"] = id
	return 200, in.message
}

func (f *fake) getOriginal(c *served) (int, any) {
	in, ok := f.interactions[c.PathValue("token")]
	if !ok || !in.answered {
		return refuse(404, unknownWebhook, "Unknown Webhook")
	}
	return 200, in.message
}

func (f *fake) postFollowup(c *served) (int, any) {
	in, ok := f.interactions[c.PathValue("token")]
	if !ok || !in.answered {
		return refuse(404, unknownWebhook, "Unknown Webhook")
	}
	return 200, f.asMessage("", c.body)
}

func (f *fake) postMessage(c *served) (int, any) {
	channel := c.PathValue("channel")
	if nonce, ok := c.body["nonce"].(string); ok && c.body["enforce_nonce"] == true {
		if m, again := f.nonces[channel+nonce]; again {
			return 200, m
		}
		defer func() { f.nonces[channel+nonce] = f.messages[len(f.messages)-1] }()
	}
	m := f.asMessage(channel, c.body)
	if ref, ok := c.body["message_reference"].(map[string]any); ok {
		m["type"], m["message_reference"] = 19, ref
	}
	f.messages = append(f.messages, m)
	return 200, m
}

// patchMessage changes a message that the bot wrote.
func (f *fake) patchMessage(c *served) (int, any) {
	for i, m := range f.messages {
		if m["id"] == c.PathValue("message") && m["channel_id"] == c.PathValue("channel") {
			changed := f.asMessage(c.PathValue("channel"), c.body)
			changed["id"] = m["id"]
			f.messages[i] = changed
			return 200, changed
		}
	}
	return refuse(404, unknownMessage, "Unknown Message")
}

func (f *fake) deleteMessage(c *served) (int, any) {
	for i, m := range f.messages {
		if m["id"] == c.PathValue("message") {
			f.messages = slices.Delete(f.messages, i, i+1)
			return 204, nil
		}
	}
	return refuse(404, unknownMessage, "Unknown Message")
}

func (f *fake) getChannel(c *served) (int, any) {
	if ch, ok := f.channels[c.PathValue("channel")]; ok {
		return 200, ch
	}
	return refuse(404, unknownChannel, "Unknown Channel")
}

func (f *fake) patchChannel(c *served) (int, any) {
	ch, ok := f.channels[c.PathValue("channel")]
	if !ok {
		return refuse(404, unknownChannel, "Unknown Channel")
	}
	maps.Copy(ch, c.body)
	return 200, ch
}
