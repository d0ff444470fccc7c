package knowledge

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
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
		lines := 1 + strings.Count(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data)), "\n")
		if ms, ok := err.(Mistakes); ok {
			for _, m := range ms {
				if m.Line < 0 || m.Line > lines || m.File != "a.md" || strings.Contains(m.Text, "\n") {
					t.Errorf("mistake %q in a file of %d lines", m, lines)
				}
			}
		}
	})
}
