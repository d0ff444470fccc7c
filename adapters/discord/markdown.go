package discord

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Discord's Markdown is not CommonMark: a line end is a line end, headings have
// three levels, HTML is shown as it stands, "<@1>" calls somebody, "||" hides,
// and a masked link must be http, with a label that does not look like a link.

// A writer turns content into Discord's Markdown.
type writer struct {
	source []byte
	link   func(dest string) string // web address for a link's destination; "" shows the label only
}

func newWriter(md string, link func(string) string) *writer {
	return &writer{source: []byte(strings.ToValidUTF8(md, "\uFFFD")), link: link}
}

// convert renders Markdown as the blocks of a Discord text, to be joined by
// empty lines. link resolves destinations; nil keeps http links and drops others.
func convert(md string, link func(string) string) []string {
	if link == nil {
		link = webLink
	}
	w := newWriter(md, link)
	return w.blocks(goldmark.DefaultParser().Parse(text.NewReader(w.source)))
}

// plainText is Markdown without its marks, for labels and menus, on one line.
func plainText(md string) string {
	w := newWriter(md, nil)
	var parts []string
	ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(w.source)), func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if enter {
				parts = append(parts, w.literal(n))
			}
		case *ast.AutoLink:
			if enter {
				parts = append(parts, string(n.Label(w.source)))
			}
		}
		if !enter && n.Type() == ast.TypeBlock {
			parts = append(parts, " ")
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(strings.Join(parts, "")), " ")
}

func (w *writer) blocks(parent ast.Node) []string {
	var out []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if b := w.block(n); strings.TrimSpace(b) != "" {
			out = append(out, b)
		}
	}
	return out
}

func (w *writer) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return guardLines(w.inline(n))
	case *ast.Heading:
		// The card has headings of its own; one within an answer is a bold line.
		return "**" + escape(strings.Join(strings.Fields(w.words(n)), " ")) + "**"
	case *ast.List:
		return w.list(n)
	case *ast.Blockquote:
		return indent(strings.Join(w.blocks(n), "\n"), "> ", "> ")
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return w.code(n)
	}
	return "" // HTML and rules have no place in an answer
}

func (w *writer) list(l *ast.List) string {
	var items []string
	number := l.Start
	for n := l.FirstChild(); n != nil; n = n.NextSibling() {
		mark := "- "
		if l.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		if body := strings.Join(w.blocks(n), "\n"); body != "" {
			items = append(items, indent(body, mark, strings.Repeat(" ", len(mark))))
		}
	}
	return strings.Join(items, "\n")
}

func (w *writer) code(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(w.source))
	}
	body := strings.TrimRight(b.String(), "\n")
	if body == "" {
		return ""
	}
	return "```\n" + strings.ReplaceAll(body, "```", "`\u200b``") + "\n```"
}

// inline renders the children of n. Neighbouring texts are joined before they
// are escaped, since the parser splits at every special character.
func (w *writer) inline(n ast.Node) string {
	var out, pending strings.Builder
	flush := func() {
		out.WriteString(escape(pending.String()))
		pending.Reset()
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			flush()
			out.WriteString(w.span(c))
			continue
		}
		pending.WriteString(w.literal(t))
	}
	flush()
	return strings.TrimSpace(out.String())
}

func (w *writer) span(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Emphasis:
		inner := w.inline(n)
		mark := strings.Repeat("*", n.Level)
		if inner == "" || strings.HasPrefix(inner, "*") || strings.HasSuffix(inner, "*") {
			return inner // "****" would show as stars
		}
		return mark + inner + mark
	case *ast.CodeSpan:
		return codeSpan(w.words(n))
	case *ast.Link:
		return masked(w.words(n), w.link(string(n.Destination)))
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkEmail {
			return escape(string(n.Label(w.source)))
		}
		return masked("", w.link(string(n.URL(w.source))))
	case *ast.Image:
		return escape(w.words(n))
	case *ast.RawHTML:
		return ""
	}
	return w.inline(n)
}

// literal is a text's characters, with backslashes and entities resolved.
func (w *writer) literal(t *ast.Text) string {
	raw := t.Segment.Value(w.source)
	if !t.IsRaw() {
		raw = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(raw)))
	}
	s := string(raw)
	switch {
	case t.HardLineBreak():
		return s + "\n"
	case t.SoftLineBreak():
		return s + " "
	}
	return s
}

// words is the text below n without any marks.
func (w *writer) words(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.WriteString(w.literal(t))
		} else {
			b.WriteString(w.words(c))
		}
	}
	return b.String()
}

// webLink keeps http and https links.
func webLink(dest string) string {
	u, err := url.Parse(strings.TrimSpace(dest))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	// Discord ends a masked link at the first parenthesis.
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E").Replace(u.String())
}

// looksLikeLink matches labels with which Discord shows a masked link as it is
// written, to protect people from being misled.
var looksLikeLink = regexp.MustCompile(`(?i)://|discord\.gg|^\s*www\.`)

// masked is a link that shows label. Without an address it is the label alone;
// without a label, or with one that Discord would not mask, the bare address.
func masked(label, address string) string {
	label = strings.Join(strings.Fields(label), " ")
	switch {
	case address == "":
		return escape(label)
	case label == "" || looksLikeLink.MatchString(label):
		return "<" + address + ">"
	}
	return "[" + escape(strings.NewReplacer("[", "(", "]", ")").Replace(label)) + "](" + address + ")"
}

func codeSpan(s string) string {
	if s == "" {
		return ""
	}
	if strings.Contains(s, "`") {
		return "`` " + strings.ReplaceAll(s, "``", "`\u200b`") + " ``"
	}
	return "`" + s + "`"
}

// indent puts first before the first line of s, and rest before the others.
func indent(s, first, rest string) string {
	return first + strings.ReplaceAll(s, "\n", "\n"+rest)
}
