package transfer

import (
	"bytes"
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"massagefaq/knowledge"
)

// unplaced is what a passage has from where it stands, not from what it says.
var unplaced = cmpopts.IgnoreFields(knowledge.Passage{}, "Line", "AsksLine", "URL")

func shipped(t testing.TB) []knowledge.Passage {
	t.Helper()
	ps, err := knowledge.Load(knowledge.Content())
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

func folder(im Import) fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, f := range im.Files() {
		fsys[f.Name] = &fstest.MapFile{Data: []byte(f.Text)}
	}
	return fsys
}

// awkward are passages with everything that a form could lose.
func awkward() []knowledge.Passage {
	day := func(s string) (p knowledge.Passage) {
		p.Title, p.Topic, p.Audience = s, knowledge.Cost, knowledge.Public
		return p
	}
	a := day(`Is 5 < 6 & "so" *on*, 1. first?`)
	a.ID, a.File = "sub/a.md#one", "sub/a.md"
	a.Text = "- a list, first\n- \"quoted\", with {phone | comma, bar}\n\nThen **bold** and [a link](https://example.com/a_(b)?c=1&d=2).\n\n1. one\n2. two"
	a.Asks = []string{"=1+1", "-- dashes", "+ plus, comma", `say "hi"`, "'quoted'", "1. number", "# sharp", "a_b_c", "\\"}
	a.Sources = []knowledge.Source{{Title: "A [title], Publisher", URL: "https://example.com/x(1)y"}}
	a.Related = []string{"b.md#two"}
	b := day("=formula?")
	b.ID, b.File, b.Text, b.Care, b.Audience, b.Topic = "b.md#two", "b.md", "'quoted' at the start.", true, knowledge.Staff, knowledge.Safety
	return []knowledge.Passage{a, b}
}

// TestFormat: what is written as content is read as the same passages.
func TestFormat(t *testing.T) {
	for name, ps := range map[string][]knowledge.Passage{"shipped": shipped(t), "awkward": awkward()} {
		im := Import{From: "-->", Drafts: nil}
		for _, p := range ps {
			im.Drafts = append(im.Drafts, Draft{Passage: p})
		}
		back, err := knowledge.Load(folder(im))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(ps, back, unplaced, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s read back (-want +got):\n%s", name, diff)
		}
	}
}

// TestRoundTripCSV: export, import, write as content, load and export again.
func TestRoundTripCSV(t *testing.T) {
	for name, ps := range map[string][]knowledge.Passage{"shipped": shipped(t), "awkward": awkward()} {
		one := exported(t, func(b *bytes.Buffer) error { return WriteCSV(b, ps) })
		im, err := Parse(Source{Name: "faq.csv", Data: one}, Options{})
		if err != nil || len(im.Notes) > 0 {
			t.Fatalf("%s: %v %v", name, err, im.Notes)
		}
		var read []knowledge.Passage
		for _, d := range im.Drafts {
			read = append(read, d.Passage)
		}
		if diff := cmp.Diff(ps, read, unplaced, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s imported (-want +got):\n%s", name, diff)
		}
		loaded, err := knowledge.Load(folder(im))
		if err != nil {
			t.Fatal(err)
		}
		two := exported(t, func(b *bytes.Buffer) error { return WriteCSV(b, loaded) })
		if diff := cmp.Diff(string(one), string(two)); diff != "" {
			t.Errorf("%s exported again (-first +second):\n%s", name, diff)
		}
	}
}

// TestRoundTripJSONLD: what the public may read survives as a FAQPage.
func TestRoundTripJSONLD(t *testing.T) {
	practice := knowledge.Practice{Phone: "616-555-0100", Booking: "https://example.com/book?a=1&b=2", Hours: "Mon *to* Fri"}
	for name, ps := range map[string][]knowledge.Passage{"shipped": shipped(t), "awkward": awkward()} {
		ps = Readable(ps, knowledge.Public)
		one := exported(t, func(b *bytes.Buffer) error { return WriteJSONLD(b, ps, practice) })
		im, err := Parse(Source{Name: "faq.jsonld", Data: one}, Options{})
		if err != nil || len(im.Notes) > 0 {
			t.Fatalf("%s: %v %v", name, err, im.Notes)
		}
		loaded, err := knowledge.Load(folder(im))
		if err != nil {
			t.Fatal(err)
		}
		two := exported(t, func(b *bytes.Buffer) error { return WriteJSONLD(b, loaded, practice) })
		if diff := cmp.Diff(string(one), string(two)); diff != "" {
			t.Errorf("%s exported again (-first +second):\n%s", name, diff)
		}
	}
}

// TestRoundTripMarkdown: our own files are read as they are, each by itself.
func TestRoundTripMarkdown(t *testing.T) {
	data, err := os.ReadFile("../content/cost.md")
	if err != nil {
		t.Fatal(err)
	}
	im, err := Parse(Source{Name: "somewhere/cost.md", Data: data}, Options{})
	if err != nil || len(im.Notes) > 0 {
		t.Fatal(err, im.Notes)
	}
	read, err := knowledge.Read(fstest.MapFS{"cost.md": {Data: data}})
	if err != nil || len(read.Passages) == 0 {
		t.Fatal(read.Mistakes, err)
	}
	var got []knowledge.Passage
	for _, d := range im.Drafts {
		got = append(got, d.Passage)
	}
	if diff := cmp.Diff(read.Passages, got, unplaced); diff != "" {
		t.Errorf("imported (-want +got):\n%s", diff)
	}
}

func exported(t *testing.T, write func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
