package slack

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// deliver sends something to the bot, by socket or by HTTP, and returns the
// payload of its acknowledgement.
type deliver func(kind kind, payload map[string]any) json.RawMessage

// bySocket delivers over the newest Socket Mode connection.
func (f *fakeSlack) bySocket(k kind, payload map[string]any) json.RawMessage {
	f.t.Helper()
	f.until("a socket", func() bool { return len(f.sockets) > 0 })
	id := f.envelope(k, payload, 0)
	start := time.Now()
	var answer json.RawMessage
	f.until("an acknowledgement of "+id, func() bool { var ok bool; answer, ok = f.acks[id]; return ok })
	if took := time.Since(start); took > ackTime {
		f.t.Errorf("%s acknowledged after %v, Slack gives %v", k, took, ackTime)
	}
	return answer
}

// envelope sends a payload by socket, without waiting, and returns its id.
func (f *fakeSlack) envelope(k kind, payload map[string]any, retry int) string {
	f.mu.Lock()
	f.serial++
	id := fmt.Sprintf("E%d", f.serial)
	s := f.sockets[len(f.sockets)-1]
	f.mu.Unlock()
	err := s.send(map[string]any{"type": string(k), "envelope_id": id, "payload": payload,
		"accepts_response_payload": k != eventsAPI, "retry_attempt": retry, "retry_reason": ""})
	if err != nil {
		f.t.Errorf("slack cannot send by socket: %v", err)
	}
	return id
}

// byHTTP delivers to a server with the adapter's handler.
func (f *fakeSlack) byHTTP(base string) deliver {
	return func(k kind, payload map[string]any) json.RawMessage {
		f.t.Helper()
		path, body, contentType := requestFor(k, payload)
		status, answer := f.send(base+path, body, contentType, fakeSecret, time.Now(), nil)
		if status != http.StatusOK {
			f.t.Errorf("%s answered with status %d: %s", path, status, answer)
		}
		return answer
	}
}

// requestFor is how Slack writes a payload into a request.
func requestFor(k kind, payload map[string]any) (path string, body []byte, contentType string) {
	data, _ := json.Marshal(payload)
	switch k {
	case eventsAPI:
		return "/slack/events", data, "application/json"
	case interactive:
		return "/slack/interactive", []byte(url.Values{"payload": {string(data)}}.Encode()), "application/x-www-form-urlencoded"
	}
	form := url.Values{}
	for key, v := range payload {
		form.Set(key, fmt.Sprint(v))
	}
	return "/slack/commands", []byte(form.Encode()), "application/x-www-form-urlencoded"
}

// send posts a signed request and returns the answer.
func (f *fakeSlack) send(address string, body []byte, contentType, secret string, at time.Time, more map[string]string) (int, []byte) {
	f.t.Helper()
	req, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	stamp := strconv.FormatInt(at.Unix(), 10)
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", signature(secret, stamp, body))
	for k, v := range more {
		req.Header.Set(k, v)
	}
	start := time.Now()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		f.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	if took := time.Since(start); took > ackTime {
		f.t.Errorf("%s answered after %v, Slack gives %v", address, took, ackTime)
	}
	return resp.StatusCode, answer
}

func signature(secret, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// callbackFor wraps an event.
func (f *fakeSlack) callbackFor(event map[string]any) map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.serial++
	return map[string]any{"type": "event_callback", "team_id": fakeTeam, "api_app_id": "A1", "token": "old",
		"event_id": fmt.Sprintf("Ev%d", f.serial), "event_time": f.clock, "event": event,
		"authorizations": []any{map[string]any{"team_id": fakeTeam, "user_id": fakeBot, "is_bot": true}}}
}

// types has someone write in a channel, in a thread or not, and returns the
// message. The events are not sent yet.
func (f *fakeSlack) types(user, channel, thread, text string) *fakeMessage {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := &fakeMessage{TS: f.tick(), Thread: thread, User: user, Text: text}
	f.channels[channel].messages = append(f.channels[channel].messages, m)
	return m
}

