package transfer

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"massagefaq/knowledge"
)

// TestBadInput: every kind of broken input has a message that says what to do.
func TestBadInput(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"empty.html", " \n", "empty"},
		{"app.html", "<html><body><div id=root></div><script>render()</script></body></html>", "no headings with text below them; is the page filled in by a script? Save it from the browser and import the file"},
		{"words.html", "<p>Only a few words.</p>", "no headings with text below them; is the page filled in by a script? Save it from the browser and import the file"},
		{"empty.csv", "", "empty"},
		{"latin1.csv", "question,answer\ncaf\xe9?,yes\n", "line 2 is not UTF-8 (saved as Latin-1 or Windows-1252?); save it as UTF-8"},
		{"utf16.csv", "\xff\xfeq\x00", "saved as UTF-16; save it as UTF-8"},
		{"columns.csv", "name,mail\na,b\n", "no column named question; the first line has name, mail"},
		{"noanswer.csv", "question,mail\na,b\n", "no column named answer; the first line has question, mail"},
		{"norows.csv", "question,answer\n", "no row with a question and an answer"},
		{"fields.csv", "question,answer\nHow much, then?,ask,us\n", `line 2 has more or fewer columns than the first line; put " around a field with a comma in it`},
		{"quote.csv", "question,answer\n\"What,is it\n", `line 2: a stray " (the field began on line 2); write "" for a quote within quotes`},
		{"broken.json", "{\n\"@type\": \"FAQPage\",\n]", "line 3: broken JSON: invalid character ']' looking for beginning of object key string"},
		{"other.json", `{"@type": "WebPage"}`, "no schema.org Question with an acceptedAnswer in it"},
		{"none.md", "just text\n", "no headings with text below them"},
		{"in/cost.asked.md", "## price\n\n- how much\n", "holds further phrasings and no answers; import cost.md and copy this file beside it"},
		{"mistakes.md", "---\ntopic: cost\n---\nno heading\n", "no passages: mistakes.md: no passages; each begins with a heading such as: ## How long is a visit? {#length}; mistakes.md:4: text before the first heading"},
	}
	for _, tt := range tests {
		_, err := Parse(Source{Name: tt.name, Data: []byte(tt.data)}, Options{})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: error\n%v\nwant\n%s", tt.name, err, tt.want)
		}
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	_, err := Read(t.Context(), filepath.Join(dir, "none.html"), Options{})
	if !errors.Is(err, fs.ErrNotExist) || strings.Count(err.Error(), "none.html") != 1 {
		t.Errorf("a file that is not there: %v", err)
	}
	big := filepath.Join(dir, "big.html")
	if err := os.WriteFile(big, make([]byte, MaxSource+1), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(t.Context(), big, Options{}); !errors.Is(err, errTooLarge) {
		t.Errorf("a file of over %d bytes: %v, want %v", MaxSource, err, errTooLarge)
	}
	if _, err := Read(t.Context(), dir, Options{}); err == nil {
		t.Error("a folder is imported")
	}
}

// TestLatin1Page: a page that declares its encoding is read in it.
func TestLatin1Page(t *testing.T) {
	im, err := Parse(Source{Name: "x.html", Data: []byte("<meta charset=iso-8859-1><h2>Caf\xe9 near?</h2><p>Yes \x97 next door.</p>")}, Options{})
	if err != nil || len(im.Drafts) != 1 || im.Drafts[0].Title != "Caf\u00e9 near?" || im.Drafts[0].Text != "Yes \u2014 next door." {
		t.Errorf("imported %+v, %v", im.Drafts, err)
	}
}

