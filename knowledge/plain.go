package knowledge

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Plain is an answer as text for a terminal: lists as "- ", a link as
// "text (url)", paragraphs apart by an empty line, no control characters.
func Plain(markdown string) string {
	source := []byte(markdown)
	w := &plainWriter{source: source}
	w.blocks(structure.Parse(text.NewReader(source)), "")
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, w.b.String())
	return strings.TrimSpace(clean)
}

type plainWriter struct {
	b      strings.Builder
	source []byte
}

// blocks writes the blocks within n, each line after the first indented.
func (w *plainWriter) blocks(n ast.Node, indent string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.PreviousSibling() != nil {
			w.b.WriteString("\n" + indent)
			if list, ok := n.Parent().(*ast.List); !ok || !list.IsTight {
				w.b.WriteString("\n" + indent)
			}
		}
		w.block(c, indent)
	}
}

func (w *plainWriter) block(n ast.Node, indent string) {
	switch n := n.(type) {
	case *ast.List:
		w.list(n, indent)
	case *ast.HTMLBlock, *ast.LinkReferenceDefinition:
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		code := strings.TrimRight(string(n.Lines().Value(w.source)), "\n")
		w.b.WriteString(strings.ReplaceAll(code, "\n", "\n"+indent))
	case *ast.ThematicBreak:
		w.b.WriteString("---")
	case *ast.Blockquote:
		w.blocks(n, indent)
	default:
		w.inlines(n, indent)
	}
}

func (w *plainWriter) list(n *ast.List, indent string) {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if item.PreviousSibling() != nil {
			w.b.WriteString("\n" + indent)
		}
		mark := "- "
		if n.IsOrdered() {
			mark = fmt.Sprintf("%d. ", number)
			number++
		}
		w.b.WriteString(mark)
		w.blocks(item, indent+strings.Repeat(" ", len(mark)))
	}
}

func (w *plainWriter) inlines(n ast.Node, indent string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			w.b.WriteString(resolve(c.Value(w.source), c.IsRaw()))
			if c.HardLineBreak() {
				w.b.WriteString("\n" + indent)
			} else if c.SoftLineBreak() {
				w.b.WriteByte(' ')
			}
		case *ast.String:
			w.b.Write(c.Value)
		case *ast.AutoLink:
			w.b.Write(c.Label(w.source))
		case *ast.Link:
			w.link(c, indent)
		case *ast.RawHTML:
		default:
			w.inlines(c, indent)
		}
	}
}

func (w *plainWriter) link(n *ast.Link, indent string) {
	before := w.b.Len()
	w.inlines(n, indent)
	label, url := w.b.String()[before:], resolve(n.Destination, false)
	if url != "" && label != url && "mailto:"+label != url && "tel:"+label != url {
		w.b.WriteString(" (" + url + ")")
	}
}
