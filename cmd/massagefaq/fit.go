package main

import (
	"encoding/json"
	"fmt"
	"os"

	"massagefaq/bot/eval"
	"massagefaq/index"
	"massagefaq/knowledge"
)

// fit learns the numbers of index/weights.json; for people who work on the ranking.
type fit struct {
	content
	Files []string `arg:"" optional:"" help:"Question files, JSON Lines."`
	BEIR  []string `name:"beir" help:"Folders in BEIR layout to learn from too." placeholder:"DIR"`
	Out   string   `help:"File to write." default:"index/weights.json" placeholder:"FILE"`
}

// Run is "massagefaq fit".
func (f *fit) Run(w *world) error {
	folder, err := f.load()
	if err != nil {
		return err
	}
	in := eval.FitInput{Open: openCollection, Out: w.stdout}
	if in.Content, err = index.New(knowledge.Place(folder.Passages, knowledge.Practice(f.Practice)), folder.Vocabulary); err != nil {
		return err
	}
	defer in.Content.Close()
	for _, file := range f.Files {
		rows, err := eval.ReadFile(file)
		if err != nil {
			return err
		}
		in.Rows = append(in.Rows, rows...)
	}
	for _, dir := range f.BEIR {
		c, err := eval.LoadBEIR(dir)
		if err != nil {
			return err
		}
		in.Collections = append(in.Collections, c)
	}
	fitted, err := eval.Fit(w.ctx, in)
	if err != nil {
		return err
	}
	return writeFitted(f.Out, fitted)
}

func writeFitted(file string, f index.Fitted) error {
	f.About = "Learned by massagefaq fit; see index/score.go and index/confidence.go for what stands where, CONTRIBUTING.md for how."
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("write weights: %w", err)
	}
	return nil
}
