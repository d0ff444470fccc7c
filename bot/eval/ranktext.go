package eval

import (
	"fmt"
	"io"
	"strings"
)

// WriteText writes the report as aligned tables.
func (r RankReport) WriteText(w io.Writer) error {
	t := &table{}
	t.row(fmt.Sprintf("%s (%d documents)", r.Name, r.Docs),
		"queries", "S@1", "MRR@10", "R@5", "nDCG@10", "MAP", "ECE", "p50 µs", "p99 µs")
	for _, s := range r.Sets {
		t.row(append(append([]any{s.Name, s.Queries}, s.metrics()...), three(s.Calibration.ECE),
			fmt.Sprintf("%.0f", s.Latency.P50), fmt.Sprintf("%.0f", s.Latency.P99))...)
	}
	if len(r.Silent) > 0 {
		t.line("")
		t.row("without an answer", "queries", "against", "AUROC of confidence")
		for _, s := range r.Silent {
			t.row(s.Name, s.Queries, s.Against, three(s.AUROC))
		}
	}
	return t.flush(w)
}

// metrics are the cells of a score, in the order of the table.
func (s RankScore) metrics() []any {
	return []any{three(s.S1), three(s.MRR10), three(s.R5), three(s.NDCG10), three(s.MAP)}
}

// Golden is the report for a file kept in the repository: no timings.
func (r RankReport) Golden() string {
	t := &table{}
	t.row(r.Name, "queries", "S@1", "MRR@10", "R@5", "nDCG@10", "MAP")
	for _, s := range r.Sets {
		t.row(append([]any{s.Name, s.Queries}, s.metrics()...)...)
	}
	for _, s := range r.Silent {
		t.line("AUROC of %s against %s: %s", s.Name, s.Against, three(s.AUROC))
	}
	return t.String()
}

// WriteMisses writes every query whose first hit was not right.
func (r RankReport) WriteMisses(w io.Writer) error {
	var b strings.Builder
	for _, m := range r.Misses {
		rank := "not found"
		if m.Rank > 0 {
			rank = fmt.Sprintf("at %d", m.Rank)
		}
		fmt.Fprintf(&b, "%s %s %q\n", m.Set, m.ID, m.Query)
		fmt.Fprintf(&b, "  want %s (%s)\n", strings.Join(m.Want, " "), rank)
		fmt.Fprintf(&b, "  got  %s (%.2f)\n", strings.Join(m.Got, " "), m.Confidence)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// three is a score as these sets are usually quoted: three decimals.
func three(x float64) string { return fmt.Sprintf("%.3f", x) }
