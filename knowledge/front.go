package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// traits is what front matter says for a file and heading attributes for one passage.
type traits struct {
	topic              Topic
	audience           Audience
	reviewed, reviewBy time.Time
	care               bool
}

// splitFront separates the front matter from the body. Line is that of the
// body's first line. Without front matter all of text is the body.
func splitFront(text []byte) (front, body []byte, line int, closed bool) {
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	if string(bytes.TrimRight(first, " \t")) != "---" {
		return nil, text, 1, true
	}
	line, start := 2, rest
	for len(rest) > 0 {
		l, after, _ := bytes.Cut(rest, []byte("\n"))
		line++
		if s := string(bytes.TrimRight(l, " \t")); s == "---" || s == "..." {
			return start[:len(start)-len(rest)], after, line, true
		}
		if bytes.HasPrefix(l, []byte("## ")) { // a heading is never front matter: the end was forgotten
			return start[:len(start)-len(rest)], rest, line - 1, false
		}
		rest = after
	}
	return start, nil, line, false
}

// readFront reads the front matter of a file, which starts on line 2. It is
// not ok when it cannot be read at all.
func readFront(file string, front []byte, ms *Mistakes) (t traits, ok bool) {
	t.audience = Public
	node, m := yamlNode(file, front, 1)
	if m != nil {
		*ms = append(*ms, *m)
		return t, false
	}
	if node == nil {
		return t, true
	}
	if node.Kind != yaml.MappingNode {
		ms.add(file, node.Line, "front matter wants lines such as \"topic: insurance\"")
		return t, false
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if err := t.pair(key.Value, value, seen); err != nil {
			ms.add(file, key.Line, "%v", err)
		}
	}
	if t.reversed() {
		ms.add(file, 1, "review_by is before reviewed")
	}
	return t, true
}

// pair takes one line of front matter.
func (t *traits) pair(key string, value *yaml.Node, seen map[string]bool) error {
	again := seen[key]
	seen[key] = true
	switch {
	case again:
		return fmt.Errorf("%s a second time", key)
	case key == "care":
		return errors.New("care belongs to one passage: write {#id .care} at its heading")
	case value.Kind != yaml.ScalarNode:
		return fmt.Errorf("%s wants one value", key)
	}
	return t.set(key, value.Value)
}

// reversed reports whether the review ends before it began.
func (t *traits) reversed() bool { return !t.reviewBy.IsZero() && t.reviewBy.Before(t.reviewed) }

// set gives one trait its value: "reviewed", "2026-11-20".
func (t *traits) set(key, value string) (err error) {
	switch key {
	case "topic":
		if t.topic = Topic(value); !t.topic.Known() {
			return fmt.Errorf("unknown topic %q (want %s)", value, topicList())
		}
	case "audience":
		if t.audience = Audience(value); t.audience != Public && t.audience != Staff && t.audience != Outside {
			return fmt.Errorf("unknown audience %q (want public, staff or outside)", value)
		}
	case "reviewed":
		t.reviewed, err = parseDay(key, value)
	case "review_by":
		t.reviewBy, err = parseDay(key, value)
	default:
		return fmt.Errorf("unknown key %q (want topic, audience, reviewed or review_by)", key)
	}
	return err
}

func parseDay(key, value string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s: %q is not a day (want 2026-11-20)", key, value)
	}
	return day, nil
}

func topicList() string {
	names := make([]string, len(Topics))
	for i, t := range Topics {
		names[i] = string(t)
	}
	return strings.Join(names, ", ")
}

// yamlNode parses YAML whose first line stands on line offset+1 of the file.
// Blank YAML is no node and no mistake.
func yamlNode(file string, data []byte, offset int) (*yaml.Node, *Mistake) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, nil
	}
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		line, text := offset+1, err.Error()
		var le *yaml.LoadError
		if errors.As(err, &le) {
			last := 1 + bytes.Count(bytes.TrimRight(data, "\n"), []byte("\n"))
			line, text = offset+min(max(le.Mark.Line, 1), last), le.Message
		}
		return nil, &Mistake{file, line, "broken YAML: " + strings.ReplaceAll(text, "\n", " ")}
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return nil, nil
	}
	shift(&doc, offset)
	return doc.Content[0], nil
}

func shift(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		shift(c, lines)
	}
}
