package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"massagefaq/bot/check"
	"massagefaq/bot/journal"
	"massagefaq/knowledge"
)

// reportCmd sums the journal up for the practice's owner.
type reportCmd struct {
	content
	Journal string        `help:"The journal: a SQLite file, or postgres://…" default:"massagefaq.db" placeholder:"PATH" setting:"JOURNAL"`
	Since   time.Duration `help:"How far back to look." default:"720h"`
	JSON    bool          `name:"json" help:"Write the report as JSON."`
}

// Run is "massagefaq report".
func (c *reportCmd) Run(w *world) error {
	if c.Since <= 0 {
		return fmt.Errorf("report -since %s: want how far back to look, such as 720h", c.Since)
	}
	folder, err := c.load()
	if err != nil {
		return err
	}
	j, err := journal.Open(w.ctx, c.Journal, journal.Options{Logger: w.log, Existing: true})
	if err != nil {
		return err
	}
	defer closeJournal(j)
	now := time.Now()
	r, err := j.Report(w.ctx, now.Add(-c.Since))
	if err != nil {
		return err
	}
	due := reviewsDue(folder.Passages, now)
	if c.JSON {
		enc := json.NewEncoder(w.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(struct {
			journal.Report
			ReviewsDue []dueReview `json:"reviews_due"`
		}{r, due})
	}
	if err := r.WriteText(w.stdout); err != nil {
		return err
	}
	return writeDue(w.stdout, due, now)
}

// dueReview is an answer that somebody has to read again.
type dueReview struct {
	ID       string `json:"id"`
	ReviewBy string `json:"review_by"`
	Withheld bool   `json:"withheld"` // out of date, and about money or safety
}

// reviewsDue lists the reviews that are past or will be within a month.
func reviewsDue(ps []knowledge.Passage, now time.Time) []dueReview {
	due := []dueReview{}
	for _, p := range ps {
		if !p.ReviewBy.IsZero() && now.Add(check.DefaultAhead).After(p.ReviewBy) {
			due = append(due, dueReview{p.ID, p.ReviewBy.Format(time.DateOnly), p.Sensitive() && p.Expired(now)})
		}
	}
	return due
}

func writeDue(w io.Writer, due []dueReview, now time.Time) error {
	if len(due) == 0 {
		return nil
	}
	fmt.Fprintf(w, "\nAnswers to review again\n")
	for _, d := range due {
		state := "by " + d.ReviewBy
		if d.Withheld {
			state = "since " + d.ReviewBy + ", withheld until then"
		} else if d.ReviewBy < now.Format(time.DateOnly) {
			state = "since " + d.ReviewBy
		}
		if _, err := fmt.Fprintf(w, "  %-40s %s\n", d.ID, state); err != nil {
			return err
		}
	}
	return nil
}
