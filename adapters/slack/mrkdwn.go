package slack

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

var markdown = goldmark.New(goldmark.WithExtensions(
	extension.Linkify, extension.Strikethrough, extension.Table)).Parser()

// mrkdwn is an answer's Markdown in Slack's own markup: *bold*, _emphasis_,
// <url|text>, bullets, tables flattened to one bullet a row. Whatever else the
// text holds is shown as it stands: the signs that Slack gives a meaning to are
// escaped, so that nobody is mentioned and no link is made but those of the
// Markdown.
func mrkdwn(source string) string {
	src := []byte(strings.Map(visible, source))
	w := &mrkdwnWriter{source: src}
	w.blocks(markdown.Parse(text.NewReader(src)), "")
	return strings.TrimSpace(w.b.String())
}

type mrkdwnWriter struct {
	b      strings.Builder
	source []byte
	marks  []string // open emphasis, outermost first
	last   rune     // last sign written, 0 at the start
	closed bool     // that was the end of emphasis: a letter must not follow at once
}

// put writes markup as it is.
func (w *mrkdwnWriter) put(s string) {
	if s == "" {
		return
	}
	w.b.WriteString(s)
	w.last, _ = utf8.DecodeLastRuneInString(s)
	w.closed = false
}

// zeroWidth parts emphasis from a letter beside it: Slack reads the signs of
// emphasis only at the ends of words.
const zeroWidth = "\u200b"

// text writes what is to be shown as it stands.
func (w *mrkdwnWriter) text(s string) {
	if s == "" {
		return
	}
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case w.closed && wordRune(first):
		w.put(zeroWidth)
	case first == '>' && (w.last == 0 || w.last == '\n'):
		w.put(zeroWidth) // not a quotation
	}
	w.put(escape(literal(s, w.last)))
}

func (w *mrkdwnWriter) blocks(parent ast.Node, indent string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		before := w.b.Len()
		w.block(n, indent)
		if w.b.Len() > before && shows(n.NextSibling()) {
			w.gap(n, indent)
		}
	}
}

// shows reports whether the block and its later siblings come to anything.
func shows(n ast.Node) bool {
	for ; n != nil; n = n.NextSibling() {
		switch n.(type) {
		case *ast.HTMLBlock, *ast.LinkReferenceDefinition:
		default:
			return true
		}
	}
	return false
}

// gap parts two blocks: by a line within a tight list, else by an empty line.
func (w *mrkdwnWriter) gap(n ast.Node, indent string) {
	if _, item := n.Parent().(*ast.ListItem); !item {
		w.put("\n")
	}
	w.put("\n" + indent)
}

func (w *mrkdwnWriter) block(n ast.Node, indent string) {
	switch n := n.(type) {
	case *ast.Heading:
		w.emphasis(n, "*", indent)
	case *ast.List:
		w.list(n, indent)
	case *extast.Table:
		w.table(n, indent)
	case *ast.Blockquote:
		w.quote(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		code := strings.TrimRight(string(n.Lines().Value(w.source)), "\n")
		w.put("```\n" + escape(strings.ReplaceAll(code, "```", "\u02cb\u02cb\u02cb")) + "\n```")
	case *ast.ThematicBreak:
		w.put("\u2014\u2014\u2014")
	case *ast.HTMLBlock, *ast.LinkReferenceDefinition:
	default:
		w.inlines(n, indent)
	}
}

// quote writes its blocks apart, each line after a quotation sign.
func (w *mrkdwnWriter) quote(n ast.Node) {
	inner := &mrkdwnWriter{source: w.source}
	inner.blocks(n, "")
	w.put("> " + strings.ReplaceAll(strings.TrimSpace(inner.b.String()), "\n", "\n> "))
}

func (w *mrkdwnWriter) list(n *ast.List, indent string) {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if item.PreviousSibling() != nil {
			w.put("\n" + indent)
		}
		mark := "\u2022 "
		if n.IsOrdered() {
			mark = fmt.Sprintf("%d. ", number)
			number++
		}
		w.put(mark)
		w.blocks(item, indent+"    ")
	}
}

