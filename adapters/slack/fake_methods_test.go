package slack

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// handle runs a method of the Web API. f is locked.
func (f *fakeSlack) handle(method string, in map[string]any) map[string]any {
	methods := map[string]func(map[string]any) map[string]any{
		"auth.test":                             f.authTest,
		"apps.connections.open":                 f.connectionsOpen,
		"chat.postMessage":                      f.postMessage,
		"chat.update":                           f.updateMessage,
		"chat.delete":                           f.deleteMessage,
		"chat.getPermalink":                     f.getPermalink,
		"chat.unfurl":                           f.unfurl,
		"conversations.info":                    f.conversationInfo,
		"conversations.members":                 f.conversationMembers,
		"conversations.replies":                 f.conversationReplies,
		"conversations.history":                 f.conversationHistory,
		"users.conversations":                   f.userConversations,
		"users.info":                            f.userInfo,
		"users.list":                            f.userList,
		"views.open":                            f.viewOpen,
		"views.update":                          f.viewUpdate,
		"views.publish":                         f.viewPublish,
		"assistant.threads.setStatus":           f.assistant,
		"assistant.threads.setTitle":            f.assistant,
		"assistant.threads.setSuggestedPrompts": f.assistant,
	}
	h, ok := methods[method]
	if !ok {
		f.t.Errorf("slack has no method %s here", method)
		return refuse("unknown_method")
	}
	out := h(in)
	if _, said := out["ok"]; !said {
		out["ok"] = true
	}
	return out
}

func str(in map[string]any, key string) string { s, _ := in[key].(string); return s }

func (f *fakeSlack) authTest(map[string]any) map[string]any {
	return map[string]any{"url": "https://example.slack.com/", "team": "Example", "user": "massagefaq",
		"team_id": fakeTeam, "user_id": fakeBot, "bot_id": fakeBotID}
}

func (f *fakeSlack) connectionsOpen(map[string]any) map[string]any {
	return map[string]any{"url": "ws" + strings.TrimPrefix(f.server.URL, "http") + "/ws?ticket=1"}
}

// tick is the next message timestamp.
func (f *fakeSlack) tick() string {
	f.stamps++
	return fmt.Sprintf("%d.%06d", f.clock, f.stamps)
}

// complain reports a payload that Slack would refuse, and refuses it.
func (f *fakeSlack) complain(method string, faults []string) map[string]any {
	if len(faults) == 0 {
		return nil
	}
	f.t.Errorf("%s with a payload that Slack refuses: %v", method, faults)
	return refuse("invalid_blocks")
}

func (f *fakeSlack) postMessage(in map[string]any) map[string]any {
	c, err := f.writable(str(in, "channel"))
	if err != nil {
		return err
	}
	if bad := f.complain("chat.postMessage", checkMessage(str(in, "text"), in["blocks"])); bad != nil {
		return bad
	}
	if str(in, "unfurl_links") != "false" || str(in, "link_names") == "true" || str(in, "parse") == "full" {
		f.t.Errorf("chat.postMessage lets Slack parse names or unfold links")
	}
	m := &fakeMessage{TS: f.tick(), Thread: str(in, "thread_ts"), User: fakeBot, Text: str(in, "text"), Blocks: in["blocks"], Metadata: in["metadata"]}
	c.messages = append(c.messages, m)
	return map[string]any{"channel": str(c.info, "id"), "ts": m.TS, "message": m.json()}
}

// writable finds the channel to post in: a user's id is their direct messages.
func (f *fakeSlack) writable(id string) (*fakeChannel, map[string]any) {
	if strings.HasPrefix(id, "U") {
		id = "D" + id[1:]
	}
	c, ok := f.channels[id]
	switch {
	case !ok:
		return nil, refuse("channel_not_found")
	case c.info["is_member"] == false:
		return nil, refuse("not_in_channel")
	case c.info["is_archived"] == true:
		return nil, refuse("is_archived")
	}
	return c, nil
}

// json is the message as Slack returns it.
func (m *fakeMessage) json() map[string]any {
	out := map[string]any{"type": "message", "ts": m.TS, "user": m.User, "text": m.Text}
	if m.User == fakeBot {
		out["bot_id"] = fakeBotID
	}
	if m.Thread != "" {
		out["thread_ts"] = m.Thread
	}
	if m.Blocks != nil {
		out["blocks"] = m.Blocks
	}
	if m.Metadata != nil {
		out["metadata"] = m.Metadata
	}
	return out
}

