package knowledge

import (
	"bytes"
	"html"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	htmlrender "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// page is one Markdown document with the way back from bytes to lines.
type page struct {
	source []byte
	first  int   // line of the first byte in its file
	breaks []int // offset of each "\n"
}

func newPage(source []byte, first int) *page {
	p := &page{source: source, first: first}
	for i, c := range source {
		if c == '\n' {
			p.breaks = append(p.breaks, i)
		}
	}
	return p
}

// line is the line, in the file, of a byte offset.
func (p *page) line(offset int) int { return p.first + sort.SearchInts(p.breaks, offset) }

// lineEnd is the offset just after the line that offset stands on.
func (p *page) lineEnd(offset int) int {
	if i := sort.SearchInts(p.breaks, offset); i < len(p.breaks) {
		return p.breaks[i] + 1
	}
	return len(p.source)
}

// lineStart is the offset of the first byte of the line that offset stands on.
func (p *page) lineStart(offset int) int {
	if i := sort.SearchInts(p.breaks, offset); i > 0 {
		return p.breaks[i-1] + 1
	}
	return 0
}

// structure parses headings with attributes, lists and links; tables and the
// like are no part of the content format.
var structure = parser.NewParser(
	parser.WithBlockParsers(parser.DefaultBlockParsers()...),
	parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	parser.WithHeadingAttribute(),
)

func (p *page) parse() ast.Node { return structure.Parse(text.NewReader(p.source)) }

// start is the offset at which a block begins.
func start(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
		if pos := n.Pos(); pos >= 0 {
			return pos
		}
	}
	return 0
}

// inline is the plain text within a block, on one line: markup left out,
// escapes and entities resolved, runs of space made one.
func inline(n ast.Node, source []byte) string {
	var b bytes.Buffer
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(resolve(n.Value(source), n.IsRaw()))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// resolve undoes escapes and entities just as the HTML renderer would.
func resolve(raw []byte, verbatim bool) string {
	if verbatim {
		return string(raw)
	}
	var b bytes.Buffer
	w := bufWriter{&b}
	htmlrender.DefaultWriter.Write(w, raw)
	return html.UnescapeString(b.String())
}

// bufWriter lets goldmark's writer write to a buffer.
type bufWriter struct{ *bytes.Buffer }

func (bufWriter) Available() int { return 0 }
func (bufWriter) Buffered() int  { return 0 }
func (bufWriter) Flush() error   { return nil }
