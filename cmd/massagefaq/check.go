package main

import (
	"fmt"
	"io/fs"
	"os"

	bodycheck "massagefaq/bot/check"
	"massagefaq/knowledge"
)

// check reports mistakes in the content.
type check struct {
	Dir      string   `arg:"" optional:"" help:"Folder of content; the shipped one when left out."`
	Practice practice `embed:"" prefix:"practice-"`
	JSON     bool     `name:"json" xor:"form" help:"Write the report as JSON."`
	GitHub   bool     `name:"github" xor:"form" help:"Write GitHub annotations."`
	SARIF    bool     `name:"sarif" xor:"form" help:"Write SARIF 2.1.0."`
}

// Run is "massagefaq check".
func (c *check) Run(w *world) error {
	files, root := fs.FS(knowledge.Content()), ""
	if c.Dir != "" {
		files, root = os.DirFS(c.Dir), c.Dir
	}
	report, err := bodycheck.Run(w.ctx, files, bodycheck.Options{Practice: knowledge.Practice(c.Practice)})
	if err != nil {
		return fmt.Errorf("check %s: %w", c.Dir, err)
	}
	if err := report.Write(w.stdout, c.format(), root); err != nil {
		return err
	}
	if n := report.Count(bodycheck.Error); n > 0 {
		return fmt.Errorf("check: %d errors", n)
	}
	return nil
}

func (c *check) format() bodycheck.Format {
	switch {
	case c.JSON:
		return bodycheck.JSON
	case c.GitHub:
		return bodycheck.GitHub
	case c.SARIF:
		return bodycheck.SARIF
	}
	return bodycheck.Text
}