// messageEvents are the events that Slack sends for a message: message, and for
// a mention in a channel app_mention too.
func (f *fakeSlack) messageEvents(channel string, m *fakeMessage) []map[string]any {
	kind := map[byte]string{'C': "channel", 'D': "im", 'G': "mpim"}[channel[0]]
	e := map[string]any{"type": "message", "channel": channel, "channel_type": kind, "user": m.User, "text": m.Text,
		"ts": m.TS, "event_ts": m.TS, "team": fakeTeam}
	if m.Thread != "" {
		e["thread_ts"] = m.Thread
	}
	events := []map[string]any{e}
	if _, mention, _ := spoken(event{Text: m.Text}, fakeBot); mention && kind != "im" {
		a := map[string]any{"type": "app_mention"}
		for k, v := range e {
			if k != "type" && k != "channel_type" {
				a[k] = v
			}
		}
		events = append(events, a)
	}
	return events
}

// trigger is a fresh trigger id.
func (f *fakeSlack) trigger() string {
	f.serial++
	id := fmt.Sprintf("%d.trigger", f.serial)
	f.triggers[id] = true
	return id
}

// respondURL is a fresh response address.
func (f *fakeSlack) respondURL(channel, user, ts string) string {
	f.serial++
	id := fmt.Sprintf("R%d", f.serial)
	f.answers[id] = &responseURL{channel: channel, user: user, ts: ts}
	return f.server.URL + "/response/" + id
}

// slashCommand is a command as Slack sends it.
func (f *fakeSlack) slashCommand(user, channel, text string) map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	return map[string]any{"team_id": fakeTeam, "channel_id": channel, "user_id": user, "command": "/massage", "text": text,
		"response_url": f.respondURL(channel, user, ""), "trigger_id": f.trigger(), "api_app_id": "A1", "token": "old"}
}

// press is a click on a button of a message, as Slack sends it. The button is
// found by the beginning of its action id or by its text.
func (f *fakeSlack) press(user, channel string, m fakeMessage, id string) map[string]any {
	f.t.Helper()
	b := findButton(m.Blocks, id)
	if b == nil {
		f.t.Fatalf("no button %q in %s", id, see(m.Blocks))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": channel, "is_ephemeral": m.For != ""}
	if m.Thread != "" {
		container["thread_ts"] = m.Thread
	}
	p := map[string]any{"type": "block_actions", "team": map[string]any{"id": fakeTeam}, "user": map[string]any{"id": user, "team_id": fakeTeam},
		"channel": map[string]any{"id": channel}, "container": container, "trigger_id": f.trigger(), "api_app_id": "A1",
		"response_url": f.respondURL(channel, user, m.TS),
		"actions":      []any{action1(b, b["value"])}}
	if m.For == "" {
		p["message"] = m.json()
	}
	return p
}

func action1(element map[string]any, value any) map[string]any {
	return map[string]any{"type": element["type"], "action_id": element["action_id"], "block_id": "b1", "value": value,
		"action_ts": fmt.Sprint(time.Now().UnixNano())}
}

// inView is a button or an input of a view that someone uses, as Slack sends it.
func (f *fakeSlack) inView(user string, v map[string]any, id, typed string) map[string]any {
	f.t.Helper()
	b := findButton(v["blocks"], id)
	if b == nil {
		f.t.Fatalf("no element %q in %s", id, see(v["blocks"]))
	}
	value := b["value"]
	if b["type"] == "plain_text_input" {
		value = typed
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return map[string]any{"type": "block_actions", "team": map[string]any{"id": fakeTeam}, "user": map[string]any{"id": user},
		"container": map[string]any{"type": "view", "view_id": v["id"]}, "trigger_id": f.trigger(), "view": v,
		"actions": []any{action1(b, value)}}
}

// submit is a modal that someone sends, with what they typed by block.
func (f *fakeSlack) submit(user string, v map[string]any, typed map[string]any) map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	values := map[string]any{}
	for block, value := range typed {
		values[block] = map[string]any{block: value}
	}
	sent := map[string]any{"state": map[string]any{"values": values}}
	for k, x := range v {
		sent[k] = x
	}
	return map[string]any{"type": "view_submission", "team": map[string]any{"id": fakeTeam}, "user": map[string]any{"id": user},
		"trigger_id": f.trigger(), "view": sent}
}

// messageShortcut is the shortcut used on a message, as Slack sends it.
func (f *fakeSlack) messageShortcut(user, channel string, m *fakeMessage) map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	return map[string]any{"type": "message_action", "callback_id": findShortcut, "team": map[string]any{"id": fakeTeam},
		"user": map[string]any{"id": user}, "channel": map[string]any{"id": channel}, "message": m.json(),
		"trigger_id": f.trigger(), "response_url": f.respondURL(channel, user, m.TS)}
}
