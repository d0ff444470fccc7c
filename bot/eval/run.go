package eval

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"massagefaq/bot"
)

// An Asker answers questions: the bot, or in tests what stands in for it. It is
// an interface so that replies which a good bot never gives can be judged too.
type Asker interface {
	Ask(ctx context.Context, q bot.Question) (bot.Reply, error)
}

// Options are what a run can do without.
type Options struct {
	Progress io.Writer // gets a progress bar when it is a terminal and the run is long; nil means none
}

// A Case is one question that was asked, and what became of it.
type Case struct {
	File      string   `json:"file"`
	ID        string   `json:"id"` // the row's; with "/2" for the second turn of a conversation
	Kind      Kind     `json:"kind"`
	Topic     string   `json:"topic,omitempty"`
	Style     string   `json:"style,omitempty"`
	Question  string   `json:"question"`
	Context   string   `json:"context,omitempty"` // what was asked just before in the same thread
	Multipart bool     `json:"multipart,omitempty"`
	Expect    string   `json:"expect,omitempty"` // for kinds judged without patterns
	Must      []string `json:"must,omitempty"`
	AltMust   []string `json:"alt_must,omitempty"`
	Got       Got      `json:"got"`
	Verdict
	Took  time.Duration `json:"took_ns"`
	Error string        `json:"error,omitempty"` // of Ask; such a case is never right
}

// Got is the part of a reply that explains a verdict.
type Got struct {
	Kind     bot.Kind `json:"kind"`
	Resource string   `json:"resource,omitempty"`
	Rule     string   `json:"rule,omitempty"`
	Text     string   `json:"text"`
	Hits     []Hit    `json:"passages,omitempty"`
}

// A Hit is a passage of a reply.
type Hit struct {
	ID    string  `json:"id"`
	Title string  `json:"title"`
	Score float64 `json:"score"`
}

// Run asks every row and sums up the replies. Rows are asked one after another,
// so that latencies are those of a bot with nothing else to do. An error of the
// asker is counted and noted; the error returned is ctx's alone.
func Run(ctx context.Context, asker Asker, rows []Row, o Options) (Report, error) {
	var cases []Case
	bar := newProgress(o.Progress, "asking", len(rows))
	defer bar.done()
	run := rand.Text() // a journal may remember threads of an earlier run
	for i, row := range rows {
		thread := fmt.Sprintf("eval-%s-%d", run, i)
		cases = append(cases, askRow(ctx, asker, row, thread)...)
		if err := ctx.Err(); err != nil {
			return Report{}, fmt.Errorf("ask %s:%d: %w", row.File, row.Line, err)
		}
		bar.step()
	}
	return Summarise(cases), nil
}

// askRow asks the turns of a row in one thread.
func askRow(ctx context.Context, asker Asker, row Row, thread string) []Case {
	q := bot.Question{Asker: thread, Thread: thread, Channel: row.Channel, Audience: row.Channel.Audience()}
	before := row.Context
	if before != "" {
		q.Text = before
		// A failure here shows in the question that depends on it.
		_, _ = asker.Ask(ctx, q)
	}
	var cases []Case
	for i, t := range row.Turns {
		q.Text = t.Text
		c := newCase(row, i)
		c.Context = before
		start := time.Now()
		reply, err := asker.Ask(ctx, q)
		c.Took = time.Since(start)
		if err != nil {
			c.Error = err.Error()
		} else {
			c.Got, c.Verdict = gotOf(reply), judge(row, t, reply)
		}
		cases = append(cases, c)
		before = t.Text
	}
	return cases
}

func newCase(row Row, turn int) Case {
	t := row.Turns[turn]
	c := Case{
		File: row.File, ID: row.ID, Kind: row.Kind, Topic: row.Topic, Style: row.Style,
		Question: t.Text, Multipart: row.Multipart, Expect: row.Expect,
		Must: t.Must.Strings(), AltMust: t.AltMust.Strings(),
	}
	if row.Kind == Followup {
		c.ID = fmt.Sprintf("%s/%d", row.ID, turn+1)
		c.Style = "first turn"
		if turn > 0 {
			c.Style = "later turn"
		}
	}
	if row.Kind == RedFlag {
		c.Expect = string(row.Resource)
	}
	return c
}

func gotOf(r bot.Reply) Got {
	g := Got{Kind: r.Kind, Resource: string(r.Resource), Rule: r.Rule, Text: r.Text}
	for _, f := range r.Passages {
		g.Hits = append(g.Hits, Hit{ID: f.ID, Title: f.Title, Score: f.Score})
	}
	return g
}

// prediction is the case's confidence in its first passage; ok is false where
// there is none or its being right cannot be told.
func (c Case) prediction() (p Prediction, ok bool) {
	switch {
	case len(c.Got.Hits) == 0, c.Multipart, c.Expect == "abstain_or_answer":
		return p, false
	}
	switch c.Kind {
	case Question, Followup, Contraindication, OutOfScope:
		return Prediction{Confidence: c.Got.Hits[0].Score, Right: c.First}, true
	}
	return p, false
}
