package slack

import (
	"encoding/json"
	"strings"
	"testing"
)

// hostile is what people and programs may send instead of a question.
var hostile = []string{
	"<!channel> <!here> <!everyone>",
	"<@USAM> <@U0123ABC|sam>",
	"<!subteam^S123|@desk> <#CDESK|front-desk>",
	"<http://evil.example|bank>",
	"&lt;!channel&gt;",
	"does insurance cover <!channel>|x> medical massage?",
	"*_~`>&<>",
	"```<!channel>```",
	strings.Repeat("does insurance cover it? ", 1600), // 40,000 characters
	strings.Repeat("\U0001F600", 3000),
	strings.Repeat("<", 5000),
	"\u202e\u200b\x00\x1b[2J",
	"{{.}} ${x} %s %n",
	"/massage /massage",
}

// alive lists what in a payload would do more than show text: markup for
// mentions, and links that are not ours.
func alive(v any) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, alive(e)...)
		}
	case map[string]any:
		if v["type"] == "plain_text" || v["type"] == "text" || v["type"] == "plain_text_input" || v["type"] == "button" {
			return alive(v["text"]) // shown as it stands, or sent back to us only
		}
		for k, e := range v {
			if k == "text" || k == "title" || k == "status" {
				if s, ok := e.(string); ok && dangerous(s) {
					out = append(out, s)
				}
			}
			out = append(out, alive(e)...)
		}
	}
	return out
}

func dangerous(s string) bool {
	for _, bad := range []string{"<!", "<@", "<http://evil", "<https://evil"} {
		if strings.Contains(s, bad) {
			return true
		}
	}
	return false
}

// TestHostileText sends each hostile text by every way in, and presses what
// buttons there are.
func TestHostileText(t *testing.T) {
	for _, text := range hostile {
		f, a, send := inWorkspace(t, nil)
		f.asks(send, text)
		s := &story{t: t, f: f, a: a, send: send}
		s.write("UMARIA", "DMARIA", "", text)
		send(slash, f.slashCommand("UMARIA", "CDESK", text))
		a.idle()
		if channel, m := s.newest("Ask a colleague"); channel != "" {
			send(interactive, f.press("UMARIA", channel, m, "Ask a colleague"))
		}
		m := f.types("USAM", "CDESK", "", text)
		send(interactive, f.messageShortcut("UMARIA", "CDESK", m))
		a.idle()
		if v := f.views[f.screen]; v != nil {
			if block := inputBlock(v, wordingBlock); block != "" {
				send(interactive, f.submit("UMARIA", v, map[string]any{block: map[string]any{"value": text}}))
			}
		}
		send(eventsAPI, f.callbackFor(map[string]any{"type": "app_home_opened", "user": "UMARIA", "tab": "home"}))
		a.idle()
		send(interactive, f.inView("UMARIA", f.homes["UMARIA"], actHomeSearch, text))
		a.idle()
		for _, c := range f.calls {
			if bad := alive(c.Args); len(bad) > 0 {
				t.Errorf("%.40q makes %s send %.200q", text, c.Method, bad)
			}
		}
		if f.count("chat.postMessage") < 2 {
			t.Errorf("%.40q got no reply", text)
		}
	}
}

