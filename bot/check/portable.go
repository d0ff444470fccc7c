package check

import (
	"path"
	"regexp"
	"strings"
	"sync"

	"massagefaq/knowledge"
)

// unportable is Markdown that Slack, Discord and a web page show differently,
// or not at all. What is left is paragraphs, bold and italic, plain lists and
// links, which every channel has.
var unportable = []struct {
	pattern *regexp.Regexp
	text    string
}{
	{regexp.MustCompile(`(?m)^ {0,3}#{1,6}[ \t]`), "a heading within an answer; use a bold word or leave it out"},
	{regexp.MustCompile(`(?m)^ {0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?)?[ \t]*$`), "a table; chats have none, use a list"},
	{regexp.MustCompile(`!\[`), "an image; chats show its address only, say it in words"},
	{regexp.MustCompile(`</?[A-Za-z][^>\n:@]*>|<!--`), "HTML; chats show it as it stands, use Markdown"},
	{regexp.MustCompile("(?m)^ {0,3}(?:```|~~~)|`"), "code marks; write it as plain text"},
	{regexp.MustCompile(`(?m)^ {0,3}>`), "a quotation; Discord and Slack give it a bar, the web page indents it; leave out the >"},
	{regexp.MustCompile(`(?m)^[ \t]{2,}(?:[-+*]|\d+[.)])[ \t]`), "a list within a list; Slack shows it flat, make it one list"},
	{regexp.MustCompile(`(?m)^ {0,3}[-+*] \[[ xX]\]`), "a box to tick; chats show brackets"},
	{regexp.MustCompile(`~`), "a ~; Slack and Discord strike through what stands between two, write about or to"},
	{regexp.MustCompile(`__`), "a double underscore; Discord underlines with it, use ** for bold"},
	{regexp.MustCompile(`\|\|`), "||; Discord hides what stands between two"},
	{regexp.MustCompile(`(?m)^-#`), "-# at the start of a line; Discord makes it small print"},
	{regexp.MustCompile(`@(?:everyone|here|channel)\b|<[@#!]`), "a mention; chats would call everybody"},
	{regexp.MustCompile(`&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);`), "an HTML entity; write the character itself"},
	{regexp.MustCompile(`\\\n|  \n`), "a forced line break; chats show it differently, begin a paragraph or a list"},
	{regexp.MustCompile(`(?m)^ {0,3}(?:\*[ \t]*){3,}$|^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$`), "a ruled line; chats have none"},
	{regexp.MustCompile(`\]\([^)\n]*[ \t]"`), "a link with a tooltip; chats have none, leave it out"},
	{regexp.MustCompile(`\]\[`), "a link with a reference; write the address in full: [text](https://...)"},
	{regexp.MustCompile(`\$\$|(?:^|\s):[a-z_]+:(?:\s|$)`), "a mark that some chats turn into something else"},
	{regexp.MustCompile(`(?m)^ {4,}[^\s\-+*\d]|^\t`), "indented text; the web page shows it as code"},
}

// unportableHints are those of unportable, in step.
var unportableHints = sync.OnceValue(func() []hints {
	all := make([]hints, len(unportable))
	for i, u := range unportable {
		all[i] = hintsOf(u.pattern)
	}
	return all
})

// portable reports Markdown that would look different from channel to channel.
func (c *checker) portable(p knowledge.Passage) {
	lower := strings.ToLower(p.Text)
	for i, u := range unportable {
		if !unportableHints()[i].in(lower) {
			continue
		}
		if at := u.pattern.FindStringIndex(p.Text); at != nil {
			lead := len(p.Text[at[0]:at[1]]) - len(strings.TrimLeft(p.Text[at[0]:at[1]], "\n "))
			c.add(Error, "portable", p.File, c.TextLine(p, at[0]+lead), "%s", u.text)
		}
	}
}

var links = regexp.MustCompile(`\]\(([^)\n]*)\)|<((?:https?|mailto|tel):[^>\n]*)>`)

// links reports links in answers that lead nowhere or only on a code host.
func (c *checker) links(p knowledge.Passage) {
	for _, at := range links.FindAllStringSubmatchIndex(p.Text, -1) {
		line := c.TextLine(p, at[0])
		if at[2] < 0 {
			continue
		}
		target := strings.TrimSpace(p.Text[at[2]:at[3]])
		scheme, _, has := strings.Cut(target, ":")
		switch {
		case target == "":
			c.add(Error, "link", p.File, line, "a link without an address")
		case has && (scheme == "https" || scheme == "http" || scheme == "tel" || scheme == "mailto"):
		case has:
			c.add(Error, "link", p.File, line, "a %s: link; only https, http, tel and mailto are shown", scheme)
		default:
			c.relative(p, line, target)
		}
	}
}

// relative reports a link to another content file from within an answer.
func (c *checker) relative(p knowledge.Passage, line int, target string) {
	file, anchor, _ := strings.Cut(target, "#")
	if file == "" {
		file = path.Base(p.File)
	}
	id := path.Join(path.Dir(p.File), file) + "#" + anchor
	to, ok := c.passage(id)
	switch {
	case !ok:
		c.add(Error, "link", p.File, line, "the link leads to %s, which does not exist", id)
	case p.Audience == knowledge.Public && to.Audience == knowledge.Staff:
		c.add(Error, "staff", p.File, line, "a public answer links to the staff passage %s", id)
	default:
		c.add(Error, "link", p.File, line, "the link to %s works on a code host only; name it under Related:", id)
	}
}

// passage finds a passage by its ID.
func (c *checker) passage(id string) (knowledge.Passage, bool) {
	for _, p := range c.Passages {
		if p.ID == id {
			return p, true
		}
	}
	return knowledge.Passage{}, false
}
