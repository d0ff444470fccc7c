package knowledge

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// companionEnd ends the name of a companion: insurance.asked.md beside
// insurance.md holds further phrasings of its passages and nothing else.
const companionEnd = ".asked.md"

// CompanionOf is the file whose passages a file of that name has phrasings of:
// "insurance.md" for "insurance.asked.md". It is not ok when name is no companion.
func CompanionOf(name string) (file string, ok bool) {
	base, ok := strings.CutSuffix(name, companionEnd)
	return base + ".md", ok
}

// companion turns one companion into phrasings of its owner's passages.
type companion struct {
	*page
	file, owner string
	of          *reader         // the owner as read; nil when there is none
	sections    map[string]int  // line of the heading, by passage id
	asked       map[string]spot // every phrasing of the passage at hand, folded
	begun       bool            // a heading of any level was met
	passage     int             // the passage at hand in of.passages; -1 for none
	list        int             // line of its list; 0 before it
	mistakes    *Mistakes
}

// readCompanion adds a companion's phrasings to the passages of its owner,
// which is nil when there is none; what is wrong with it goes into ms.
func readCompanion(f contentFile, of *reader, ms *Mistakes) {
	file, _ := CompanionOf(f.name)
	front, body, line, _ := splitFront(f.text)
	c := &companion{page: newPage(body, line), file: f.name, owner: file, of: of, sections: map[string]int{}, passage: -1, mistakes: ms}
	if of == nil && !ms.about(file) { // an owner that cannot be read has its own mistake
		ms.add(f.name, 0, "there is no file of passages named %s; further phrasings stand beside the file of their passages", file)
	}
	if front != nil || line > 1 {
		ms.add(f.name, 1, "front matter is not for this file; what %s says holds here too", path.Base(file))
	}
	for n := c.parse().FirstChild(); n != nil; n = n.NextSibling() {
		c.block(n)
	}
}

// about reports whether any of the mistakes is in the file.
func (ms Mistakes) about(file string) bool {
	return slices.ContainsFunc(ms, func(m Mistake) bool { return m.File == file })
}

func (c *companion) mistake(n ast.Node, format string, args ...any) {
	c.mistakes.add(c.file, c.line(start(n)), format, args...)
}

// block takes one block at the top of the document.
func (c *companion) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		c.heading(n)
		c.begun = true
		return
	case *ast.HTMLBlock:
		if n.HTMLBlockType == ast.HTMLBlockType2 { // a comment is a note to writers
			return
		}
	case *ast.List:
		c.phrasings(n)
		return
	case *ast.Paragraph:
		if strings.HasPrefix(string(n.Lines().Value(c.source)), "##") {
			c.mistake(n, "a heading needs a space after ##")
			c.begin(-1)
			return
		}
	}
	c.mistake(n, "text that is not in a list; only phrasings stand here, each on a line that begins with -")
}

// heading takes the title of the file or the id of a passage.
func (c *companion) heading(n *ast.Heading) {
	line := string(c.source[c.lineStart(start(n)):c.lineEnd(start(n))])
	switch {
	case !strings.HasPrefix(strings.TrimLeft(line, " "), "#"):
		c.mistake(n, "an underlined heading; write ## before it instead")
	case n.Level == 1 && !c.begun:
		return
	case n.Level != 2:
		c.mistake(n, "a heading of level %d; use ## for each passage, and # once at the top", n.Level)
	default:
		c.begin(c.section(n, c.id(n)))
		return
	}
	c.begin(-1)
}

// id is the passage id that a heading names; "" when it is no id.
func (c *companion) id(n *ast.Heading) string {
	id := inline(n, c.source)
	if own, ok := n.AttributeString("id"); ok {
		id = attribute(own)
	}
	switch {
	case len(n.Attributes()) > 0:
		c.mistake(n, "a heading here is the id and nothing else; write ## %s", cmp.Or(id, "id"))
	case id == "":
		c.mistake(n, "a heading without an id; write the id of a passage in %s", c.owner)
	}
	return id
}

// section is the place, in of.passages, of the passage with that id; -1 when
// there is none.
func (c *companion) section(n *ast.Heading, id string) int {
	if id == "" {
		return -1
	}
	if first, twice := c.sections[id]; twice {
		c.mistake(n, "id %q again, first used on line %d; put all its phrasings there", id, first)
	} else {
		c.sections[id] = c.line(start(n))
	}
	if c.of == nil {
		return -1
	}
	if i := slices.IndexFunc(c.of.passages, func(p Passage) bool { return p.ID == c.owner+"#"+id }); i >= 0 {
		return i
	}
	instead := "write an id that stands there as {#id}"
	for _, p := range c.of.passages {
		if fold(p.Title) == fold(id) {
			instead = "write the id of this question, ## " + strings.TrimPrefix(p.ID, c.owner+"#")
		}
	}
	c.mistake(n, "%s has no passage with the id %q; %s", c.owner, id, instead)
	return -1
}

// begin turns to the phrasings of a passage, which has its own already.
func (c *companion) begin(passage int) {
	c.passage, c.list, c.asked = passage, 0, map[string]spot{}
	if passage < 0 {
		return
	}
	p, at := c.of.passages[passage], c.of.places[passage]
	c.asked[fold(p.Title)] = spot{p.File, p.Line}
	for i, a := range p.Asks {
		c.asked[fold(a)] = at.asks[i]
	}
}

// phrasings takes a list.
func (c *companion) phrasings(list *ast.List) {
	switch {
	case c.asked == nil:
		c.mistake(list, "phrasings before the first ## heading; each list stands under the id of its passage")
		c.asked = map[string]spot{}
	case c.list > 0:
		c.mistake(list, "a second list; put its phrasings into the one on line %d", c.list)
	default:
		c.list = c.line(start(list))
	}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		c.ask(item)
	}
}

// ask takes one phrasing.
func (c *companion) ask(item ast.Node) {
	text, wrong := c.phrasing(item)
	if wrong != "" {
		c.mistake(item, "%s", wrong)
		return
	}
	here := spot{c.file, c.line(start(item))}
	if first, twice := c.asked[fold(text)]; twice {
		c.mistake(item, "the phrasing %q again, first on %s:%d", text, first.file, first.line)
		return
	}
	c.asked[fold(text)] = here
	if c.passage >= 0 {
		p, at := &c.of.passages[c.passage], &c.of.places[c.passage]
		p.Asks, at.asks = append(p.Asks, text), append(at.asks, here)
	}
}
