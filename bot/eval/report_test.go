package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

var update = flag.Bool("update", false, "rewrite the expected reports in testdata")

// script is an Asker with a fixed reply to each text. It stands in for a bot
// since only it gives every wrong reply on purpose.
type script struct {
	replies map[string]scripted

	mu    sync.Mutex
	asked []bot.Question
}

type scripted struct {
	Error    string
	Kind     bot.Kind
	Text     string
	Resource knowledge.Resource
	Rule     string
	Passages []struct {
		ID, Title, Text string
		Care            bool
		Score           float64
	}
}

func (s *script) Ask(_ context.Context, q bot.Question) (bot.Reply, error) {
	s.mu.Lock()
	s.asked = append(s.asked, q)
	s.mu.Unlock()
	said, ok := s.replies[q.Text]
	if !ok {
		return bot.Reply{}, errors.New("not in the script")
	}
	if said.Error != "" {
		return bot.Reply{}, errors.New(said.Error)
	}
	r := bot.Reply{Kind: said.Kind, Text: said.Text, Resource: said.Resource, Rule: said.Rule}
	for _, p := range said.Passages {
		r.Passages = append(r.Passages, bot.Found{Score: p.Score,
			Passage: knowledge.Passage{ID: p.ID, Title: p.Title, Text: p.Text, Care: p.Care}})
	}
	return r, nil
}

// TestReport holds every form of the report to the files beside the rows.
func TestReport(t *testing.T) {
	files, err := filepath.Glob("testdata/report/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no reports to test: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { checkReport(t, file) })
	}
}

func checkReport(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in := map[string][]byte{}
	for _, f := range archive.Files {
		in[f.Name] = f.Data
	}
	got := reports(t, in["rows.jsonl"], in["replies.json"])
	if *update {
		archive.Files = append(archive.Files[:2:2], got...)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range got {
		if diff := cmp.Diff(string(in[f.Name]), string(f.Data)); diff != "" && !*update {
			t.Errorf("%s (-want +got):\n%s", f.Name, diff)
		}
	}
}

// reports asks the rows and renders the report in each form, with a latency of
// one microsecond for the first case, two for the second and so on.
func reports(t *testing.T, rows, replies []byte) []txtar.File {
	t.Helper()
	r := runScript(t, rows, replies)
	for i := range r.Cases {
		r.Cases[i].Took = time.Duration(i+1) * time.Microsecond
	}
	r = Summarise(r.Cases)
	var text, misses bytes.Buffer
	if err := errors.Join(r.WriteText(&text), r.WriteMisses(&misses)); err != nil {
		t.Fatal(err)
	}
	r.Cases = r.Cases[1:3] // one that is right and one that is not show every field
	asJSON, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden := runScript(t, rows, replies).Golden()
	return []txtar.File{
		{Name: "report", Data: text.Bytes()}, {Name: "misses", Data: misses.Bytes()},
		{Name: "golden", Data: []byte(golden)}, {Name: "report.json", Data: append(asJSON, '\n')},
	}
}

func runScript(t *testing.T, rows, replies []byte) Report {
	t.Helper()
	read, err := Read(bytes.NewReader(rows), "rows.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	s := &script{}
	if err := json.Unmarshal(replies, &s.replies); err != nil {
		t.Fatal(err)
	}
	r, err := Run(t.Context(), s, read, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
