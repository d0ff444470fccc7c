package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// small is a folder with every kind of file, spelled as a txtar archive.
const small = `
-- corpus.jsonl --
{"_id":"wear","title":"What should I wear?","text":"Loose clothes."}
{"_id":"park","title":"Where can I park?","text":"Behind the house."}
{"_id":"fee","title":"What does it cost?","text":"The fee is on the door.","metadata":{"n":1}}
-- queries.jsonl --
{"_id":"1","text":"wear"}
{"_id":"2","text":"park cost"}
{"_id":"3","text":"moon"}
{"_id":"4","text":"of another split"}
-- queries_typo.jsonl --
{"_id":"1","text":"waer"}
{"_id":"2","text":"park"}
-- queries_dev.jsonl --
{"_id":"v1","text":"cost"}
-- queries_oos.jsonl --
{"_id":"o1","text":"sun"}
{"_id":"o2","text":"park wear"}
-- queries_oos_dev.jsonl --
{"_id":"o3","text":"sun"}
-- qrels/test.tsv --
query-id	corpus-id	score
1	wear	1
2	park	1
2	fee	2
3	park	1
-- qrels/dev.tsv --
query-id	corpus-id	score
v1	fee	1
-- conversations.jsonl --
{"_id":"1","history":[]}
{"_id":"2","history":[{"role":"user","text":"Loose clothes."},{"role":"system","text":"Behind the house."}]}
`

// folder writes the archive below a new folder named small.
func folder(t *testing.T, archive string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "small")
	for _, f := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// words ranks documents by how many words of the query their title has, sure of
// itself by the share of them.
type words []Document

func (ws words) Rank(query string, k int) []Ranked {
	terms := strings.Fields(query)
	var out []Ranked
	for _, d := range ws {
		n := 0
		for _, t := range terms {
			if strings.Contains(strings.ToLower(d.Title), t) {
				n++
			}
		}
		if n > 0 {
			out = append(out, Ranked{ID: d.ID, Score: float64(n), Confidence: ratio(n, len(terms))})
		}
	}
	return out[:min(k, len(out))]
}

func TestLoadBEIR(t *testing.T) {
	c, err := LoadBEIR(folder(t, small))
	if err != nil {
		t.Fatal(err)
	}
	var sets []string
	for _, s := range append(c.Sets, c.Silent...) {
		sets = append(sets, s.Name)
	}
	want := []string{"test", "dev", "typo", "test, given left out", "dev, given left out", "typo, given left out", "oos", "oos_dev"}
	if diff := cmp.Diff(want, sets); diff != "" {
		t.Errorf("sets (-want +got):\n%s", diff)
	}
	if c.Name != "small" || len(c.Docs) != 3 || string(c.Docs[2].Metadata) != `{"n":1}` {
		t.Errorf("collection %s with documents %+v", c.Name, c.Docs)
	}
	if diff := cmp.Diff(map[string]Grades{"1": {"wear": 1}, "2": {"park": 1, "fee": 2}, "3": {"park": 1}}, c.Sets[0].Grades); diff != "" {
		t.Errorf("grades (-want +got):\n%s", diff)
	}
	if got := c.Sets[3].Queries[1].Given; !cmp.Equal(got, []string{"park"}) {
		t.Errorf("given before query 2: %v", got)
	}
}

