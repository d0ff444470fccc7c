package transfer

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"massagefaq/knowledge"
)

// Readable is the passages that someone of the given audience may read, in
// order, without links to others. Every export of something public begins here.
func Readable(ps []knowledge.Passage, a knowledge.Audience) []knowledge.Passage {
	kept := map[string]bool{}
	for _, p := range ps {
		kept[p.ID] = a.Sees(p.Audience)
	}
	var out []knowledge.Passage
	for _, p := range ps {
		if !a.Sees(p.Audience) {
			continue
		}
		var related []string
		for _, id := range p.Related {
			if keep, known := kept[id]; keep || !known {
				related = append(related, id)
			}
		}
		p.Related = related
		out = append(out, p)
	}
	return out
}

// WriteCSV writes passages as a table that a spreadsheet opens and that Read
// reads back to the same passages. Answers keep their places for practice facts.
func WriteCSV(w io.Writer, ps []knowledge.Passage) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"id", "topic", "audience", "care", "question", "also asked", "answer", "sources", "related", "reviewed", "review_by"}}
	for _, p := range ps {
		care := ""
		if p.Care {
			care = "yes"
		}
		var sources []string
		for _, s := range p.Sources {
			sources = append(sources, s.Title+" <"+s.URL+">")
		}
		rows = append(rows, []string{p.ID, string(p.Topic), string(p.Audience), care, guard(p.Title), guard(strings.Join(p.Asks, "\n")), guard(p.Text),
			guard(strings.Join(sources, "\n")), strings.Join(p.Related, "\n"), day(p.Reviewed), day(p.ReviewBy)})
	}
	if err := c.WriteAll(rows); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// The parts of a schema.org FAQPage.
type (
	faqPage struct {
		Context    string        `json:"@context"`
		Type       string        `json:"@type"`
		MainEntity []faqQuestion `json:"mainEntity"`
	}
	faqQuestion struct {
		Type       string    `json:"@type"`
		Identifier string    `json:"identifier"`
		Name       string    `json:"name"`
		URL        string    `json:"url,omitempty"`
		About      faqThing  `json:"about"`
		Answer     faqAnswer `json:"acceptedAnswer"`
	}
	faqThing struct {
		Type string `json:"@type"`
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
	faqAnswer struct {
		Type     string     `json:"@type"`
		Text     string     `json:"text"`
		Citation []faqThing `json:"citation,omitempty"`
	}
)

// WriteJSONLD writes passages as a schema.org FAQPage that can stand in the
// script element of a page: no sign in it ends the element. Practice facts are
// filled in; a passage's web address is given where its URL is known.
func WriteJSONLD(w io.Writer, ps []knowledge.Passage, practice knowledge.Practice) error {
	page := faqPage{Context: "https://schema.org", Type: "FAQPage", MainEntity: []faqQuestion{}}
	for _, p := range knowledge.Place(ps, practice) {
		q := faqQuestion{
			Type: "Question", Identifier: p.ID, Name: p.Title, URL: p.URL,
			About:  faqThing{Type: "Thing", Name: string(p.Topic)},
			Answer: faqAnswer{Type: "Answer", Text: knowledge.HTML(p.Text)},
		}
		for _, s := range p.Sources {
			q.Answer.Citation = append(q.Answer.Citation, faqThing{Type: "CreativeWork", Name: s.Title, URL: s.URL})
		}
		page.MainEntity = append(page.MainEntity, q)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(page); err != nil {
		return fmt.Errorf("write json-ld: %w", err)
	}
	return nil
}

// WriteBEIR writes a BEIR folder: corpus.jsonl with the answers, queries.jsonl
// with every phrasing, and qrels/test.tsv with which phrasing belongs to which
// answer. Practice facts are left out by their fallbacks.
func WriteBEIR(dir string, ps []knowledge.Passage) error {
	var corpus, queries strings.Builder
	var qrels strings.Builder
	qrels.WriteString("query-id\tcorpus-id\tscore\n")
	for _, p := range knowledge.Place(ps, knowledge.Practice{}) {
		line(&corpus, map[string]any{"_id": p.ID, "title": p.Title, "text": knowledge.Plain(p.Text), "metadata": map[string]any{"topic": p.Topic}})
		for i, ask := range p.Asks {
			id := fmt.Sprintf("%s/%d", p.ID, i+1)
			line(&queries, map[string]any{"_id": id, "text": ask, "metadata": map[string]any{}})
			qrels.WriteString(id + "\t" + p.ID + "\t1\n")
		}
	}
	err := os.MkdirAll(filepath.Join(dir, "qrels"), 0o777)
	for _, f := range []File{{"corpus.jsonl", corpus.String()}, {"queries.jsonl", queries.String()}, {"qrels/test.tsv", qrels.String()}} {
		if err == nil {
			err = writeNew(filepath.Join(dir, filepath.FromSlash(f.Name)), f.Text)
		}
	}
	if err != nil {
		return fmt.Errorf("write beir: %w", err)
	}
	return nil
}

func line(b *strings.Builder, v any) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.Encode(v) // strings and maps of them always encode
}

// writeNew writes a file that must not be there yet.
func writeNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}
