package slack

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"testing"
)

// limit is one of Slack's documented limits: what it bounds, written as the
// object's type and the way to the field, and its number. Lengths are in
// characters (UTF-16 units, to be on the safe side), "#" counts elements.
type limit struct {
	path string
	max  int
	see  string // page of docs.slack.dev/reference
}

const (
	blocksDoc   = "block-kit/blocks/"
	elementsDoc = "block-kit/block-elements/"
	objectsDoc  = "block-kit/composition-objects/"
	viewsDoc    = "views/"
)

// documented is what Slack's reference says of everything we send. It is the
// test's own, so that a wrong number in the code is found.
var documented = []limit{
	{"section.text.text", 3000, blocksDoc + "section-block"},
	{"section.fields#", 10, blocksDoc + "section-block"},
	{"section.fields.text", 2000, blocksDoc + "section-block"},
	{"header.text.text", 150, blocksDoc + "header-block"},
	{"context.elements#", 10, blocksDoc + "context-block"},
	{"context.elements.text", 3000, objectsDoc + "text-object"},
	{"actions.elements#", 25, blocksDoc + "actions-block"},
	{"input.label.text", 2000, blocksDoc + "input-block"},
	{"input.hint.text", 2000, blocksDoc + "input-block"},
	{"*.block_id", 255, blocksDoc + "section-block"},
	{"*.action_id", 255, elementsDoc + "button-element"},
	{"button.text.text", 75, elementsDoc + "button-element"},
	{"button.value", 2000, elementsDoc + "button-element"},
	{"button.url", 3000, elementsDoc + "button-element"},
	{"button.accessibility_label", 75, elementsDoc + "button-element"},
	{"plain_text_input.placeholder.text", 150, elementsDoc + "plain-text-input-element"},
	{"plain_text_input.initial_value", 3000, elementsDoc + "plain-text-input-element"},
	{"radio_buttons.options#", 10, elementsDoc + "radio-button-group-element"},
	{"radio_buttons.options.text.text", 75, objectsDoc + "option-object"},
	{"radio_buttons.options.value", 150, objectsDoc + "option-object"},
	{"confirm.title.text", 100, objectsDoc + "confirmation-dialog-object"},
	{"confirm.text.text", 300, objectsDoc + "confirmation-dialog-object"},
	{"confirm.confirm.text", 30, objectsDoc + "confirmation-dialog-object"},
	{"confirm.deny.text", 30, objectsDoc + "confirmation-dialog-object"},
	{"modal.title.text", 24, viewsDoc + "modal-views"},
	{"modal.submit.text", 24, viewsDoc + "modal-views"},
	{"modal.close.text", 24, viewsDoc + "modal-views"},
	{"modal.blocks#", 100, viewsDoc + "modal-views"},
	{"modal.private_metadata", 3000, viewsDoc + "modal-views"},
	{"modal.callback_id", 255, viewsDoc + "modal-views"},
	{"home.blocks#", 100, viewsDoc + "home-tab-views"},
	{"message.blocks#", 50, "messages/payload"},
	{"message.text", 4000, "methods/chat.postMessage (advised; cut at 40,000)"},
	{"message#", 13_000, "github.com/slackapi/bolt-js/issues/2509 (msg_blocks_too_long)"},
}

var limits = func() map[string]int {
	m := map[string]int{}
	for _, l := range documented {
		m[l.path] = l.max
	}
	return m
}()

// checker walks a payload and notes what Slack would refuse.
type checker struct {
	faults []string
}

func (c *checker) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// checkMessage returns what is wrong with a message of this text and blocks.
func checkMessage(text string, blocks any) []string {
	c := &checker{}
	c.length("message", "text", text)
	list, _ := blocks.([]any)
	if text == "" && len(list) == 0 {
		c.fault("no_text")
	}
	c.object("message", map[string]any{"blocks": list})
	if data, _ := json.Marshal(list); len(data) > 3*limits["message#"] {
		c.fault("message of %d bytes in all", len(data))
	}
	if n := textIn(list); n > limits["message#"] {
		c.fault("message of %d characters in all, more than %d", n, limits["message#"])
	}
	c.unique(list)
	return c.faults
}

// checkView returns what is wrong with a modal or a Home tab.
func checkView(v map[string]any) []string {
	c := &checker{}
	kind, _ := v["type"].(string)
	c.object(kind, v)
	list, _ := v["blocks"].([]any)
	c.unique(list)
	input := false
	for _, b := range list {
		if m, _ := b.(map[string]any); m["type"] == "input" {
			input = true
		}
	}
	if kind == "modal" && input && v["submit"] == nil {
		c.fault("a modal with an input and no submit")
	}
	if kind != "modal" && kind != "home" {
		c.fault("view of type %q", kind)
	}
	return c.faults
}