func TestKind(t *testing.T) {
	tests := []struct {
		src  Source
		want Kind
	}{
		{Source{Name: "https://example.com/faq.html?x=y.csv"}, HTML},
		{Source{Name: "https://example.com/", Type: "text/html; charset=utf-8"}, HTML},
		{Source{Name: "a.CSV"}, CSV},
		{Source{Name: "a.tsv"}, CSV},
		{Source{Name: "a.md"}, Markdown},
		{Source{Name: "a.json"}, JSONLD},
		{Source{Name: "a", Data: []byte("\uFEFF\n <!DOCTYPE html>")}, HTML},
		{Source{Name: "a", Data: []byte(`[{"@type":"FAQPage"}]`)}, JSONLD},
		{Source{Name: "a", Data: []byte("[link](https://example.com)")}, Markdown},
		{Source{Name: "a.txt", Data: []byte("# Hello")}, Markdown},
	}
	for _, tt := range tests {
		if got := tt.src.kind(); got != tt.want {
			t.Errorf("%s %q: kind %s, want %s", tt.src.Name, tt.src.Data, got, tt.want)
		}
	}
	if _, err := Parse(Source{}, Options{Kind: "pdf"}); err == nil {
		t.Error("kind pdf is no error")
	}
}

// TestWrite: nothing that is there is ever overwritten.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	im, err := Parse(Source{Name: "x.md", Data: []byte("## What does it cost?\n\nAsk us.\n\n## Where do I park?\n\nBehind the house.\n")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(dir, "cost.md")
	if err := os.WriteFile(kept, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	phrasings := filepath.Join(dir, "booking.asked.md")
	if err := os.WriteFile(phrasings, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, want := range [][]string{{"cost-2.md", "booking.md"}, {"cost-3.md", "booking-2.md"}} {
		paths, err := im.Write(dir)
		if err != nil || len(paths) != 2 || paths[0] != filepath.Join(dir, want[0]) || paths[1] != filepath.Join(dir, want[1]) {
			t.Errorf("Write: %v, %v; want %v", paths, err, want)
		}
	}
	for _, name := range []string{kept, phrasings} {
		if data, _ := os.ReadFile(name); string(data) != "mine" {
			t.Errorf("%s was overwritten with %q", name, data)
		}
	}
}

// TestOptions: a given topic is taken, and what is known already is marked.
func TestOptions(t *testing.T) {
	md := []byte("## Does massage hurt much?\n\nNo.\n")
	im, err := Parse(Source{Name: "x.md", Data: md}, Options{Topic: knowledge.Booking, Existing: []knowledge.Passage{{ID: "session.md#hurt", Title: "Will it hurt?", Asks: []string{"does a massage hurt"}}}})
	if err != nil {
		t.Fatal(err)
	}
	d := im.Drafts[0]
	if d.Topic != knowledge.Booking || d.Guessed || d.ID != "booking.md#hurt-much" || d.Like != "session.md#hurt" {
		t.Errorf("draft %+v", d)
	}
}

// FuzzHTML: whatever a page holds, its drafts are content that can be loaded.
func FuzzHTML(f *testing.F) {
	f.Add("<h2>What?</h2><p>That {x} # y</p><ul><li>a<ul><li>b</li></ul></li></ul>")
	f.Add("<details><summary>Two words</summary>- [x]: y</details>")
	f.Add("<main><h1>A b</h1><table><tr><td>c<td>d</table><pre># e\n```\n</pre><p>Also asked:</p><p>---</p></main>")
	f.Add(`<script type="application/ld+json">{"@type":"Question","name":"a {#b}","acceptedAnswer":{"text":"## c\n\nSources:\n\n{d}"}}</script>`)
	f.Fuzz(func(t *testing.T, page string) { loads(t, Source{Name: "x.html", Data: []byte(page)}) })
}

// FuzzMarkdown: the same for Markdown.
func FuzzMarkdown(f *testing.F) {
	f.Add("# a b\n\ntext\n\nc\n---\n\n> # d\n\n- # e\n\n[f]: g\n\n<!-- h\n\n    code\n")
	f.Add("**What now?**\n\n\\{x} {y}\n===\n\nRelated:\n- z\n")
	f.Fuzz(func(t *testing.T, md string) { loads(t, Source{Name: "x.md", Data: []byte(md)}) })
}

func loads(t *testing.T, src Source) {
	im, err := Parse(src, Options{})
	if err != nil {
		return
	}
	ours := src.Name == "x.md" && ours(string(src.Data))
	if ps, err := knowledge.Load(folder(im)); !ours && (err != nil || len(ps) != len(im.Drafts)) {
		t.Errorf("%d of %d drafts load: %v\n%+v", len(ps), len(im.Drafts), err, im.Files())
	}
}