func TestRunBEIR(t *testing.T) {
	c, err := LoadBEIR(folder(t, small))
	if err != nil {
		t.Fatal(err)
	}
	r, err := RunBEIR(t.Context(), c, words(c.Docs), Options{})
	if err != nil {
		t.Fatal(err)
	}
	// Query 1 is right, 2 finds park before fee (equal scores, descending id), 3 finds
	// nothing. nDCG of 2 is (1 + 2/log2 3) / (2 + 1/log2 3) = .860. Confidences are
	// 1, .5 and 0 against 0 and .5: three pairs of six apart, two tied.
	want := `small                 queries    S@1  MRR@10    R@5  nDCG@10    MAP
test                        3  0.667   0.667  0.667    0.620  0.667
dev                         1  1.000   1.000  1.000    1.000  1.000
typo                        2  0.500   0.500  0.250    0.190  0.250
test, given left out        3  0.667   0.667  0.500    0.587  0.500
dev, given left out         1  1.000   1.000  1.000    1.000  1.000
typo, given left out        2  0.000   0.000  0.000    0.000  0.000
AUROC of oos against test: 0.667
AUROC of oos_dev against dev: 1.000
`
	if diff := cmp.Diff(want, r.Golden()); diff != "" {
		t.Errorf("golden (-want +got):\n%s", diff)
	}
	var misses, text bytes.Buffer
	if err := errors.Join(r.WriteMisses(&misses), r.WriteText(&text)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"test 3 \"moon\"\n  want park (not found)\n  got   (0.00)\n",
		"typo, given left out 2 \"park\"\n  want fee park (not found)\n",
	} {
		if !strings.Contains(misses.String(), want) {
			t.Errorf("misses lack %q:\n%s", want, misses.String())
		}
	}
	if !strings.HasPrefix(text.String(), "small (3 documents)") || !strings.Contains(text.String(), "AUROC of confidence") {
		t.Errorf("report:\n%s", text.String())
	}
	if _, err := json.Marshal(r); err != nil {
		t.Errorf("report as JSON: %v", err)
	}
}

// The same ranking gives the same report however the work is spread.
func TestRunBEIRIsDeterministic(t *testing.T) {
	c, err := LoadBEIR(folder(t, small))
	if err != nil {
		t.Fatal(err)
	}
	var first string
	for i := range 50 {
		r, err := RunBEIR(t.Context(), c, words(c.Docs), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = r.Golden()
		}
		if diff := cmp.Diff(first, r.Golden()); diff != "" {
			t.Fatalf("run %d (-first +this):\n%s", i, diff)
		}
	}
}

func TestRunBEIRStopsWithItsContext(t *testing.T) {
	c, err := LoadBEIR(folder(t, small))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := RunBEIR(ctx, c, words(c.Docs), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("RunBEIR after cancel: error %v", err)
	}
}

func TestLoadBEIRNamesWhatIsWrong(t *testing.T) {
	tests := []struct{ file, content, want string }{
		{"corpus.jsonl", "{", "corpus.jsonl:1: unexpected end"},
		{"corpus.jsonl", `{"title":"x"}`, "corpus.jsonl:1: no _id"},
		{"corpus.jsonl", "{\"_id\":\"a\"}\n{\"_id\":\"a\"}", `corpus.jsonl:2: _id "a" is taken by line 1`},
		{"corpus.jsonl", "", "corpus.jsonl: empty"},
		{"queries_typo.jsonl", `{"_id":"zz","text":"x"}`, "no query is judged"},
		{"qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\twear\thigh", `test.tsv:2: grade: strconv.Atoi: parsing "high"`},
		{"qrels/test.tsv", "1 0 wear 1", "test.tsv:1: 1 columns (want query, document, grade)"},
		{"qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "test.tsv: no judgements"},
		{"qrels/test.tsv", "99\twear\t1", "1 judged queries are not in"},
		{"conversations.jsonl", "[]", "conversations.jsonl:1:"},
	}
	for _, tt := range tests {
		dir := folder(t, small)
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(tt.file)), []byte(tt.content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadBEIR(dir); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s with %q: error %v, want %q", tt.file, tt.content, err, tt.want)
		}
	}
	for _, missing := range []string{"corpus.jsonl", "queries.jsonl", "qrels/test.tsv"} {
		dir := folder(t, small)
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(missing))); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadBEIR(dir); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), filepath.Base(missing)) {
			t.Errorf("without %s: error %v", missing, err)
		}
	}
}
