package main

import (
	"fmt"

	"massagefaq/bot/check"
	"massagefaq/knowledge"
)

// check reports mistakes in the content.
type checkCmd struct {
	Dir      string   `arg:"" optional:"" help:"Folder of content; the shipped one when left out."`
	Practice practice `embed:"" prefix:"practice-"`
	JSON     bool     `name:"json" xor:"form" help:"Write the report as JSON."`
	GitHub   bool     `name:"github" xor:"form" help:"Write GitHub annotations."`
	SARIF    bool     `name:"sarif" xor:"form" help:"Write SARIF 2.1.0."`
}

// Run is "massagefaq check".
func (c *checkCmd) Run(w *world) error {
	files, err := openFolder(c.Dir)
	if err != nil {
		return fmt.Errorf("check %s: %w; give a folder of Markdown files", c.Dir, err)
	}
	report, err := check.Run(w.ctx, files, check.Options{Practice: knowledge.Practice(c.Practice)})
	if err != nil {
		return fmt.Errorf("check %s: %w", c.Dir, err)
	}
	if err := report.Write(w.stdout, c.format(), c.Dir); err != nil {
		return err
	}
	if n := report.Count(check.Error); n > 0 {
		return fmt.Errorf("check: %d errors", n)
	}
	return nil
}

func (c *checkCmd) format() check.Format {
	switch {
	case c.JSON:
		return check.JSON
	case c.GitHub:
		return check.GitHub
	case c.SARIF:
		return check.SARIF
	}
	return check.Text
}