// object checks the fields of m, which is of the given type, and what is below.
func (c *checker) object(kind string, m map[string]any) {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		c.field(kind, k, m[k])
	}
	if m["type"] == "plain_text" || m["type"] == "mrkdwn" {
		if s, _ := m["text"].(string); s == "" {
			c.fault("%s: empty text", kind)
		}
		if m["type"] == "mrkdwn" && m["verbatim"] != true {
			c.fault("%s: mrkdwn that is not verbatim", kind)
		}
	}
}

func (c *checker) field(kind, key string, v any) {
	path := kind + "." + key
	switch v := v.(type) {
	case string:
		c.length(kind, key, v)
	case []any:
		if max, ok := limits[path+"#"]; ok && len(v) > max {
			c.fault("%s has %d elements, more than %d", path, len(v), max)
		}
		for _, e := range v {
			if m, ok := e.(map[string]any); ok {
				c.object(below(path, m), m)
			}
		}
	case map[string]any:
		c.object(below(path, v), v)
	}
}

// below names an object: by its type if it has one of its own, as blocks and
// elements have, else by where it is.
func below(path string, m map[string]any) string {
	t, _ := m["type"].(string)
	switch {
	case strings.HasSuffix(path, ".confirm") && t == "":
		return "confirm"
	case t == "" || t == "plain_text" || t == "mrkdwn":
		return path
	}
	return t
}

func (c *checker) length(kind, key, s string) {
	for _, path := range []string{kind + "." + key, "*." + key} {
		if max, ok := limits[path]; ok && size(s) > max {
			c.fault("%s has %d characters, more than %d", path, size(s), max)
		}
	}
}

// unique finds ids that are used twice.
func (c *checker) unique(blocks []any) {
	seen := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for _, key := range []string{"block_id", "action_id"} {
				if id, _ := v[key].(string); id != "" {
					if seen[key+id] {
						c.fault("%s %q twice", key, id)
					}
					seen[key+id] = true
				}
			}
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(blocks)
}

// textIn counts the characters of all texts.
func textIn(v any) int {
	n := 0
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			n += textIn(e)
		}
	case map[string]any:
		if s, ok := v["text"].(string); ok {
			n += size(s)
		}
		for k, e := range v {
			if _, text := e.(string); k != "text" || !text {
				n += textIn(e)
			}
		}
	}
	return n
}

// TestLimitsBite holds the table itself against payloads that break it: a check
// that lets everything through would be worth nothing.
func TestLimitsBite(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	text := func(n int) map[string]any { return map[string]any{"type": "plain_text", "text": long(n)} }
	section := map[string]any{"type": "section", "text": map[string]any{"type": "mrkdwn", "text": "x", "verbatim": true}}
	many := func(n int, b map[string]any) []any {
		var out []any
		for range n {
			out = append(out, b)
		}
		return out
	}
	btn := func(n int) map[string]any { return map[string]any{"type": "button", "text": text(n), "action_id": "a"} }
	good := [][]any{
		{section},
		{map[string]any{"type": "header", "text": text(150)}},
		{map[string]any{"type": "actions", "elements": []any{btn(75)}}},
		many(50, section),
	}
	bad := [][]any{
		{map[string]any{"type": "header", "text": text(151)}},
		{map[string]any{"type": "header", "text": text(0)}},
		{map[string]any{"type": "section", "text": text(3001)}},
		{map[string]any{"type": "section", "text": map[string]any{"type": "mrkdwn", "text": "x"}}},
		{map[string]any{"type": "actions", "elements": []any{btn(76)}}},
		{map[string]any{"type": "actions", "elements": []any{btn(5), btn(5)}}},
		{map[string]any{"type": "section", "text": text(1), "accessory": map[string]any{"type": "button", "text": text(1), "value": long(2001)}}},
		{map[string]any{"type": "actions", "elements": []any{map[string]any{"type": "button", "text": text(1), "confirm": map[string]any{"text": text(301)}}}}},
		{map[string]any{"type": "context", "elements": many(11, text(1))}},
		many(51, section),
		many(5, map[string]any{"type": "section", "text": text(3000)}),
	}
	for i, b := range good {
		if f := checkMessage("x", b); len(f) > 0 {
			t.Errorf("good message %d: %v", i, f)
		}
	}
	for i, b := range bad {
		if f := checkMessage("x", b); len(f) == 0 {
			t.Errorf("bad message %d was let through", i)
		}
	}
	for i, v := range []map[string]any{
		{"type": "modal", "title": text(25), "blocks": []any{section}},
		{"type": "modal", "title": text(5), "blocks": many(101, section)},
		{"type": "modal", "title": text(5), "blocks": []any{map[string]any{"type": "input", "label": text(1)}}},
		{"type": "popup", "blocks": []any{section}},
	} {
		if f := checkView(v); len(f) == 0 {
			t.Errorf("bad view %d was let through", i)
		}
	}
}
