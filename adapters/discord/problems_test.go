package discord

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Our own table of what Discord refuses, for what its description does not say.
// problems lists what is wrong with a body sent to a route.
func problems(route string, body any) []string {
	b, _ := body.(map[string]any)
	switch {
	case strings.HasSuffix(route, "/callback"):
		return callbackProblems(b)
	case strings.HasSuffix(route, "/messages"), strings.HasSuffix(route, "/messages/{message}"), strings.HasPrefix(route, "/webhooks/"):
		return messageProblems(b)
	case strings.HasSuffix(route, "/commands"):
		return commandProblems(b)
	}
	return nil
}

func callbackProblems(b map[string]any) []string {
	data, _ := b["data"].(map[string]any)
	switch b["type"] {
	case 4.0, 7.0:
		out := messageProblems(data)
		if b["type"] == 7.0 && int(number(data["flags"]))&64 != 0 {
			out = append(out, "an update cannot make a message private")
		}
		return out
	case 5.0:
		if f := int(number(data["flags"])); f&^64 != 0 {
			return []string{fmt.Sprintf("deferred with flags %d", f)}
		}
	case 6.0:
		if data != nil {
			return []string{"a deferred update has data"}
		}
	case 8.0:
		return choiceProblems(data["choices"])
	case 9.0:
		return modalProblems(data)
	case 1.0:
	default:
		return []string{fmt.Sprintf("unknown type of answer %v", b["type"])}
	}
	return nil
}

func choiceProblems(v any) []string {
	list, ok := v.([]any)
	if !ok || len(list) > maxOptions {
		return []string{"choices: want a list of at most 25"}
	}
	var out []string
	for _, c := range list {
		m := c.(map[string]any)
		out = append(out, length("choice name", m["name"], 1, 100)...)
		out = append(out, length("choice value", m["value"], 1, 100)...)
	}
	return out
}

func modalProblems(m map[string]any) []string {
	w := &walker{ids: map[string]bool{}, modal: true}
	w.say(length("modal title", m["title"], 1, 45)...)
	w.say(length("modal custom id", m["custom_id"], 1, 100)...)
	w.all(m["components"], "modal")
	return w.out
}

func messageProblems(m map[string]any) []string {
	w := &walker{ids: map[string]bool{}}
	if diff := cmp.Diff(map[string]any{"parse": []any{}, "replied_user": false}, m["allowed_mentions"]); diff != "" {
		w.say("allowed_mentions is not none: " + diff)
	}
	flags := int(number(m["flags"]))
	if flags&(1<<15) == 0 {
		w.say("flags do not say components v2")
	}
	if flags&^(1<<15|1<<6|1<<12|1<<2) != 0 {
		w.say(fmt.Sprintf("flags %d may not be set", flags))
	}
	for _, k := range []string{"content", "embeds", "poll", "sticker_ids"} {
		if m[k] != nil {
			w.say(k + " beside components v2")
		}
	}
	if nonce, ok := m["nonce"].(string); ok && len(nonce) > 25 {
		w.say("nonce is too long")
	}
	w.all(m["components"], "message")
	if w.text > maxText {
		w.say(fmt.Sprintf("%d characters of text", w.text))
	}
	if w.count > maxComponents {
		w.say(fmt.Sprintf("%d components", w.count))
	}
	if w.count == 0 {
		w.say("no components")
	}
	return w.out
}

// A walker looks at a tree of components.
type walker struct {
	out         []string
	ids         map[string]bool
	text, count int
	modal       bool
}

func (w *walker) say(p ...string) { w.out = append(w.out, p...) }

func (w *walker) all(v any, in string) {
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		w.say(in + " has no components")
		return
	}
	for _, c := range list {
		w.one(c.(map[string]any), in)
	}
}

// parents says where each type of component may stand.
var parents = map[int]string{
	1: "message container modal", 2: "row accessory", 3: "row", 4: "row", 9: "message container", 10: "message container section",
	14: "message container", 17: "message",
}

func (w *walker) one(c map[string]any, in string) {
	w.count++
	kind := int(number(c["type"]))
	if !strings.Contains(parents[kind], in) {
		w.say(fmt.Sprintf("component of type %d in a %s", kind, in))
	}
	switch kind {
	case 1:
		w.row(c)
	case 2:
		w.button(c)
	case 3:
		w.menu(c)
	case 4:
		w.say(length("input label", c["label"], 1, 45)...)
		w.say(length("input placeholder", c["placeholder"], 0, 100)...)
		w.id(c)
	case 9:
		w.all(c["components"], "section")
		w.one(c["accessory"].(map[string]any), "accessory")
	case 10:
		w.say(length("text", c["content"], 1, maxText)...)
		s, _ := c["content"].(string)
		w.text += width(s)
		w.say(alive(s)...)
	case 17:
		w.all(c["components"], "container")
	}
}

