package knowledge

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// reader turns one file into passages.
type reader struct {
	*page
	file     string
	shared   traits // from the front matter
	passages []Passage
	refs     []reference
	places   []place // in step with passages
	mistakes *Mistakes

	part  string // where we are in a passage: "" the answer, or a label such as "sources"
	label int    // line of the label whose list is due; 0 when none is
	body  int    // offset where the answer begins
	stray bool   // text before the first heading was reported
}

// reference is a related link as it stands in a file.
type reference struct {
	from, to string // passage ids
	file     string
	line     int
}

// place is where the parts of a passage stand.
type place struct {
	text int    // line of the first line of the answer
	asks []spot // each other phrasing, in the passage's file or its companion
}

// The labels of the lists after an answer, in their order.
var labels = []string{"also asked", "sources", "related"}

// readPassages reads one file; what is wrong with it goes into ms.
func readPassages(f contentFile, ms *Mistakes) *reader {
	front, body, line, closed := splitFront(f.text)
	r := &reader{page: newPage(body, line), file: f.name, mistakes: ms, shared: traits{audience: Public}}
	switch {
	case !closed:
		ms.add(f.name, 1, "front matter has no end; write --- on a line of its own after it")
	case front == nil && line == 1:
		ms.add(f.name, 1, "no front matter; begin the file with ---, topic: ..., ---")
	}
	var whole bool
	r.shared, whole = readFront(f.name, front, ms)
	for n := r.parse().FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n)
	}
	r.finish(len(r.source))
	if len(r.passages) == 0 {
		ms.add(f.name, 0, "no passages; each begins with a heading such as: ## How long is a visit? {#length}")
	}
	if whole && closed && line > 1 {
		r.checkTopics()
	}
	return r
}

// checkTopics reports, once a file, that passages have no topic.
func (r *reader) checkTopics() {
	for _, p := range r.passages {
		if p.Topic == "" {
			r.mistakes.add(r.file, 1, "front matter has no topic; want one of %s", topicList())
			return
		}
	}
}

func (r *reader) mistake(n ast.Node, format string, args ...any) {
	r.mistakes.add(r.file, r.line(start(n)), format, args...)
}

func (r *reader) current() *Passage {
	if len(r.passages) == 0 {
		return nil
	}
	return &r.passages[len(r.passages)-1]
}

// block takes one block at the top of the document.
func (r *reader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n)
		return
	case *ast.LinkReferenceDefinition:
		r.mistake(n, "links are written in full where they stand: [text](https://...)")
		return
	case *ast.HTMLBlock:
		if r.current() == nil { // a comment to writers at the top of the file
			return
		}
	case *ast.Paragraph:
		if strings.HasPrefix(string(n.Lines().Value(r.source)), "##") {
			r.mistake(n, "a heading needs a space after ##")
		}
	}
	p := r.current()
	switch {
	case p == nil && !r.stray:
		r.stray = true
		r.mistake(n, "text before the first heading")
	case p == nil:
	case r.isLabel(n):
	case r.label > 0:
		r.list(p, n)
	case r.part != "":
		r.mistake(n, "text after the list of %s; the answer comes before it", r.part)
	}
}

func (r *reader) heading(n *ast.Heading) {
	if !strings.HasPrefix(strings.TrimLeft(r.lineText(n), " "), "#") {
		r.mistake(n, "an underlined heading; write ## before it instead")
		return
	}
	if n.Level != 2 {
		r.mistake(n, "a heading of level %d; use ## for each question and no other headings", n.Level)
		return
	}
	r.finish(r.lineStart(start(n)))
	r.part, r.body = "", r.lineEnd(start(n))
	r.passages = append(r.passages, r.newPassage(n))
	r.places = append(r.places, place{})
}

func (r *reader) lineText(n ast.Node) string {
	return string(r.source[r.lineStart(start(n)):r.lineEnd(start(n))])
}

func (r *reader) newPassage(n *ast.Heading) Passage {
	own := r.shared
	id := r.attributes(n, &own)
	p := Passage{
		ID: r.file + "#" + id, Title: inline(n, r.source), Topic: own.topic, Audience: own.audience, Care: own.care,
		Reviewed: own.reviewed, ReviewBy: own.reviewBy, File: r.file, Line: r.line(start(n)),
	}
	switch {
	case p.Title == "":
		r.mistake(n, "a heading without a question")
	case strings.ContainsAny(p.Title, "{}"):
		r.mistake(n, `heading attributes are not understood; write {#id topic=safety reviewed="2026-11-20"}, dates in quotes`)
	case id == "":
		r.mistake(n, "no id; write {#short-name} at the end of the heading")
	}
	return p
}

// passageID is what may stand after the # of an id.
var passageID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// attributes reads {#id key=value .care} into own and gives the id.
func (r *reader) attributes(n *ast.Heading, own *traits) (id string) {
	for _, a := range n.Attributes() {
		key, value := string(a.Name), attribute(a.Value)
		switch key {
		case "id":
			if id = value; !passageID.MatchString(id) {
				r.mistake(n, "id %q; use lower-case letters, digits and single hyphens", id)
			}
		case "class":
			if value != "care" {
				r.mistake(n, "unknown mark .%s (want .care)", value)
			}
			own.care = own.care || value == "care"
		default:
			if err := own.set(key, value); err != nil {
				r.mistake(n, "%v", err)
			}
		}
	}
	if own.reversed() && !r.shared.reversed() {
		r.mistake(n, "review_by is before reviewed")
	}
	return id
}

// attribute is an attribute's value as text: goldmark gives bytes, numbers and truths.
func attribute(v any) string {
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	return fmt.Sprint(v)
}

// finish ends the passage at hand, whose text reaches up to end.
func (r *reader) finish(end int) {
	p := r.current()
	if p == nil {
		return
	}
	r.due()
	if r.part == "" {
		r.answer(p, end)
	}
}

// answer cuts the answer out of the source.
func (r *reader) answer(p *Passage, end int) {
	raw := string(r.source[min(r.body, end):end])
	p.Text = strings.TrimSpace(raw)
	if p.Text == "" {
		r.mistakes.add(r.file, p.Line, "the answer is empty")
		return
	}
	at := r.body + strings.Index(raw, p.Text)
	r.places[len(r.places)-1].text = r.line(at)
	slots(p.Text, func(offset int, text string) { r.mistakes.add(r.file, r.line(at+offset), "%s", text) })
}
