package transfer

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// junk is elements that hold no text of the page.
var junk = map[string]bool{
	"script": true, "style": true, "noscript": true, "template": true, "svg": true, "img": true, "picture": true, "video": true, "audio": true,
	"iframe": true, "canvas": true, "object": true, "embed": true, "input": true, "select": true, "textarea": true, "map": true, "hr": true,
	"nav": true, "form": true, "dialog": true, "figcaption": true, "menu": true, "head": true,
}

var (
	junkRoles = []string{"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary", "menu", "menubar", "img"}
	junkClass = regexp.MustCompile(`(?i)(^|[\s_-])(cookies?|consent|breadcrumbs?|nav|navbar|navigation|menu|share|sharing|social|newsletter|subscribe|sidebar|popup|modal|comments?|pagination|related-posts|skip-link|screen-reader-text|sr-only|visually-hidden|footer|masthead|announcement|promo)($|[\s_-])`)
	question  = regexp.MustCompile(`(?i)(accordion|faq|toggle|collapse|expand|question)[\w-]*(title|header|heading|question|button|toggle|label|trigger|q)\b|\b(faq|accordion)[_-]?(q|question)\b`)
)

var headings = []string{"h1", "h2", "h3", "h4", "h5", "h6"}

// clean leaves of a page what people read: navigation and the like go, folding
// questions become headings, links become absolute.
func clean(doc *html.Node, base *url.URL) {
	for n := range elements(doc) {
		switch {
		case n.Parent == nil || n.Data == "html" || n.Data == "body":
		case isJunk(n):
			n.Parent.RemoveChild(n)
		case folds(n):
			heading(n)
		case n.Data == "button":
			rename(n, atom.Span)
		case n.Data == "details":
			rename(n, atom.Div)
		case n.Data == "table":
			flatten(n)
		case n.Data == "a":
			link(n, base)
		}
	}
	for n := range elements(doc) {
		if (n.Data == "ul" || n.Data == "ol" || n.Data == "li" || n.Data == "blockquote") && holdsHeading(n) {
			rename(n, atom.Div) // a list of questions is no list to us
		}
	}
	dropComments(doc)
}

func dropComments(doc *html.Node) {
	for _, n := range slices.Collect(doc.Descendants()) {
		if n.Type == html.CommentNode && n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// isJunk reports whether an element is not part of what the page says.
func isJunk(n *html.Node) bool {
	inMain := inside(n, "main", "article")
	switch {
	case junk[n.Data]:
		return true
	case n.Data == "header", n.Data == "footer", n.Data == "aside":
		return !inMain
	case inside(n, headings...), slices.Contains(headings, n.Data):
		return false
	case n.Data == "button":
		return !folds(n)
	}
	return slices.Contains(junkRoles, attr(n, "role")) || junkClass.MatchString(attr(n, "class")+" "+attr(n, "id")) && !holdsMain(n)
}

func inside(n *html.Node, names ...string) bool {
	for a := n.Parent; a != nil; a = a.Parent {
		if a.Type == html.ElementNode && slices.Contains(names, a.Data) {
			return true
		}
	}
	return false
}

// holdsMain reports whether the main part is within an element, as when a page
// builder marks the body's wrapper "has-sidebar".
func holdsMain(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (d.Data == "main" || d.Data == "article" || attr(d, "role") == "main") {
			return true
		}
	}
	return false
}

// folds reports whether an element is the part of a folding question that is
// always seen: what one clicks on.
func folds(n *html.Node) bool {
	if inside(n, append([]string{"summary", "dt", "button"}, headings...)...) || holdsHeading(n) {
		return false
	}
	words := len(strings.Fields(textOf(n)))
	if words < 2 || words > 40 {
		return false
	}
	switch n.Data {
	case "summary", "dt":
		return true
	case "button", "div", "span", "a", "p":
		opens := attr(n, "aria-expanded") != "" || attr(n, "aria-controls") != "" || attr(n, "role") == "tab"
		return opens || question.MatchString(attr(n, "class")) && !holdsBlock(n)
	}
	return false
}

func holdsHeading(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && slices.Contains(headings, d.Data) {
			return true
		}
	}
	return false
}

func holdsBlock(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && slices.Contains([]string{"p", "ul", "ol", "table", "section"}, d.Data) {
			return true
		}
	}
	return false
}

// heading makes an element a heading with its text.
func heading(n *html.Node) {
	text := textOf(n)
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	n.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	rename(n, atom.H3)
}

func rename(n *html.Node, to atom.Atom) { n.Data, n.DataAtom, n.Attr = to.String(), to, nil }

// flatten makes a table a list with an item for each row: "Monday: 9 to 5". A
// table that only places things on the page loses its lines and no more.
func flatten(table *html.Node) {
	layout := holdsHeading(table) || holdsBlock(table)
	for n := range elements(table) {
		switch n.Data {
		case "tr", "td", "th", "thead", "tbody", "tfoot", "caption":
			if layout || n.Data != "tr" {
				rename(n, atom.Div)
				continue
			}
			var cells []string
			for c := range n.ChildNodes() {
				if text := textOf(c); text != "" {
					cells = append(cells, text)
				}
			}
			for n.FirstChild != nil {
				n.RemoveChild(n.FirstChild)
			}
			n.AppendChild(&html.Node{Type: html.TextNode, Data: strings.Replace(strings.Join(cells, ", "), ", ", ": ", 1)})
			rename(n, atom.Li)
		}
	}
	rename(table, atom.Div)
	if !layout {
		rename(table, atom.Ul)
	}
}

// link makes a link absolute. One that leads nowhere useful on its own, such as
// to a place on the page, leaves its text only.
func link(n *html.Node, base *url.URL) {
	target, err := url.Parse(strings.TrimSpace(attr(n, "href")))
	if err == nil && base != nil && base.IsAbs() {
		target = base.ResolveReference(target)
	}
	keep := err == nil && (target.Scheme == "https" || target.Scheme == "http" || target.Scheme == "tel" || target.Scheme == "mailto") &&
		!strings.HasPrefix(attr(n, "href"), "#") && textOf(n) != ""
	if keep {
		n.Attr = []html.Attribute{{Key: "href", Val: target.String()}}
		return
	}
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}
