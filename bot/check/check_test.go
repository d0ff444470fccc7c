package check

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"massagefaq/knowledge"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// TestRun checks the content in each archive; its file "want" is the report.
// An archive whose comment says "asking" is also put to a bot.
func TestRun(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys, want := fstest.MapFS{}, -1
			for i, f := range ar.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			r, err := Run(t.Context(), fsys, Options{Now: today, TextOnly: !bytes.Contains(ar.Comment, []byte("asking"))})
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := r.Write(&got, Text, ""); err != nil {
				t.Fatal(err)
			}
			if *update {
				if want < 0 {
					ar.Files, want = append(ar.Files, txtar.File{Name: "want"}), len(ar.Files)
				}
				ar.Files[want].Data = got.Bytes()
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("no file want; run with -update")
			}
			if diff := cmp.Diff(string(ar.Files[want].Data), got.String()); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
		})
	}
}

// TestShipped: the content that ships has no finding at all, and none is waived.
// The race detector sees all there is in a part of the questions; the whole is
// asked by a process without it, in a tenth of the time.
func TestShipped(t *testing.T) {
	asks, least := 100_000, 20_000
	if raced {
		asks, least = 2000, 2000
		out, err := exec.CommandContext(t.Context(), "go", "test", "-race=false", "-run", "^TestShipped$", ".").CombinedOutput()
		if err != nil {
			t.Errorf("without the race detector: %v\n%s", err, out)
		}
	}
	r, err := Run(t.Context(), knowledge.Content(), Options{Now: today, Asks: asks})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		t.Errorf("%s [%s]", f, f.Rule)
	}
	if r.Passages < 100 || r.Asked < least {
		t.Errorf("checked %d passages with %d questions asked", r.Passages, r.Asked)
	}
}

// TestShippedGoesBad: the same content a year on is reported in time.
func TestShippedGoesBad(t *testing.T) {
	count := func(now time.Time) (errors, warnings int) {
		r, err := Run(t.Context(), knowledge.Content(), Options{Now: now, TextOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			if f.Rule == "review" && f.Severity == Error {
				errors++
			} else if f.Rule == "review" {
				warnings++
			}
		}
		return errors, warnings
	}
	if e, w := count(time.Date(2027, 5, 1, 0, 0, 0, 0, time.UTC)); e != 0 || w < 20 {
		t.Errorf("three weeks before the end: %d errors, %d warnings; want warnings only", e, w)
	}
	if e, _ := count(time.Date(2027, 5, 23, 0, 0, 0, 0, time.UTC)); e < 20 {
		t.Errorf("after the end: %d errors", e)
	}
}

func TestWrite(t *testing.T) {
	r := Report{Passages: 2, Phrasings: 1, Findings: []Finding{
		{Error, "claim", "a b.md", 3, "50% of\nit, that: is <wrong>"},
		{Warning, "format", "c.md", 0, "too large"},
	}}
	want := map[Format]string{
		Text: "in/a b.md:3: error: 50% of\nit, that: is <wrong> [claim]\nin/c.md: warning: too large [format]\n2 passages, 1 question: 1 error, 1 warning\n",
		GitHub: "::error file=in/a b.md,line=3,title=claim::50%25 of%0Ait, that: is <wrong>\n" +
			"::warning file=in/c.md,title=format::too large\n",
	}
	for f, want := range want {
		var b strings.Builder
		if err := r.Write(&b, f, "in"); err != nil || b.String() != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", f, err, b.String(), want)
		}
	}
	if r.Findings[0].File != "a b.md" {
		t.Error("Write changed the report")
	}
	if err := r.Write(&strings.Builder{}, "xml", ""); err == nil {
		t.Error("format xml is no error")
	}
}

func TestWriteJSON(t *testing.T) {
	r := Report{Passages: 1, Findings: []Finding{{Error, "claim", "a.md", 3, "<b>"}}}
	var b bytes.Buffer
	if err := r.Write(&b, JSON, ""); err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, back); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}

// TestSARIF: every finding's rule is described, and the places are addresses.
func TestSARIF(t *testing.T) {
	r := Report{Findings: []Finding{{Error, "claim", "a b.md", 3, "x"}, {Warning, "format", "c.md", 0, "y"}}}
	var b bytes.Buffer
	if err := r.Write(&b, SARIF, "in"); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || len(log.Runs[0].Tool.Driver.Rules) != len(Rules) {
		t.Fatalf("log %+v", log)
	}
	got := log.Runs[0].Results
	want := []sarifResult{
		{"claim", Error, sarifText{"x"}, []sarifLocation{{sarifPhysical{sarifArtifact{"in/a%20b.md"}, &sarifRegion{3}}}}},
		{"format", Warning, sarifText{"y"}, []sarifLocation{{sarifPhysical{sarifArtifact{"in/c.md"}, nil}}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}
