package check

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"massagefaq/knowledge"
)

// enlarged is a folder of n passages made from the shipped ones: common words
// stay, each rarer word becomes another made-up one in each round, so that
// passages differ as much as real ones do. Each keeps that many phrasings at most.
func enlarged(t testing.TB, n, phrasings int) fs.FS {
	t.Helper()
	ps, err := knowledge.Load(knowledge.Content())
	if err != nil {
		t.Fatal(err)
	}
	for i := range ps {
		ps[i].Asks = ps[i].Asks[:min(len(ps[i].Asks), phrasings)]
	}
	count := map[string]int{}
	for _, p := range ps {
		for _, w := range letters.FindAllString(strings.ToLower(p.Title+" "+p.Text+" "+strings.Join(p.Asks, " ")), -1) {
			count[w]++
		}
	}
	fsys := fstest.MapFS{}
	for round := 0; n > 0; round++ {
		swap := func(s string) string {
			return letters.ReplaceAllStringFunc(s, func(w string) string {
				if round == 0 || len(w) < 4 || w == strings.ToUpper(w) || count[strings.ToLower(w)] > len(ps) {
					return w
				}
				return w + string(rune('a'+round)) + "o"
			})
		}
		files := map[string]*strings.Builder{}
		for _, p := range ps[:min(n, len(ps))] {
			b := files[p.File]
			if b == nil {
				b = &strings.Builder{}
				files[p.File] = b
				fmt.Fprintf(b, "---\ntopic: %s\n---\n", p.Topic)
			}
			write(b, p, round, swap)
			n--
		}
		for name, b := range files {
			fsys[fmt.Sprintf("r%d/%s", round, name)] = &fstest.MapFile{Data: []byte(b.String())}
		}
	}
	return fsys
}

func write(b *strings.Builder, p knowledge.Passage, round int, swap func(string) string) {
	_, id, _ := strings.Cut(p.ID, "#")
	title := fmt.Sprintf("%s (%d.%d)", swap(p.Title), round, b.Len())
	fmt.Fprintf(b, "\n## %s {#%s topic=%s audience=%s reviewed=\"2026-11-20\" review_by=\"2027-11-20\"}\n\n", knowledge.Escape(title), id, p.Topic, p.Audience)
	b.WriteString(slot.ReplaceAllStringFunc(swap(p.Text), func(string) string { return "the practice" }) + "\n\nAlso asked:\n\n")
	for _, a := range p.Asks {
		fmt.Fprintf(b, "- %s\n", knowledge.Escape(swap(a)))
	}
	b.WriteString("\nSources:\n\n- [Title, Publisher](https://example.com)\n")
}

var (
	letters = regexp.MustCompile(`[A-Za-z]+`)
	slot    = regexp.MustCompile(`\{[^}]*\}`)
)

// BenchmarkRun checks a thousand passages, with as many phrasings as a practice would
// write and with as many as the shipped ones have; it is to take less than two seconds.
func BenchmarkRun(b *testing.B) {
	for _, phrasings := range []int{15, 200} {
		fsys := enlarged(b, 1000, phrasings)
		b.Run(fmt.Sprintf("phrasings=%d", phrasings), func(b *testing.B) {
			for b.Loop() {
				r, err := Run(b.Context(), fsys, Options{})
				if err != nil || r.Passages != 1000 {
					b.Fatalf("%d passages, %v", r.Passages, err)
				}
				for _, f := range r.Findings {
					if f.Rule == "format" {
						b.Fatal(f)
					}
				}
			}
		})
	}
}