// table writes a row as a bullet: the first cell, then the others with the
// heading of their column. Slack has no tables in mrkdwn.
func (w *mrkdwnWriter) table(n *extast.Table, indent string) {
	var heads []ast.Node
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if _, header := row.(*extast.TableHeader); header {
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				heads = append(heads, cell)
			}
			continue
		}
		w.put("\u2022 ")
		w.row(row, heads, indent)
		if row.NextSibling() != nil {
			w.put("\n" + indent)
		}
	}
}

func (w *mrkdwnWriter) row(row ast.Node, heads []ast.Node, indent string) {
	column := 0
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		switch {
		case !cell.HasChildren():
		case column == 0:
			w.emphasis(cell, "*", indent)
		default:
			w.put(" \u00b7 ")
			if column < len(heads) && heads[column].HasChildren() {
				w.inlines(heads[column], indent)
				w.put(": ")
			}
			w.inlines(cell, indent)
		}
		column++
	}
}

func (w *mrkdwnWriter) inlines(n ast.Node, indent string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			w.text(resolve(c.Value(w.source), c.IsRaw()))
			if c.HardLineBreak() {
				w.newline(indent)
			} else if c.SoftLineBreak() {
				w.put(" ")
			}
		case *ast.String:
			w.text(string(c.Value))
		case *ast.CodeSpan:
			w.code(c)
		case *ast.Emphasis:
			w.emphasis(c, map[int]string{1: "_", 2: "*"}[c.Level], indent)
		case *extast.Strikethrough:
			w.emphasis(c, "~", indent)
		case *ast.Link:
			w.link(string(c.Destination), w.label(c))
		case *ast.Image:
			w.link(string(c.Destination), w.label(c))
		case *ast.AutoLink:
			w.link(string(c.URL(w.source)), string(c.Label(w.source)))
		case *ast.RawHTML:
		default:
			w.inlines(c, indent)
		}
	}
}

// newline breaks the line; emphasis does not reach over it.
func (w *mrkdwnWriter) newline(indent string) {
	for i := len(w.marks) - 1; i >= 0; i-- {
		w.put(w.marks[i])
	}
	w.put("\n" + indent)
	for _, m := range w.marks {
		w.put(m)
	}
}

// emphasis writes what n holds between two marks, unless it is within such
// marks already.
func (w *mrkdwnWriter) emphasis(n ast.Node, mark, indent string) {
	for _, open := range w.marks {
		if open == mark {
			w.inlines(n, indent)
			return
		}
	}
	if wordRune(w.last) || w.closed {
		w.put(zeroWidth)
	}
	w.put(mark)
	w.marks = append(w.marks, mark)
	w.inlines(n, indent)
	w.marks = w.marks[:len(w.marks)-1]
	w.put(mark)
	w.closed = true
}

func (w *mrkdwnWriter) code(n ast.Node) {
	code := strings.ReplaceAll(w.label(n), "`", "\u02cb")
	if wordRune(w.last) {
		w.put(zeroWidth)
	}
	w.put("`" + escape(code) + "`")
	w.closed = true
}

// link writes a link to the web or to a mailbox; anything else is its label.
func (w *mrkdwnWriter) link(target, label string) {
	target = linkTarget(resolve([]byte(target), false))
	label = strings.TrimSpace(label)
	switch {
	case target == "":
		w.text(label)
	case label == "" || label == target || "mailto:"+label == target:
		w.put("<" + target + ">")
	default:
		w.put("<" + target + "|" + escape(literal(label, 0)) + ">")
	}
}

// label is what n says, without any markup.
func (w *mrkdwnWriter) label(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.WriteString(resolve(c.Value(w.source), c.IsRaw() || n.Kind() == ast.KindCodeSpan))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(w.source))
		case *ast.RawHTML:
		default:
			b.WriteString(w.label(c))
		}
	}
	return strings.ReplaceAll(b.String(), "\n", " ")
}