// find is the message of a channel with the timestamp, nil if there is none.
func (f *fakeSlack) find(channel, ts string) *fakeMessage {
	c := f.channels[channel]
	if c == nil {
		return nil
	}
	for _, m := range c.messages {
		if m.TS == ts && !m.Deleted {
			return m
		}
	}
	return nil
}

func (f *fakeSlack) updateMessage(in map[string]any) map[string]any {
	m := f.find(str(in, "channel"), str(in, "ts"))
	switch {
	case m == nil:
		return refuse("message_not_found")
	case m.User != fakeBot:
		return refuse("cant_update_message")
	}
	if bad := f.complain("chat.update", checkMessage(str(in, "text"), in["blocks"])); bad != nil {
		return bad
	}
	m.Text, m.Blocks = str(in, "text"), in["blocks"]
	return map[string]any{"channel": str(in, "channel"), "ts": m.TS, "text": m.Text}
}

func (f *fakeSlack) deleteMessage(in map[string]any) map[string]any {
	m := f.find(str(in, "channel"), str(in, "ts"))
	switch {
	case m == nil:
		return refuse("message_not_found")
	case m.User != fakeBot:
		return refuse("cant_delete_message")
	}
	m.Deleted = true
	return map[string]any{"channel": str(in, "channel"), "ts": m.TS}
}

func (f *fakeSlack) getPermalink(in map[string]any) map[string]any {
	if f.find(str(in, "channel"), str(in, "message_ts")) == nil {
		return refuse("message_not_found")
	}
	return map[string]any{"channel": str(in, "channel"),
		"permalink": "https://example.slack.com/archives/" + str(in, "channel") + "/p" + strings.ReplaceAll(str(in, "message_ts"), ".", "")}
}

func (f *fakeSlack) unfurl(in map[string]any) map[string]any {
	unfurls, _ := in["unfurls"].(map[string]any)
	for _, u := range unfurls {
		card, _ := u.(map[string]any)
		if bad := f.complain("chat.unfurl", checkMessage("unfurl", card["blocks"])); bad != nil {
			return bad
		}
	}
	return map[string]any{}
}

// readable finds a channel that the bot may look at.
func (f *fakeSlack) readable(id string) (*fakeChannel, map[string]any) {
	c, ok := f.channels[id]
	if !ok || c.info["is_private"] == true && c.info["is_member"] == false {
		return nil, refuse("channel_not_found")
	}
	return c, nil
}

func (f *fakeSlack) conversationInfo(in map[string]any) map[string]any {
	c, err := f.readable(str(in, "channel"))
	if err != nil {
		return err
	}
	return map[string]any{"channel": maps.Clone(c.info)}
}

func (f *fakeSlack) conversationMembers(in map[string]any) map[string]any {
	c, err := f.readable(str(in, "channel"))
	if err != nil {
		return err
	}
	return map[string]any{"members": slices.Clone(c.members), "response_metadata": map[string]any{"next_cursor": ""}}
}

func (f *fakeSlack) conversationReplies(in map[string]any) map[string]any {
	c, err := f.writable(str(in, "channel"))
	if err != nil {
		return err
	}
	root := str(in, "ts")
	var list []any
	for _, m := range c.messages {
		if !m.Deleted && m.For == "" && (m.TS == root || m.Thread == root) && (m.TS == root || m.TS >= str(in, "oldest")) {
			list = append(list, m.json())
		}
	}
	if list == nil {
		return refuse("thread_not_found")
	}
	return map[string]any{"messages": list, "has_more": false}
}

func (f *fakeSlack) conversationHistory(in map[string]any) map[string]any {
	c, err := f.writable(str(in, "channel"))
	if err != nil {
		return err
	}
	list := []any{}
	for _, m := range slices.Backward(c.messages) {
		if !m.Deleted && m.For == "" && (m.Thread == "" || m.Thread == m.TS) && m.TS >= str(in, "oldest") {
			list = append(list, m.json())
		}
	}
	return map[string]any{"messages": list, "has_more": false}
}

func (f *fakeSlack) userInfo(in map[string]any) map[string]any {
	u, ok := f.users[str(in, "user")]
	if !ok {
		return refuse("user_not_found")
	}
	return map[string]any{"user": maps.Clone(u)}
}

func (f *fakeSlack) userConversations(map[string]any) map[string]any {
	list := []any{}
	for _, id := range slices.Sorted(maps.Keys(f.channels)) {
		if c := f.channels[id]; id[0] == 'C' && c.info["is_member"] == true {
			list = append(list, maps.Clone(c.info))
		}
	}
	return map[string]any{"channels": list}
}

