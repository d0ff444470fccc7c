package slack

import (
	"fmt"
	"regexp"
	"strings"
)

// see is blocks as a person sees them, as text.
func see(blocks any) string {
	var b strings.Builder
	list, _ := blocks.([]any)
	for _, e := range list {
		m, _ := e.(map[string]any)
		for line := range strings.Lines(seeBlock(m)) {
			b.WriteString("  | " + strings.TrimRight(line, "\n") + "\n")
		}
	}
	return b.String()
}

func seeBlock(m map[string]any) string {
	switch m["type"] {
	case "header":
		return "# " + seeText(m["text"]) + "\n"
	case "section":
		s := seeText(m["text"])
		if a, ok := m["accessory"].(map[string]any); ok {
			s += "  " + seeElement(a)
		}
		return s + "\n"
	case "context":
		return "(" + seeAll(m["elements"], " ; ", seeText) + ")\n"
	case "actions":
		return seeAll(m["elements"], " ", func(e any) string { return seeElement(e.(map[string]any)) }) + "\n"
	case "input":
		return seeText(m["label"]) + ": " + seeElement(m["element"].(map[string]any)) + "\n"
	case "rich_text":
		return seeAll(m["elements"], "\n", seeRich) + "\n"
	case "divider":
		return "----\n"
	}
	return fmt.Sprintf("?%v\n", m["type"])
}

func seeAll(list any, between string, one func(any) string) string {
	var parts []string
	all, _ := list.([]any)
	for _, e := range all {
		parts = append(parts, one(e))
	}
	return strings.Join(parts, between)
}

var seenLink = regexp.MustCompile(`<([^<>|]+)\|([^<>]+)>`)

// seeText is a text object: mrkdwn with links as label{address}.
func seeText(v any) string {
	m, _ := v.(map[string]any)
	s, _ := m["text"].(string)
	if m["type"] == "mrkdwn" {
		s = seenLink.ReplaceAllString(s, "$2{$1}")
		s = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", zeroWidth, "").Replace(s)
	}
	return s
}

func seeElement(m map[string]any) string {
	switch m["type"] {
	case "button":
		s := "[" + seeText(m["text"]) + "]"
		if c, ok := m["confirm"].(map[string]any); ok {
			s += "{sure? " + seeText(c["text"]) + "}"
		}
		return s
	case "plain_text_input":
		if m["multiline"] == true {
			return "\n" + str(m, "initial_value")
		}
		if s, _ := m["initial_value"].(string); s != "" {
			return "[" + s + "____]"
		}
		return "[____] " + seeText(m["placeholder"])
	case "radio_buttons":
		return seeAll(m["options"], " ", func(o any) string { return "( ) " + seeText(o.(map[string]any)["text"]) })
	}
	return fmt.Sprintf("?%v", m["type"])
}

func seeRich(v any) string {
	m, _ := v.(map[string]any)
	text := seeAll(m["elements"], "", func(e any) string { s, _ := e.(map[string]any)["text"].(string); return s })
	if m["type"] == "rich_text_quote" {
		return "> " + strings.ReplaceAll(text, "\n", "\n> ")
	}
	return text
}

// findButton finds an interactive element by its action id, by the beginning of
// that, or by its text.
func findButton(v any, id string) map[string]any {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if b := findButton(e, id); b != nil {
				return b
			}
		}
	case map[string]any:
		if action, ok := v["action_id"].(string); ok {
			if action == id || family(action) == id || strings.Contains(seeText(v["text"]), id) {
				return v
			}
		}
		for _, key := range []string{"elements", "accessory", "element"} {
			if b := findButton(v[key], id); b != nil {
				return b
			}
		}
		// A row's button only says "Show": find it by the row's text.
		if a, ok := v["accessory"].(map[string]any); ok && strings.Contains(seeText(v["text"]), id) {
			return a
		}
	}
	return nil
}

// inputBlock finds the input of a view whose block id begins so.
func inputBlock(v map[string]any, begins string) string {
	list, _ := v["blocks"].([]any)
	for _, e := range list {
		m, _ := e.(map[string]any)
		if id, _ := m["block_id"].(string); strings.HasPrefix(id, begins) {
			return id
		}
	}
	return ""
}
