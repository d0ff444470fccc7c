package knowledge

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// TestLoad reads the Markdown in each archive; its file "want" is what comes of it.
func TestLoad(t *testing.T) {
	archives, err := filepath.Glob("testdata/load/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := fstest.MapFS{}
			want := -1
			for i, f := range ar.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			got := dump(Load(fsys))
			if *update {
				if want < 0 {
					ar.Files, want = append(ar.Files, txtar.File{Name: "want"}), len(ar.Files)
				}
				ar.Files[want].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("no file want; run with -update")
			}
			if diff := cmp.Diff(string(ar.Files[want].Data), got); diff != "" {
				t.Errorf("Load (-want +got):\n%s", diff)
			}
		})
	}
}

// dump is all that Load gave, for reading.
func dump(ps []Passage, err error) string {
	var b strings.Builder
	if err != nil {
		fmt.Fprintf(&b, "%v\n", err)
	}
	for _, p := range ps {
		fmt.Fprintf(&b, "%s line %d asks from %d\n", p.ID, p.Line, p.AsksLine)
		fmt.Fprintf(&b, "  %s %s care=%t %s to %s\n", p.Topic, p.Audience, p.Care, p.Reviewed.Format("2006-01-02"), p.ReviewBy.Format("2006-01-02"))
		fmt.Fprintf(&b, "  title %q\n", p.Title)
		for _, a := range p.Asks {
			fmt.Fprintf(&b, "  ask %q\n", a)
		}
		for _, s := range p.Sources {
			fmt.Fprintf(&b, "  source %q %s\n", s.Title, s.URL)
		}
		for _, r := range p.Related {
			fmt.Fprintf(&b, "  related %s\n", r)
		}
		for _, l := range strings.Split(p.Text, "\n") {
			fmt.Fprintf(&b, "  |%s\n", l)
		}
	}
	return b.String()
}

const front = "---\ntopic: cost\n---\n"

// TestMistakes has the mistakes that an archive of text cannot hold or that
// want a line each.
func TestMistakes(t *testing.T) {
	good := front + "## How much? {#price}\n\nAsk.\n"
	tests := []struct {
		name, text, want string
	}{
		{"good", good, ""},
		{"byte order mark", "\uFEFF" + good, ""},
		{"CRLF", strings.ReplaceAll(good, "\n", "\r\n"), ""},
		{"CR", strings.ReplaceAll(good, "\n", "\r"), ""},
		{"no last line end", strings.TrimRight(good, "\n"), ""},
		{"Latin-1", good + "caf\xE9 and more\nna\xEFve\n", "a.md:7: not UTF-8 (saved as Latin-1 or Windows-1252?); save the file as UTF-8"},
		{"UTF-16", "\xFF\xFE#\x00#\x00", "a.md:1: saved as UTF-16; save it as UTF-8"},
		{"NUL", good + "x\x00y\n", "a.md:7: a control character (U+0000); delete it"},
		{"10 MB", good + strings.Repeat("long ", 2<<20), "a.md: larger than 1 MB; a content file holds one topic, split it"},
		{"empty", "", "a.md: no passages; each begins with a heading such as: ## How long is a visit? {#length}\na.md:1: no front matter; begin the file with ---, topic: ..., ---"},
		{"only front matter", front, "a.md: no passages; each begins with a heading such as: ## How long is a visit? {#length}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ps, err := Load(fstest.MapFS{"a.md": {Data: []byte(tt.text)}})
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("Load:\n%s\nwant:\n%s", got, tt.want)
			}
			if (err == nil) != (len(ps) > 0) {
				t.Errorf("%d passages with error %v", len(ps), err)
			}
		})
	}
}

func TestLoadLinks(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.md")
	if err := os.WriteFile(good, []byte(front+"## How much? {#price}\n\nAsk.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"loop.md": "loop.md", "lost.md": "nowhere.md", "round": ".", ".hidden": "."} {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Load(os.DirFS(dir))
	want := "loop.md: this link leads back to itself; remove it\n" +
		"lost.md: this link leads nowhere; remove it\n" +
		"round: a link to a folder is not followed; put the files themselves here"
	if err == nil || err.Error() != want {
		t.Errorf("Load:\n%v\nwant:\n%s", err, want)
	}
}

func TestLoadNoFolder(t *testing.T) {
	_, err := Load(os.DirFS(filepath.Join(t.TempDir(), "none")))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Load of a folder that is not there: %v, want %v", err, fs.ErrNotExist)
	}
	_, err = Load(fstest.MapFS{})
	if want := ".: no passages: there is no file that ends in .md"; err == nil || err.Error() != want {
		t.Errorf("Load of an empty folder: %v, want %s", err, want)
	}
}

// TestAskPlace: a phrasing is found where it stands, in either file, and one
// that could not be read does not shift the others.
func TestAskPlace(t *testing.T) {
	r, err := Read(fstest.MapFS{
		"a.md":       {Data: []byte(front + "## How much? {#price}\n\nAsk.\n\nAlso asked:\n\n- cost\n-\n- fee\n")},
		"a.asked.md": {Data: []byte("# More\n\n## price\n\n- the bill\n-\n- the damage\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, a := range r.Passages[0].Asks {
		file, line := r.AskPlace(r.Passages[0], i)
		got = append(got, fmt.Sprintf("%s:%d %s", file, line, a))
	}
	want := []string{"a.md:10 cost", "a.md:12 fee", "a.asked.md:5 the bill", "a.asked.md:7 the damage"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	want = []string{"a.asked.md:6: an empty phrasing", "a.md:11: an empty phrasing"}
	if diff := cmp.Diff(want, strings.Split(r.Mistakes.Error(), "\n")); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
}

// TestCompanionOfUnreadable: what is wrong with a file is not said again of its companion.
func TestCompanionOfUnreadable(t *testing.T) {
	_, err := Load(fstest.MapFS{
		"a.md":       {Data: []byte("\xFF\xFE#\x00")},
		"a.asked.md": {Data: []byte("## price\n\n-\n")},
	})
	if want := "a.asked.md:3: an empty phrasing\na.md:1: saved as UTF-16; save it as UTF-8"; err == nil || err.Error() != want {
		t.Errorf("Load:\n%v\nwant:\n%s", err, want)
	}
}

// TestDigest: the same content has the same digest, other content another.
func TestDigest(t *testing.T) {
	text := front + "## How much? {#price}\n\nAsk.\n"
	load := func(files map[string]string) string {
		fsys := fstest.MapFS{}
		for name, data := range files {
			fsys[name] = &fstest.MapFile{Data: []byte(data)}
		}
		b, err := LoadBody(fsys)
		if err != nil {
			t.Fatal(err)
		}
		return b.Digest
	}
	one := load(map[string]string{"a.md": text})
	if len(one) != 12 || load(map[string]string{"a.md": text}) != one {
		t.Errorf("digest %q is not stable", one)
	}
	if load(map[string]string{"b.md": text}) == one || load(map[string]string{"a.md": text + "\n"}) == one {
		t.Error("other content has the same digest")
	}
	if load(map[string]string{"a.md": text, "safety.yaml": "x"}) == one {
		t.Error("a change of safety.yaml does not change the digest")
	}
	with := load(map[string]string{"a.md": text, "a.asked.md": "## price\n\n- cost\n"})
	if with == one || load(map[string]string{"a.md": text, "a.asked.md": "## price\n\n- fee\n"}) == with {
		t.Error("a change of a companion does not change the digest")
	}
	if load(map[string]string{"a.md": text, "notes.txt": "x", ".git/a.md": "x"}) != one {
		t.Error("files that are not content change the digest")
	}
}
