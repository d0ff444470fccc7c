package transfer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"massagefaq/knowledge"
)

// TestReadable: nothing of staff, nor any link to it, is left for the public.
func TestReadable(t *testing.T) {
	all := shipped(t)
	staff := map[string]bool{}
	for _, p := range all {
		if p.Audience != knowledge.Public {
			staff[p.ID] = true
		}
	}
	if len(staff) == 0 {
		t.Fatal("no staff passage ships")
	}
	all[0].Related = append([]string{"nowhere.md#x"}, all[0].Related...)
	for id := range staff {
		all[0].Related = append(all[0].Related, id)
	}
	public := Readable(all, knowledge.Public)
	for _, p := range public {
		if staff[p.ID] {
			t.Errorf("%s is left", p.ID)
		}
		for _, id := range p.Related {
			if staff[id] {
				t.Errorf("%s links to %s", p.ID, id)
			}
		}
	}
	if len(public)+len(staff) != len(all) {
		t.Errorf("%d public and %d others of %d", len(public), len(staff), len(all))
	}
	var b bytes.Buffer
	if err := WriteJSONLD(&b, public, knowledge.Practice{}); err != nil {
		t.Fatal(err)
	}
	for id := range staff {
		if strings.Contains(b.String(), `"`+id+`"`) {
			t.Errorf("%s is in the JSON-LD", id)
		}
	}
}

// TestJSONLDInScript: no passage can end the script element that it stands in.
func TestJSONLDInScript(t *testing.T) {
	var b bytes.Buffer
	p := knowledge.Passage{ID: "a.md#b", Title: "</script><script>alert(1)</script><!--", Text: "</script> & <b>", Topic: knowledge.About}
	if err := WriteJSONLD(&b, []knowledge.Passage{p}, knowledge.Practice{}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "<>") {
		t.Errorf("live signs in %s", b.String())
	}
	var v map[string]any
	if err := json.Unmarshal(b.Bytes(), &v); err != nil || v["@type"] != "FAQPage" {
		t.Errorf("%v %v", v, err)
	}
}

// TestWriteBEIR: every phrasing is a query for its own passage.
func TestWriteBEIR(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "beir")
	ps := Readable(shipped(t), knowledge.Public)
	if err := WriteBEIR(dir, ps); err != nil {
		t.Fatal(err)
	}
	type row struct {
		ID    string `json:"_id"`
		Title string `json:"title"`
		Text  string `json:"text"`
	}
	read := func(name string) map[string]row {
		rows := map[string]row{}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
			var r row
			if err := json.Unmarshal(s.Bytes(), &r); err != nil || r.Text == "" {
				t.Fatalf("%s: %s: %v", name, s.Text(), err)
			}
			rows[r.ID] = r
		}
		return rows
	}
	corpus, queries := read("corpus.jsonl"), read("queries.jsonl")
	asks := map[string]string{}
	for _, p := range ps {
		for _, a := range p.Asks {
			asks[p.ID+"\x00"+a] = p.ID
		}
		if corpus[p.ID].Title != p.Title || strings.Contains(corpus[p.ID].Text, "|") {
			t.Errorf("%s: %+v", p.ID, corpus[p.ID])
		}
	}
	qrels, err := os.ReadFile(filepath.Join(dir, "qrels", "test.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(qrels)), "\n")
	if len(corpus) != len(ps) || len(queries) != len(asks) || len(lines) != 1+len(queries) || lines[0] != "query-id\tcorpus-id\tscore" {
		t.Errorf("%d answers of %d, %d queries of %d, %d judgements", len(corpus), len(ps), len(queries), len(asks), len(lines)-1)
	}
	for _, l := range lines[1:] {
		f := strings.Split(l, "\t")
		if len(f) != 3 || f[2] != "1" || asks[f[1]+"\x00"+queries[f[0]].Text] != f[1] {
			t.Errorf("judgement %q", l)
		}
	}
	if err := WriteBEIR(dir, ps); err == nil {
		t.Error("an export was overwritten")
	}
}
