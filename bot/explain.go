package bot

import (
	"fmt"
	"strings"

	"massagefaq/index"
)

// Explanation is how a reply came about, for people who tune content.
type Explanation struct {
	Tidied  string   // the text as looked at
	Context []string // the earlier questions it was read with
	Words   []index.WordReading
	Hits    []index.Hit // the candidates, best first
	Reason  string      // why this kind of reply
	Kind    Kind
}

// explain gathers what a decision was made from.
func explain(tidied string, kind Kind, d *decision) *Explanation {
	return &Explanation{Tidied: tidied, Context: d.context, Words: d.reading.Words, Hits: d.hits, Reason: d.why, Kind: kind}
}

// String is a page for the terminal.
func (e *Explanation) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "read      %s\n", e.Tidied)
	for _, c := range e.Context {
		fmt.Fprintf(&s, "after     %s\n", c)
	}
	for _, w := range e.Words {
		known := ""
		switch {
		case len(w.Corrected) > 0:
			known = "  unknown, read as " + strings.Join(w.Corrected, ", ")
		case !w.Known:
			known = "  unknown"
		}
		fmt.Fprintf(&s, "  %5.2f  %s%s\n", w.Weight, w.Word, known)
	}
	for _, h := range e.Hits {
		fmt.Fprintf(&s, "  %.2f  %6.2f  %-40s %s\n", h.Confidence, h.Score, h.Passage.ID, h.Features)
	}
	fmt.Fprintf(&s, "%s: %s\n", e.Kind, e.Reason)
	return s.String()
}
