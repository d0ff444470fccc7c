package transfer

import (
	"bytes"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	htmltomarkdown "github.com/JohannesKaufmann/html-to-markdown/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// html imports a web page: the FAQPage in its JSON-LD if it has one, or else
// each heading with the text below it.
func (p *parser) html() error {
	doc, err := p.document()
	if err != nil {
		return err
	}
	if found := p.embedded(doc); found {
		return nil
	}
	base, _ := url.Parse(p.src.Name)
	clean(doc, base)
	sections := p.sections(doc, base)
	for _, s := range sections {
		p.add(Draft{Passage: passage(s)}, "page")
	}
	if len(p.drafts) == 0 {
		return errors.New("no headings with text below them; is the page filled in by a script? Save it from the browser and import the file")
	}
	return nil
}

// document parses the page in the encoding that it declares.
func (p *parser) document() (*html.Node, error) {
	if len(bytes.TrimSpace(p.src.Data)) == 0 {
		return nil, errors.New("empty")
	}
	r, err := charset.NewReader(bytes.NewReader(p.src.Data), p.src.Type)
	if err != nil {
		return nil, err
	}
	return html.Parse(r)
}

// sections is the page's headings with their text: those of its main part. A
// page that marks none is looked at through a reader's eyes, unless that view
// loses many of the questions, as it does with folding ones.
func (p *parser) sections(doc *html.Node, base *url.URL) []section {
	if region := mainPart(doc); region != nil {
		if found := split(toMarkdown(region)); whole(found) > 0 {
			return found
		}
	}
	all := split(toMarkdown(doc))
	reader := readability.NewParser()
	article, err := reader.ParseDocument(copyOf(doc), base)
	if err != nil || article.Node == nil {
		return all
	}
	read := split(toMarkdown(article.Node))
	if 10*whole(read) >= 6*whole(all) {
		return read
	}
	return all
}

// whole is how many sections have both a title and text.
func whole(sections []section) int {
	n := 0
	for _, s := range sections {
		if s.title != "" && s.text != "" {
			n++
		}
	}
	return n
}

// copyOf is the document again, since a reader's view changes what it reads.
func copyOf(doc *html.Node) *html.Node {
	var b bytes.Buffer
	if err := html.Render(&b, doc); err != nil {
		return doc
	}
	again, err := html.Parse(&b)
	if err != nil {
		return doc
	}
	return again
}

// toMarkdown converts part of a page whose links are absolute already.
func toMarkdown(n *html.Node) string {
	md, err := htmltomarkdown.ConvertNode(n)
	if err != nil {
		return ""
	}
	return linkTarget.ReplaceAllStringFunc(string(md), func(target string) string {
		whole := brackets.Replace(target)
		if strings.Count(whole, "(") != strings.Count(whole, ")") {
			return target
		}
		return whole
	})
}

// Round brackets in an address are written as they are where they match, as
// people write them.
var (
	linkTarget = regexp.MustCompile(`\]\([^()\s]*\)`)
	brackets   = strings.NewReplacer("%28", "(", "%29", ")")
)

// mainPart is the one part of a page that says of itself that it is the main
// one, nil when none or several do.
func mainPart(doc *html.Node) *html.Node {
	for _, is := range []func(*html.Node) bool{
		func(n *html.Node) bool { return n.Data == "main" || attr(n, "role") == "main" },
		func(n *html.Node) bool { return n.Data == "article" },
	} {
		var found []*html.Node
		for n := range elements(doc) {
			if is(n) && !within(n, found) {
				found = append(found, n)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
	}
	return nil
}

func within(n *html.Node, parents []*html.Node) bool {
	for _, p := range parents {
		for a := n.Parent; a != nil; a = a.Parent {
			if a == p {
				return true
			}
		}
	}
	return false
}

// elements yields every element below n. Those removed meanwhile are passed over.
func elements(n *html.Node) func(func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		var all []*html.Node
		for d := range n.Descendants() {
			if d.Type == html.ElementNode {
				all = append(all, d)
			}
		}
		for _, d := range all {
			if !yield(d) {
				return
			}
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, key) {
			return a.Val
		}
	}
	return ""
}

// textOf is the text within a node, on one line.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