func (w *walker) row(c map[string]any) {
	list, _ := c["components"].([]any)
	first := 0
	if len(list) > 0 {
		first = int(number(list[0].(map[string]any)["type"]))
	}
	if first != 2 && len(list) > 1 || len(list) > maxRowButtons {
		w.say(fmt.Sprintf("%d components in a row", len(list)))
	}
	w.all(c["components"], "row")
}

func (w *walker) button(c map[string]any) {
	w.say(length("button label", c["label"], 1, maxLabel)...)
	if number(c["style"]) == 5 {
		if u, _ := c["url"].(string); webLink(u) == "" || width(u) > 512 || c["custom_id"] != nil {
			w.say(fmt.Sprintf("link button with url %q and custom id %v", u, c["custom_id"]))
		}
		return
	}
	w.id(c)
}

func (w *walker) menu(c map[string]any) {
	w.id(c)
	w.say(length("placeholder", c["placeholder"], 0, maxPlaceholder)...)
	list, _ := c["options"].([]any)
	if len(list) < 1 || len(list) > maxOptions {
		w.say(fmt.Sprintf("%d options", len(list)))
	}
	values := map[any]bool{}
	for _, o := range list {
		m := o.(map[string]any)
		w.say(length("option label", m["label"], 1, 100)...)
		w.say(length("option value", m["value"], 1, 100)...)
		w.say(length("option description", m["description"], 0, 100)...)
		if values[m["value"]] {
			w.say(fmt.Sprintf("option value %q twice", m["value"]))
		}
		values[m["value"]] = true
	}
}

func (w *walker) id(c map[string]any) {
	id, _ := c["custom_id"].(string)
	w.say(length("custom id", c["custom_id"], 1, maxCustomID)...)
	if w.ids[id] {
		w.say(fmt.Sprintf("custom id %q twice", id))
	}
	w.ids[id] = true
}

// living are texts that call somebody when Discord is let to: none of ours is
// left to allowed_mentions alone, except the name of who shares an answer.
var living = regexp.MustCompile(`(^|[^\\])<(@&|#|a?:\w+:|t:|/)\w*|@(everyone|here)`)

func alive(s string) []string {
	if m := living.FindString(s); m != "" {
		return []string{fmt.Sprintf("text %q is alive", m)}
	}
	return nil
}

func number(v any) float64 {
	f, _ := v.(float64)
	return f
}

func length(what string, v any, least, most int) []string {
	if v == nil && least == 0 {
		return nil
	}
	s, ok := v.(string)
	if n := width(s); !ok || n < least || n > most {
		return []string{fmt.Sprintf("%s has %d characters, want %d to %d", what, n, least, most)}
	}
	return nil
}

// The table itself must refuse what Discord refuses.
func TestProblems(t *testing.T) {
	text := map[string]any{"type": 10.0, "content": "hello"}
	none := map[string]any{"parse": []any{}, "replied_user": false}
	with := func(parts ...any) map[string]any {
		return map[string]any{"flags": 32768.0, "allowed_mentions": none, "components": parts}
	}
	row := func(parts ...any) map[string]any { return map[string]any{"type": 1.0, "components": parts} }
	button := func(id string) map[string]any {
		return map[string]any{"type": 2.0, "style": 1.0, "label": "x", "custom_id": id}
	}
	if p := messageProblems(with(text, row(button("a"), button("b")))); len(p) > 0 {
		t.Errorf("a good message is refused: %v", p)
	}
	for name, bad := range map[string]map[string]any{
		"mentions":      {"flags": 32768.0, "allowed_mentions": map[string]any{"parse": []any{"users"}}, "components": []any{text}},
		"no mentions":   {"flags": 32768.0, "components": []any{text}},
		"flag missing":  {"allowed_mentions": none, "components": []any{text}},
		"content":       {"flags": 32768.0, "allowed_mentions": none, "components": []any{text}, "content": "x"},
		"empty":         with(),
		"long text":     with(map[string]any{"type": 10.0, "content": strings.Repeat("x", 4001)}),
		"long together": with(map[string]any{"type": 10.0, "content": strings.Repeat("x", 3999)}, text),
		"same id":       with(row(button("a")), row(button("a"))),
		"six buttons":   with(row(button("a"), button("b"), button("c"), button("d"), button("e"), button("f"))),
		"bare button":   with(button("a")),
		"long id":       with(row(button(strings.Repeat("x", 101)))),
		"link without":  with(row(map[string]any{"type": 2.0, "style": 5.0, "label": "x"})),
		"no options":    with(row(map[string]any{"type": 3.0, "custom_id": "a", "options": []any{}})),
		"everyone":      with(map[string]any{"type": 10.0, "content": "hi @everyone"}),
		"role":          with(map[string]any{"type": 10.0, "content": "hi <@&123>"}),
	} {
		if len(messageProblems(bad)) == 0 {
			t.Errorf("%s is not refused", name)
		}
	}
}
