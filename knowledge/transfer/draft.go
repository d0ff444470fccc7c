package transfer

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"massagefaq/knowledge"
)

// A File is a content file as it would be written.
type File struct {
	Name string // path within the folder: "insurance.md"
	Text string
}

// Files is the drafts as content files, one for each topic. Load reads them,
// and check says what they lack.
func (im Import) Files() []File {
	var order []string
	byFile := map[string][]knowledge.Passage{}
	for _, d := range im.Drafts {
		if byFile[d.File] == nil {
			order = append(order, d.File)
		}
		byFile[d.File] = append(byFile[d.File], d.Passage)
	}
	files := make([]File, len(order))
	for i, name := range order {
		files[i] = File{name, format(byFile[name], im.header(name))}
	}
	return files
}

// header is the note to whoever reviews a file of drafts.
func (im Import) header(file string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!--\nImported from %s. Not reviewed.\n", commented(im.From))
	b.WriteString("For each: put it into your own words, check the facts and name sources, add how\npeople really ask, then write reviewed: and review_by: above.\n")
	for _, d := range im.Drafts {
		if d.File == file && d.Like != "" {
			fmt.Fprintf(&b, "Perhaps known already: %s is like %s\n", d.ID, d.Like)
		}
	}
	b.WriteString("-->\n\n")
	return b.String()
}

// commented is text that can stand in an HTML comment.
func commented(s string) string {
	return strings.NewReplacer("--", "- -", "<", "", ">", "", "\n", " ").Replace(s)
}

// Preview writes what would be written, for a dry run.
func (im Import) Preview(w io.Writer) error {
	var b strings.Builder
	for _, f := range im.Files() {
		fmt.Fprintf(&b, "=== %s ===\n\n%s\n", f.Name, f.Text)
	}
	b.WriteString(im.Summary())
	_, err := io.WriteString(w, b.String())
	return err
}

// Summary says what was found, a line each for drafts with something to note.
func (im Import) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s from %s\n", plural(len(im.Drafts), "draft"), im.From)
	for _, d := range im.Drafts {
		if words := len(strings.Fields(knowledge.Plain(d.Text))); words > 120 {
			fmt.Fprintf(&b, "  %s: %d words; shorten it, at most 120 are read\n", d.ID, words)
		}
		if d.Guessed {
			fmt.Fprintf(&b, "  %s: the topic %s is a guess\n", d.ID, d.Topic)
		}
		if d.Like != "" {
			fmt.Fprintf(&b, "  %s: perhaps known already as %s (%.0f %% of the words)\n", d.ID, d.Like, 100*d.Alike)
		}
	}
	for _, n := range im.Notes {
		fmt.Fprintf(&b, "  note: %s\n", n)
	}
	return b.String()
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Write writes the drafts into dir, made if need be, and gives the paths. No
// file is ever overwritten: where insurance.md is taken, insurance-2.md is
// written.
func (im Import) Write(dir string) ([]string, error) {
	var written []string
	for _, f := range im.Files() {
		path, err := create(dir, f)
		if err != nil {
			return written, fmt.Errorf("write drafts: %w", err)
		}
		written = append(written, path)
	}
	return written, nil
}

// create writes a file under the first of its names that is free.
func create(dir string, f File) (string, error) {
	base := strings.TrimSuffix(f.Name, ".md")
	for n := 1; n < 1000; n++ {
		name := f.Name
		if n > 1 {
			name = fmt.Sprintf("%s-%d.md", base, n)
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return "", err
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.WriteString(f.Text)
		return path, errors.Join(err, file.Close())
	}
	return "", fmt.Errorf("%s and 998 names like it are taken", f.Name)
}

// format writes passages of one file as the content format.
func format(ps []knowledge.Passage, header string) string {
	var b strings.Builder
	common := shared(ps)
	b.WriteString("---\n")
	fmt.Fprintf(&b, "topic: %s\naudience: %s\n", common.Topic, common.Audience)
	writeDay(&b, "reviewed: %s\n", common.Reviewed)
	writeDay(&b, "review_by: %s\n", common.ReviewBy)
	b.WriteString("---\n\n" + header)
	for i, p := range ps {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "## %s {%s}\n\n%s\n\nAlso asked:\n", knowledge.Escape(p.Title), attributes(p, common), p.Text)
		writeList(&b, p.Asks, knowledge.Escape)
		if len(p.Sources) > 0 {
			b.WriteString("\nSources:\n")
			writeList(&b, p.Sources, func(s knowledge.Source) string { return "[" + knowledge.Escape(s.Title) + "](" + target(s.URL) + ")" })
		}
		if len(p.Related) > 0 {
			b.WriteString("\nRelated:\n")
			writeList(&b, p.Related, func(id string) string { return "[" + id + "](" + relative(p.File, id) + ")" })
		}
	}
	return b.String()
}

// shared is what the front matter says: the first passage's word on each thing,
// but no day that some passage does not have, since a heading cannot unsay it.
func shared(ps []knowledge.Passage) knowledge.Passage {
	common := ps[0]
	for _, p := range ps {
		if p.Reviewed.IsZero() {
			common.Reviewed = time.Time{}
		}
		if p.ReviewBy.IsZero() {
			common.ReviewBy = time.Time{}
		}
	}
	return common
}

// target is a web address as the target of a link.
func target(url string) string {
	if strings.ContainsAny(url, "() ") {
		return "<" + url + ">"
	}
	return url
}

func writeList[T any](b *strings.Builder, items []T, text func(T) string) {
	if len(items) > 0 {
		b.WriteString("\n")
	}
	for _, item := range items {
		b.WriteString("- " + text(item) + "\n")
	}
}

// attributes is what a passage says in its heading: its id, and what differs
// from the front matter.
func attributes(p, common knowledge.Passage) string {
	_, id, _ := strings.Cut(p.ID, "#")
	var b strings.Builder
	b.WriteString("#" + id)
	if p.Topic != common.Topic {
		b.WriteString(" topic=" + string(p.Topic))
	}
	if p.Audience != common.Audience {
		b.WriteString(" audience=" + string(p.Audience))
	}
	if !p.Reviewed.Equal(common.Reviewed) {
		writeDay(&b, ` reviewed="%s"`, p.Reviewed)
	}
	if !p.ReviewBy.Equal(common.ReviewBy) {
		writeDay(&b, ` review_by="%s"`, p.ReviewBy)
	}
	if p.Care {
		b.WriteString(" .care")
	}
	return b.String()
}

func writeDay(b *strings.Builder, format string, day time.Time) {
	if !day.IsZero() {
		fmt.Fprintf(b, format, day.Format(time.DateOnly))
	}
}

// relative is the link from one content file to a passage.
func relative(from, id string) string {
	file, anchor, _ := strings.Cut(id, "#")
	if file == from {
		return "#" + anchor
	}
	return strings.Repeat("../", strings.Count(from, "/")) + id
}
