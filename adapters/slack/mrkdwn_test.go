package slack

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what the tests see into their golden files")

// TestMrkdwn compares each *.md of testdata/mrkdwn.txtar with the *.mrkdwn
// behind it.
func TestMrkdwn(t *testing.T) {
	file := filepath.Join("testdata", "mrkdwn.txtar")
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := &txtar.Archive{Comment: archive.Comment}
	want := map[string]string{}
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	for _, f := range archive.Files {
		name, md := strings.CutSuffix(f.Name, ".md")
		if !md {
			continue
		}
		got := mrkdwn(string(f.Data)) + "\n"
		out.Files = append(out.Files, f, txtar.File{Name: name + ".mrkdwn", Data: []byte(got)})
		if diff := cmp.Diff(want[name+".mrkdwn"], got); diff != "" && !*update {
			t.Errorf("mrkdwn(%s) (-want +got):\n%s", f.Name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

var link = regexp.MustCompile(`<(https?://[^<>|\s]+|mailto:[^<>|\s]+)(\|[^<>\n]+)?>`)

// tame reports how s could do more than show text and link to the web.
func tame(s string) string {
	rest := link.ReplaceAllString(s, "")
	if i := strings.IndexByte(rest, '<'); i >= 0 {
		return "has live markup: " + rest[i:]
	}
	return ""
}

func FuzzMrkdwn(f *testing.F) {
	for _, s := range []string{
		"**bold** and *soft*", "<!channel>", "\\<!channel>", "<@U123>", "[x](http://e.com/<!here>)",
		"<http://evil|bank>", "[a|b](https://e.com/?a=1&b=2)", "&lt;!everyone&gt;", "|a|b|\n|-|-|\n|<!here>|x|",
		"`<!here>`", "```\n<!here>\n```", "# <!here>", "![<!here>](https://e.com)", "> q\n> <@U1>", "[x]: <!here>\n\n[x]",
		"https://e.com/<!here>", "a**b**c", "**a\\\nb**", "- a\n  - b\n\n    c", "\x00\x1b[31m", "&#60;!channel&#62;",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if bad := tame(mrkdwn(s)); bad != "" {
			t.Errorf("mrkdwn(%q) %s", s, bad)
		}
		if bad := tame(plain(s)); bad != "" {
			t.Errorf("plain(%q) %s", s, bad)
		}
	})
}

func TestSplit(t *testing.T) {
	sentence := "This is a sentence of some length. "
	tests := map[string]struct {
		text string
		n    int
		want []string
	}{
		"fits":       {"short", 10, []string{"short"}},
		"paragraphs": {"first paragraph\n\nsecond one", 20, []string{"first paragraph", "second one"}},
		"sentences":  {strings.Repeat(sentence, 3), 75, []string{strings.TrimSpace(sentence + sentence), strings.TrimSpace(sentence)}},
		"words":      {"one two three four", 9, []string{"one two", "three", "four"}},
		"anywhere":   {"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		"link":       {"go to <https://e.com/a|the page> now", 20, []string{"go to", "<https://e.com/a|the", "page> now"}},
		"whole link": {"go and see <https://e.com/a|page> now", 25, []string{"go and see", "<https://e.com/a|page>", "now"}},
		"entity":     {"abc &amp; def", 7, []string{"abc", "&amp;", "def"}},
		"wide":       {"\U0001F600\U0001F600\U0001F600", 4, []string{"\U0001F600\U0001F600", "\U0001F600"}},
	}
	for name, test := range tests {
		if diff := cmp.Diff(test.want, split(test.text, test.n)); diff != "" {
			t.Errorf("%s: split(%q, %d) (-want +got):\n%s", name, test.text, test.n, diff)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("one. two. three", 5)
	f.Add("<https://e.com|x> &amp; y", 8)
	f.Fuzz(func(t *testing.T, s string, n int) {
		if n < 2 || n > 4000 {
			return
		}
		s = mrkdwn(s)
		var joined strings.Builder
		for _, piece := range split(s, n) {
			if size(piece) > n || piece == "" {
				t.Errorf("split(%q, %d) has the piece %q", s, n, piece)
			}
			joined.WriteString(piece)
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got, want := squeeze(joined.String()), squeeze(s); got != want {
			t.Errorf("split(%q, %d) lost text: %q", s, n, got)
		}
	})
}

func TestShorten(t *testing.T) {
	for _, test := range []struct {
		text string
		n    int
		want string
	}{
		{"Does insurance cover it?", 75, "Does insurance cover it?"},
		{"Does insurance cover it?", 20, "Does insurance\u2026"},
		{"abcdefghij", 5, "abcd\u2026"},
	} {
		if got := shorten(test.text, test.n); got != test.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", test.text, test.n, got, test.want)
		}
	}
}
