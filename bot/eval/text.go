package eval

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"massagefaq/bot"
)

// replyKinds in the order of the table of replies.
var replyKinds = []bot.Kind{bot.Answer, bot.Choices, bot.Unknown, bot.Handoff, bot.Urgent, bot.SmallTalk}

// WriteText writes the report as aligned tables.
func (r Report) WriteText(w io.Writer) error {
	t := &table{}
	r.writeMeasures(t)
	writeTallies(t, "by kind", r.Kinds)
	writeTallies(t, "by style", r.Styles)
	writeTallies(t, "questions by topic", r.Topics)
	writeReplies(t, r.Kinds)
	r.Calibration.write(t)
	t.line("")
	t.line("latency of Ask: p50 %.0f µs, p99 %.0f µs, max %.0f µs over %d questions",
		r.Latency.P50, r.Latency.P99, r.Latency.Max, len(r.Cases))
	return t.flush(w)
}

func (r Report) writeMeasures(t *table) {
	t.row("measure", "count", "%", "95 % interval", "bar", "")
	for _, m := range r.Measures {
		verdict := ""
		if !m.Met {
			verdict = "missed"
		}
		t.row(m.Label, fmt.Sprintf("%d of %d", m.Count, m.N), percent(m.Count, m.N),
			fmt.Sprintf("%.1f to %.1f", 100*m.Low, 100*m.High), m.Bar, verdict)
	}
}

func writeTallies(t *table, title string, tallies []Tally) {
	if len(tallies) == 0 {
		return
	}
	t.line("")
	t.row(title, "n", "right", "%", "shown", "%", "declined", "%", "wrong", "%", "alarm")
	for _, y := range tallies {
		t.row(y.Name, y.N, y.Right, percent(y.Right, y.N), y.Shown, percent(y.Shown, y.N),
			y.Declined, percent(y.Declined, y.N), y.Wrong, percent(y.Wrong, y.N), y.Alarm)
	}
}

// writeReplies shows how each kind was replied to.
func writeReplies(t *table, tallies []Tally) {
	t.line("")
	head := []any{"replies"}
	for _, k := range replyKinds {
		head = append(head, k)
	}
	t.row(append(head, "error")...)
	for _, y := range tallies {
		row := []any{y.Name}
		for _, k := range replyKinds {
			row = append(row, y.Replies[k])
		}
		t.row(append(row, y.Errors)...)
	}
}

func (c Calibration) write(t *table) {
	if c.N == 0 {
		return
	}
	t.line("")
	t.row("confidence", "n", "predicted", "observed")
	for _, b := range c.Bins {
		if b.N > 0 {
			t.row(fmt.Sprintf("%.1f to %.1f", b.Low, b.High), b.N,
				fmt.Sprintf("%.2f", b.Predicted), fmt.Sprintf("%.2f", b.Observed))
		}
	}
	t.line("calibration of the first passage: ECE %.3f, Brier %.3f over %d replies", c.ECE, c.Brier, c.N)
}

// WriteMisses writes every case that was not right, with what was asked for and
// what came back.
func (r Report) WriteMisses(w io.Writer) error {
	var b strings.Builder
	for _, c := range r.Misses() {
		words := strings.Fields(strings.Join([]string{c.Outcome() + ":", c.ID, string(c.Kind), c.Style, c.Topic}, " "))
		fmt.Fprintln(&b, strings.Join(words, " "))
		if c.Context != "" {
			fmt.Fprintf(&b, "  after   %q\n", c.Context)
		}
		fmt.Fprintf(&b, "  asked   %q\n", c.Question)
		for _, p := range c.Must {
			fmt.Fprintf(&b, "  must    %s\n", p)
		}
		for _, p := range c.AltMust {
			fmt.Fprintf(&b, "  or      %s\n", p)
		}
		if c.Expect != "" {
			fmt.Fprintf(&b, "  expect  %s\n", c.Expect)
		}
		c.writeGot(&b)
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c Case) writeGot(b *strings.Builder) {
	if c.Error != "" {
		fmt.Fprintf(b, "  error   %s\n", c.Error)
		return
	}
	fmt.Fprintf(b, "  got     %s\n", strings.TrimSpace(strings.Join([]string{string(c.Got.Kind), c.Got.Resource, c.Got.Rule}, " ")))
	for i, h := range c.Got.Hits {
		fmt.Fprintf(b, "          %d. %.2f %s  %s\n", i+1, h.Score, h.ID, h.Title)
	}
}

// Golden is the report for a file kept in the repository: counts and the cases
// that were not right, without timings, so that any movement is a line to look at.
func (r Report) Golden() string {
	t := &table{left: true}
	for _, m := range r.Measures {
		t.row(m.Name, fmt.Sprintf("%d/%d", m.Count, m.N), percent(m.Count, m.N), m.Bar)
	}
	t.row("calibration", fmt.Sprintf("ece %.2f", r.Calibration.ECE), fmt.Sprintf("brier %.2f", r.Calibration.Brier))
	t.line("")
	for _, c := range r.Misses() {
		first := ""
		if len(c.Got.Hits) > 0 {
			first = c.Got.Hits[0].ID
		}
		t.row(c.ID, c.Kind, c.Outcome(), cmp.Or(first, c.Got.Resource))
	}
	return t.String()
}
