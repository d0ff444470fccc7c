package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"massagefaq/bot/eval"
	"massagefaq/index"
	"massagefaq/knowledge"
)

// evalCmd scores question files, or BEIR folders.
type evalCmd struct {
	content
	Files  []string `arg:"" optional:"" help:"Question files, JSON Lines."`
	BEIR   []string `name:"beir" help:"Score the index on a folder in BEIR layout instead." placeholder:"DIR"`
	JSON   bool     `name:"json" help:"Write the scores as JSON."`
	Misses bool     `help:"Show each miss with what came back."`
}

// Run is "massagefaq eval".
func (e *evalCmd) Run(w *world) error {
	if len(e.Files) == 0 && len(e.BEIR) == 0 {
		return errors.New("eval: nothing to score; give question files, or -beir DIR")
	}
	if len(e.Files) > 0 {
		if err := e.questions(w); err != nil {
			return err
		}
	}
	for _, dir := range e.BEIR {
		if err := e.beir(w, dir); err != nil {
			return err
		}
	}
	return nil
}

func (e *evalCmd) questions(w *world) error {
	var rows []eval.Row
	for _, file := range e.Files {
		more, err := eval.ReadFile(file)
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	b, err := e.bot(w, nil)
	if err != nil {
		return err
	}
	defer b.Close()
	report, err := eval.Run(w.ctx, b, rows, eval.Options{Progress: os.Stderr})
	if err != nil {
		return err
	}
	return e.write(w, report, report.WriteText, report.WriteMisses)
}

func (e *evalCmd) beir(w *world, dir string) error {
	c, err := eval.LoadBEIR(dir)
	if err != nil {
		return err
	}
	ranker, err := newRanker(c)
	if err != nil {
		return err
	}
	defer ranker.index.Close()
	report, err := eval.RunBEIR(w.ctx, c, ranker, eval.Options{Progress: os.Stderr})
	if err != nil {
		return err
	}
	return e.write(w, report, report.WriteText, report.WriteMisses)
}

// ranker lets a BEIR folder be ranked by the index as it is, without the bot.
type ranker struct{ index *index.Index }

func newRanker(c eval.Collection) (ranker, error) {
	x, err := openCollection(c)
	return ranker{x}, err
}

// openCollection indexes a BEIR folder's documents as passages.
func openCollection(c eval.Collection) (*index.Index, error) {
	passages := make([]knowledge.Passage, len(c.Docs))
	for i, d := range c.Docs {
		passages[i] = knowledge.Passage{ID: d.ID, Title: d.Title, Text: d.Text, Audience: knowledge.Public}
	}
	// The domain's vocabulary is left out: these folders are about other things.
	x, err := index.New(passages, knowledge.Vocabulary{})
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", c.Name, err)
	}
	return x, nil
}

// Rank is eval.Ranker.
func (r ranker) Rank(query string, k int) []eval.Ranked {
	res, err := r.index.Search(context.Background(), index.Query{Text: query, Limit: k})
	if err != nil {
		return nil
	}
	out := make([]eval.Ranked, len(res.Hits))
	for i, h := range res.Hits {
		out[i] = eval.Ranked{ID: h.Passage.ID, Score: h.Score, Confidence: h.Confidence}
	}
	return out
}

// write shows a report in the form that was asked for.
func (e *evalCmd) write(w *world, report any, text, misses func(io.Writer) error) error {
	if e.JSON {
		enc := json.NewEncoder(w.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(report)
	}
	if err := text(w.stdout); err != nil {
		return err
	}
	if e.Misses {
		return misses(w.stdout)
	}
	return nil
}