func (f *fakeSlack) userList(map[string]any) map[string]any {
	var list []any
	for _, id := range slices.Sorted(maps.Keys(f.users)) {
		if f.users[id]["team_id"] == fakeTeam {
			list = append(list, maps.Clone(f.users[id]))
		}
	}
	return map[string]any{"members": list, "response_metadata": map[string]any{"next_cursor": ""}}
}

func (f *fakeSlack) viewOpen(in map[string]any) map[string]any {
	if !f.triggers[str(in, "trigger_id")] {
		return refuse("expired_trigger_id")
	}
	delete(f.triggers, str(in, "trigger_id"))
	v, _ := in["view"].(map[string]any)
	if bad := f.complain("views.open", checkView(v)); bad != nil {
		return bad
	}
	f.serial++
	id := fmt.Sprintf("V%d", f.serial)
	return map[string]any{"view": f.keepView(id, v)}
}

func (f *fakeSlack) keepView(id string, v map[string]any) map[string]any {
	f.serial++
	kept := maps.Clone(v)
	kept["id"], kept["hash"] = id, fmt.Sprint(f.serial)
	f.views[id], f.screen = kept, id
	return maps.Clone(kept)
}

func (f *fakeSlack) viewUpdate(in map[string]any) map[string]any {
	old, ok := f.views[str(in, "view_id")]
	switch {
	case !ok:
		return refuse("not_found")
	case str(in, "hash") != "" && in["hash"] != old["hash"]:
		return refuse("hash_conflict")
	}
	v, _ := in["view"].(map[string]any)
	if bad := f.complain("views.update", checkView(v)); bad != nil {
		return bad
	}
	return map[string]any{"view": f.keepView(str(in, "view_id"), v)}
}

func (f *fakeSlack) viewPublish(in map[string]any) map[string]any {
	v, _ := in["view"].(map[string]any)
	if bad := f.complain("views.publish", checkView(v)); bad != nil {
		return bad
	}
	f.serial++
	kept := maps.Clone(v)
	kept["id"], kept["hash"] = "VHOME"+str(in, "user_id"), fmt.Sprint(f.serial)
	f.homes[str(in, "user_id")] = kept
	return map[string]any{"view": maps.Clone(kept)}
}

func (f *fakeSlack) assistant(in map[string]any) map[string]any {
	if c := f.channels[str(in, "channel_id")]; c == nil || c.info["is_im"] != true {
		return refuse("channel_not_found")
	}
	if list, ok := in["prompts"].([]any); ok && len(list) > 4 {
		f.t.Errorf("assistant.threads.setSuggestedPrompts with %d prompts, more than 4", len(list))
	}
	return map[string]any{}
}

// serveResponse takes what is sent to the response address of a command or a
// button.
func (f *fakeSlack) serveResponse(w http.ResponseWriter, r *http.Request) {
	in, err := args(r)
	if err != nil {
		f.t.Errorf("slack cannot read a response: %v", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	defer f.changed.Broadcast()
	f.calls = append(f.calls, call{"response_url", in})
	if queue := f.faults["response_url"]; len(queue) > 0 {
		f.faults["response_url"] = queue[1:]
		if queue[0].write(w, r, &f.mu) {
			return
		}
	}
	to := f.answers[r.PathValue("id")]
	if to == nil || to.uses == 5 {
		http.Error(w, `{"ok":false,"error":"used_url"}`, http.StatusNotFound)
		return
	}
	to.uses++
	if bad := f.complain("response_url", checkMessage(str(in, "text"), in["blocks"])); bad != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	f.respondTo(to, in)
	w.Header().Set("Content-Type", "application/json")
	w.Write([]byte(`{"ok":true}`))
}

// respondTo posts or replaces as the response says.
func (f *fakeSlack) respondTo(to *responseURL, in map[string]any) {
	c := f.channels[to.channel]
	if in["replace_original"] == true {
		for _, m := range c.messages {
			if m.TS == to.ts {
				m.Text, m.Blocks = str(in, "text"), in["blocks"]
			}
		}
		return
	}
	m := &fakeMessage{TS: f.tick(), User: fakeBot, Text: str(in, "text"), Blocks: in["blocks"]}
	if str(in, "response_type") != "in_channel" {
		m.For = to.user
	}
	c.messages = append(c.messages, m)
}
