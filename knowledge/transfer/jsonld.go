package transfer

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"massagefaq/knowledge"
)

// jsonld imports a file of JSON-LD.
func (p *parser) jsonld() error {
	text, err := p.src.text()
	if err != nil {
		return err
	}
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return jsonProblem(text, err)
	}
	if p.walk(v, "JSON-LD", 0); len(p.drafts) == 0 {
		return errors.New("no schema.org Question with an acceptedAnswer in it")
	}
	return nil
}

// jsonProblem says on which line JSON is broken.
func jsonProblem(text string, err error) error {
	var se *json.SyntaxError
	if errors.As(err, &se) {
		return fmt.Errorf("line %d: broken JSON: %w", 1+strings.Count(text[:min(int(se.Offset), len(text))], "\n"), err)
	}
	return fmt.Errorf("broken JSON: %w", err)
}

// embedded imports the questions in a page's own JSON-LD, and reports whether
// there were any.
func (p *parser) embedded(doc *html.Node) bool {
	n := 0
	for e := range elements(doc) {
		if e.Data != "script" || !strings.EqualFold(strings.TrimSpace(attr(e, "type")), "application/ld+json") || e.FirstChild == nil {
			continue
		}
		n++
		var v any
		if err := json.Unmarshal([]byte(strings.TrimSpace(e.FirstChild.Data)), &v); err != nil {
			p.note("JSON-LD block %d of the page is broken and left out: %v", n, err)
			continue
		}
		p.walk(v, fmt.Sprintf("JSON-LD block %d", n), 0)
	}
	return len(p.drafts) > 0
}

// walk finds the questions anywhere in JSON-LD: in arrays, in @graph, below
// mainEntity and hasPart.
func (p *parser) walk(v any, where string, depth int) {
	if depth > 50 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			p.walk(e, where, depth+1)
		}
	case map[string]any:
		if typed(v, "Question") {
			p.add(p.question(v), where)
			return
		}
		for _, key := range sorted(v) {
			p.walk(v[key], where, depth+1)
		}
	}
}

// sorted is the keys of an object: mainEntity first, the order of the page.
func sorted(m map[string]any) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if (a == "mainEntity") != (b == "mainEntity") {
			if a == "mainEntity" {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return keys
}

// typed reports whether an object is of a schema.org type.
func typed(m map[string]any, want string) bool {
	for _, t := range list(m["@type"]) {
		if s, ok := t.(string); ok && (s == want || strings.HasSuffix(s, "schema.org/"+want) || s == "schema:"+want) {
			return true
		}
	}
	return false
}

// list is a value as a list: JSON-LD leaves out the brackets around one.
func list(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

// str is the first text of a value: "x", ["x"], {"@value": "x"}.
func str(v any) string {
	for _, e := range list(v) {
		switch e := e.(type) {
		case string:
			return e
		case map[string]any:
			return str(e["@value"])
		}
	}
	return ""
}

var tag = regexp.MustCompile(`<[A-Za-z/!][^>]*>|&[a-zA-Z]+;|&#\d+;`)

// question is one Question as a draft.
func (p *parser) question(m map[string]any) Draft {
	d := Draft{}
	d.Title = tidyTitle(plainText(first(str(m["name"]), str(m["text"]))))
	for _, key := range []string{"acceptedAnswer", "suggestedAnswer"} {
		for _, a := range list(m[key]) {
			answer, ok := a.(map[string]any)
			if !ok || d.Text != "" {
				continue
			}
			d.Text = answerText(first(str(answer["text"]), str(answer["name"])))
			d.Sources = citations(answer["citation"])
		}
	}
	file, id, ok := strings.Cut(str(m["identifier"]), "#")
	if ok && contentName.MatchString(file) && idPattern.MatchString(id) {
		d.File, d.ID = file, file+"#"+id
	}
	for _, about := range list(m["about"]) {
		if thing, ok := about.(map[string]any); ok {
			d.Topic = knowledge.Topic(str(thing["name"]))
		}
	}
	return d
}

func first(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

// plainText is text that may be HTML, without it.
func plainText(s string) string {
	if !tag.MatchString(s) {
		return knowledge.Escape(strings.Join(strings.Fields(s), " "))
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return s
	}
	return knowledge.Escape(textOf(doc))
}

// answerText is an answer, HTML or plain, as Markdown.
func answerText(s string) string {
	if !tag.MatchString(s) {
		var blocks []string
		for _, b := range paragraphs(s) {
			for _, line := range b {
				mark := listMark.FindString(line)
				blocks = append(blocks, mark+knowledge.Escape(strings.TrimSpace(line[len(mark):])))
			}
		}
		return tidyText(strings.Join(blocks, "\n\n"))
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return ""
	}
	clean(doc, nil)
	return tidyText(toMarkdown(doc))
}

// citations are the sources that an answer names.
func citations(v any) []knowledge.Source {
	var out []knowledge.Source
	for _, c := range list(v) {
		switch c := c.(type) {
		case map[string]any:
			out = append(out, knowledge.Source{Title: strings.Join(strings.Fields(first(str(c["name"]), str(c["url"]))), " "), URL: str(c["url"])})
		case string:
			out = append(out, knowledge.Source{Title: c, URL: c})
		}
	}
	return slices.DeleteFunc(out, func(s knowledge.Source) bool { return !isURL(s.URL) || strings.ContainsAny(s.URL, " <>") })
}