func TestMessagesThatAreNoText(t *testing.T) {
	blocks := []any{map[string]any{"type": "rich_text", "elements": []any{map[string]any{"type": "rich_text_section", "elements": []any{
		map[string]any{"type": "user", "user_id": fakeBot},
		map[string]any{"type": "text", "text": " what should I wear to a session?"},
	}}}}}
	tests := map[string]struct {
		event map[string]any
		want  string // in the reply; empty: none
	}{
		"blocks only":  {map[string]any{"type": "app_mention", "text": "", "blocks": blocks}, "comfortable"},
		"section only": {map[string]any{"type": "app_mention", "blocks": []any{map[string]any{"type": "section", "text": map[string]any{"type": "mrkdwn", "text": "<@UBOT> what should I wear to a session?"}}}}, "comfortable"},
		"attachment":   {map[string]any{"type": "app_mention", "attachments": []any{map[string]any{"text": "what should I wear to a session?"}}}, "comfortable"},
		"file": {map[string]any{"type": "message", "subtype": "file_share", "channel": "DMARIA", "channel_type": "im",
			"files": []any{map[string]any{"id": "F1"}}}, "only read text"},
		"file with text": {map[string]any{"type": "message", "subtype": "file_share", "channel": "DMARIA", "channel_type": "im", "text": "what should I wear to a session?",
			"files": []any{map[string]any{"id": "F1"}}}, "comfortable"},
		"empty":         {map[string]any{"type": "app_mention", "text": "<@UBOT>"}, "Ask me about"},
		"huddle":        {map[string]any{"type": "message", "subtype": "huddle_thread", "text": "<@UBOT> what should I wear?", "room": map[string]any{"id": "R1"}}, ""},
		"topic":         {map[string]any{"type": "message", "subtype": "channel_topic", "text": "<@UBOT> what should I wear?"}, ""},
		"bot":           {map[string]any{"type": "message", "subtype": "bot_message", "bot_id": "B2", "text": "<@UBOT> what should I wear?"}, ""},
		"bot mention":   {map[string]any{"type": "app_mention", "bot_id": "B2", "text": "<@UBOT> what should I wear?"}, ""},
		"ourselves":     {map[string]any{"type": "message", "user": fakeBot, "text": "<@UBOT> what should I wear?"}, ""},
		"Slackbot":      {map[string]any{"type": "message", "user": "USLACKBOT", "channel": "DMARIA", "channel_type": "im", "text": "what should I wear?"}, ""},
		"nobody":        {map[string]any{"type": "message", "user": "", "text": "<@UBOT> what should I wear?"}, ""},
		"unaddressed":   {map[string]any{"type": "message", "text": "what should I wear to a session?"}, ""},
		"to a bot":      {map[string]any{"type": "app_mention", "user": "UROBO", "text": "<@UBOT> what should I wear?"}, ""},
		"our own edit":  {map[string]any{"type": "message", "subtype": "message_changed", "message": map[string]any{"user": fakeBot, "bot_id": fakeBotID, "text": "<@UBOT> a", "ts": "1.2"}, "previous_message": map[string]any{"user": fakeBot, "text": "b", "ts": "1.2"}}, ""},
		"empty change":  {map[string]any{"type": "message", "subtype": "message_changed"}, ""},
		"empty removal": {map[string]any{"type": "message", "subtype": "message_deleted"}, ""},
		"tombstone":     {map[string]any{"type": "message", "subtype": "message_changed", "message": map[string]any{"subtype": "tombstone", "user": "USLACKBOT", "ts": "1.2"}, "previous_message": map[string]any{"user": "UMARIA", "text": "<@UBOT> x", "ts": "1.2"}}, ""},
	}
	for name, test := range tests {
		f, a, send := inWorkspace(t, nil)
		e := map[string]any{"user": "UMARIA", "channel": "CDESK", "channel_type": "channel", "ts": "1700000000.000100"}
		for k, v := range test.event {
			e[k] = v
		}
		send(eventsAPI, f.callbackFor(e))
		a.idle()
		said := f.said(str(e, "channel"))
		switch {
		case test.want == "" && len(said) > 0:
			t.Errorf("%s: answered with\n%s", name, see(said[0].Blocks))
		case test.want != "" && (len(said) != 1 || !strings.Contains(see(said[0].Blocks), test.want)):
			t.Errorf("%s: %d replies, want one with %q: %v", name, len(said), test.want, said)
		}
	}
}

// FuzzReceive throws any JSON at the adapter: nothing breaks, nothing is sent
// that Slack would refuse.
func FuzzReceive(f *testing.F) {
	f.Add("events_api", `{"type":"event_callback","event_id":"E","event":{"type":"app_mention","user":"UMARIA","channel":"CDESK","ts":"1.1","text":"<@UBOT> hi"}}`)
	f.Add("events_api", `{"type":"event_callback","event":{"type":"message","subtype":"message_changed","channel":"DMARIA","channel_type":"im","message":{"user":"UMARIA","text":"a","ts":"1"},"previous_message":{"text":"b"}}}`)
	f.Add("interactive", `{"type":"block_actions","user":{"id":"UMARIA"},"trigger_id":"t","actions":[{"action_id":"share","value":"{\"p\":[\"x\"]}"}]}`)
	f.Add("interactive", `{"type":"view_submission","user":{"id":"UMARIA"},"view":{"callback_id":"find","private_metadata":"{}","state":{"values":{"wording:1":{"a":{"value":"x"}}}}}}`)
	f.Add("interactive", `{"type":"message_action","callback_id":"find_answer","user":{"id":"UMARIA"},"trigger_id":"t","message":{"text":"x","ts":"1"}}`)
	f.Add("slash_commands", `{"user_id":"UMARIA","trigger_id":"t","text":"x"}`)
	fake := newFakeSlack(f)
	a := adapter(f, fake, nil)
	f.Fuzz(func(t *testing.T, k, payload string) {
		if !json.Valid([]byte(payload)) {
			return
		}
		a.receive(envelope{kind: kind(k), payload: json.RawMessage(payload)})
		a.idle()
		fake.mu.Lock()
		defer fake.mu.Unlock()
		for _, c := range fake.calls {
			if bad := alive(c.Args); len(bad) > 0 {
				t.Errorf("%s makes %s send %q", payload, c.Method, bad)
			}
		}
		fake.calls = nil
	})
}
