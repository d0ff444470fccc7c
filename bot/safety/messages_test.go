package safety

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/summary.txt")

// outcome is what comes of a message, in the words of testdata/messages.txt.
func outcome(g *Gate, text string) string {
	if v, urgent := g.Check(text); urgent {
		return string(v.Resource)
	}
	if id, ok := g.Care(text); ok {
		return id
	}
	return "="
}

// right reports whether an outcome is what was wanted; "-" is anything not urgent.
func right(want, got string) bool {
	return got == want || want == "-" && (got == "=" || strings.Contains(got, "#"))
}

// The messages of testdata/messages.txt are other ways to say what the examples
// of safety.yaml say. The summary counts what is recognised and lists the rest;
// it moves only with a reason.
func TestMessages(t *testing.T) {
	g := shipped(t)
	data, err := os.ReadFile("testdata/messages.txt")
	if err != nil {
		t.Fatal(err)
	}
	total, good := map[string]int{}, map[string]int{}
	var wrong []string
	for line := range strings.Lines(string(data)) {
		want, text, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		kind := want
		if strings.Contains(want, "#") {
			kind = "care"
		}
		total[kind]++
		if got := outcome(g, text); right(want, got) {
			good[kind]++
		} else {
			wrong = append(wrong, fmt.Sprintf("%s, not %s: %s", got, want, text))
		}
	}
	var b strings.Builder
	for _, kind := range slices.Sorted(keys(total)) {
		fmt.Fprintf(&b, "%-18s %4d of %4d\n", kind, good[kind], total[kind])
	}
	for _, w := range wrong {
		fmt.Fprintln(&b, w)
	}
	golden(t, "testdata/summary.txt", b.String())
}

func keys(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is out of date (-update writes it; -want +got):\n%s", path, diff)
	}
}
