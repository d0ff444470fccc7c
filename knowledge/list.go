package knowledge

import (
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// due reports a label whose list never came. Phrasings may be left to fill.
func (r *reader) due() {
	if r.label > 0 && r.part != "also asked" {
		r.mistakes.add(r.file, r.label, "%s is not followed by a list", r.part)
	}
	r.label = 0
}

// isLabel takes a paragraph such as "Sources:".
func (r *reader) isLabel(n ast.Node) bool {
	para, ok := n.(*ast.Paragraph)
	if !ok || para.Lines().Len() != 1 {
		return false
	}
	name, ok := strings.CutSuffix(strings.TrimSpace(strings.ReplaceAll(inline(n, r.source), " :", ":")), ":")
	if !ok {
		return false
	}
	name = strings.ToLower(name)
	rank := labelRank(name)
	if rank < 0 {
		if like := nearLabel(name); like != "" {
			r.mistake(n, "unknown list %q (want %s)", name, like)
		}
		return false
	}
	r.due()
	if was := labelRank(r.part); rank == was {
		r.mistake(n, "%s a second time", labels[rank])
	} else if rank < was {
		r.mistake(n, "%s comes before %s", labels[rank], labels[was])
	}
	if r.part == "" {
		r.answer(r.current(), r.lineStart(start(n)))
	}
	r.part, r.label = labels[rank], r.line(start(n))
	return true
}

func labelRank(name string) int {
	for i, l := range labels {
		if l == name {
			return i
		}
	}
	return -1
}

// nearLabel is the label that was probably meant, "" when none was.
func nearLabel(name string) string {
	switch name {
	case "also ask", "also", "asked", "also asked as", "also asked questions", "people also ask", "other questions":
		return "Also asked:"
	case "source", "references", "reference":
		return "Sources:"
	case "relate", "related questions", "related passages", "see also":
		return "Related:"
	}
	return ""
}

// list takes the list that belongs to the label before it.
func (r *reader) list(p *Passage, n ast.Node) {
	if n.Kind() == ast.KindHTMLBlock {
		return // a note to writers
	}
	list, ok := n.(*ast.List)
	if !ok {
		r.mistakes.add(r.file, r.label, "%s is not followed by a list", r.part)
		r.label = 0
		return
	}
	r.label = 0
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		switch r.part {
		case "also asked":
			r.ask(p, item)
		case "sources":
			r.cite(p, item)
		case "related":
			r.related(p, item)
		}
	}
}

// ask takes one other phrasing.
func (r *reader) ask(p *Passage, item ast.Node) {
	text, wrong := r.phrasing(item)
	if wrong != "" {
		r.mistake(item, "%s", wrong)
		return
	}
	line := r.line(start(item))
	if p.AsksLine == 0 {
		p.AsksLine = line
	}
	p.Asks = append(p.Asks, text)
	at := &r.places[len(r.places)-1]
	at.asks = append(at.asks, spot{r.file, line})
}

// phrasing is what a list item asks, or what is wrong with it.
func (p *page) phrasing(item ast.Node) (text, wrong string) {
	text = inline(item, p.source)
	switch only := item.FirstChild(); {
	case item.ChildCount() > 1:
		return "", nested
	case text == "":
		return "", "an empty phrasing"
	case only.Kind() != ast.KindTextBlock && only.Kind() != ast.KindParagraph:
		return "", nested // such as "- 24. December", whose number would be lost
	}
	return text, ""
}

const nested = "one phrasing a line, nothing nested in it"

// cite takes one source.
func (r *reader) cite(p *Passage, item ast.Node) {
	title, url, ok := r.link(item)
	if !ok || title == "" || !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		r.mistake(item, "a source is one link and nothing else: - [Title, Publisher](https://...)")
		return
	}
	p.Sources = append(p.Sources, Source{Title: title, URL: url})
}

// related takes one link to another passage; whether it exists is known later.
func (r *reader) related(p *Passage, item ast.Node) {
	_, target, ok := r.link(item)
	file, anchor, hasAnchor := strings.Cut(target, "#")
	if !ok || !hasAnchor || anchor == "" || strings.Contains(file, ":") {
		r.mistake(item, "a related passage is one link and nothing else: - [Its question](file.md#id)")
		return
	}
	if file == "" {
		file = path.Base(r.file)
	}
	id := path.Join(path.Dir(r.file), file) + "#" + anchor
	p.Related = append(p.Related, id)
	r.refs = append(r.refs, reference{p.ID, id, r.file, r.line(start(item))})
}

// link is the single link that a list item consists of.
func (r *reader) link(item ast.Node) (title, url string, ok bool) {
	if item.ChildCount() != 1 || item.FirstChild().ChildCount() != 1 {
		return "", "", false
	}
	l, ok := item.FirstChild().FirstChild().(*ast.Link)
	if !ok {
		return "", "", false
	}
	return inline(l, r.source), resolve(l.Destination, false), true
}
