package transfer

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"massagefaq/knowledge"
)

// markdown imports Markdown: our own format whole, any other by its headings.
// A companion of ours has no answers to import.
func (p *parser) markdown() error {
	name := path.Base(strings.ReplaceAll(p.src.Name, "\\", "/"))
	if of, ok := knowledge.CompanionOf(name); ok {
		return fmt.Errorf("holds further phrasings and no answers; import %s and copy this file beside it", of)
	}
	text, err := p.src.text()
	if err != nil {
		return err
	}
	if ours(text) {
		return p.own(name, text)
	}
	for _, s := range split(stripFront(text)) {
		p.add(Draft{Passage: passage(s)}, "file")
	}
	if len(p.drafts) == 0 {
		return errors.New("no headings with text below them")
	}
	return nil
}

// ours reports whether text begins with front matter that names a topic.
func ours(text string) bool {
	front, _, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---")
	return ok && strings.HasPrefix(text, "---\n") && strings.Contains("\n"+front, "\ntopic:")
}

// stripFront leaves out the front matter of somebody else's format.
func stripFront(text string) string {
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		if _, body, ok := strings.Cut(rest, "\n---\n"); ok {
			return body
		}
	}
	return text
}

// own imports our own format. Links to passages in other files are kept.
func (p *parser) own(name, text string) error {
	if !contentName.MatchString(name) {
		name = "imported.md"
	}
	read := knowledge.ReadText(name, []byte(text))
	for _, m := range read.Mistakes {
		if !strings.Contains(m.Text, "does not exist") {
			p.note("%s", m)
		}
	}
	for _, d := range read.Passages {
		p.add(Draft{Passage: d}, "file")
	}
	if len(p.drafts) == 0 {
		return errors.New("no passages: " + strings.ReplaceAll(read.Mistakes.Error(), "\n", "; "))
	}
	return nil
}
