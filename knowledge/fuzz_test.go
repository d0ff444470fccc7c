package knowledge

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzLoad: whatever a file holds, reading it ends, either in whole passages
// or in mistakes that stand on lines of that file.
func FuzzLoad(f *testing.F) {
	fs.WalkDir(Content(), ".", func(name string, d fs.DirEntry, _ error) error {
		if strings.HasSuffix(name, ".md") {
			data, _ := fs.ReadFile(Content(), name)
			f.Add(data[:min(len(data), 4000)])
		}
		return nil
	})
	f.Add([]byte(front + "## A {#a}\n\ntext {phone | x}\n\nAlso asked:\n- b\n\nSources:\n- [x](https://y)\n\nRelated:\n- [a](#a)\n"))
	f.Add([]byte("---\ntopic: *a\n---\n##"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ps, err := Load(fstest.MapFS{"a.md": {Data: data}})
		if err == nil && len(ps) == 0 {
			t.Error("neither passages nor mistakes")
		}
		for _, p := range ps {
			if p.Title == "" || p.Text == "" || !p.Topic.Known() || !utf8.ValidString(p.Text+p.Title) || !strings.HasPrefix(p.ID, "a.md#") || p.Line < 1 {
				t.Errorf("passage %+v", p)
			}
			HTML(p.Text)
			Plain(p.Text)
		}
		mistakesIn(t, err, "a.md", data)
	})
}

// mistakesIn reports mistakes that are not on a line of the file.
func mistakesIn(t *testing.T, err error, file string, data []byte) {
	lines := 1 + strings.Count(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data)), "\n")
	if ms, ok := err.(Mistakes); ok {
		for _, m := range ms {
			if m.Line < 0 || m.Line > lines || m.File != file || strings.Contains(m.Text, "\n") {
				t.Errorf("mistake %q in a file of %d lines", m, lines)
			}
		}
	}
}

// FuzzCompanion: whatever a companion holds, it adds phrasings after those of
// the file, each once and with its line, or has mistakes on lines of its own;
// nothing else in a passage changes.
func FuzzCompanion(f *testing.F) {
	f.Add([]byte("# More ways people ask\n\n## a\n\n- c\n- *d* &amp; \\e\n\n## b\n\n1. f\n"))
	f.Add([]byte("---\ntopic: cost\n---\n## a\n- b\n-\n- - c\n  - d\n* e\n\ntext\n## a\n## {#a}\n#\n## B?\n<!-- x -->\n"))
	f.Add([]byte("---\n## a {.b}\n> - c\n"))
	text := front + "## A? {#a}\n\ntext\n\nAlso asked:\n\n- b\n\n## B? {#b}\n\ntext\n"
	alone, err := Read(fstest.MapFS{"a.md": {Data: []byte(text)}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read(fstest.MapFS{"a.md": {Data: []byte(text)}, "a.asked.md": {Data: data}})
		if err != nil {
			t.Fatal(err)
		}
		mistakesIn(t, r.Mistakes.err(), "a.asked.md", data)
		for i, p := range r.Passages {
			own, seen := alone.Passages[i], map[string]bool{}
			for k, a := range p.Asks {
				file, line := r.AskPlace(p, k)
				if a == "" || seen[a] || k >= len(own.Asks) && (file != "a.asked.md" || line < 1) {
					t.Errorf("phrasing %q at %s:%d", a, file, line)
				}
				seen[a] = true
			}
			p.Asks = p.Asks[:len(own.Asks)]
			if diff := cmp.Diff(own, p, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("passage (-alone +with):\n%s", diff)
			}
		}
	})
}
