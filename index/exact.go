package index

import (
	"slices"
	"strings"

	"massagefaq/knowledge"
)

// certain is the confidence in a passage whose own question was asked word for
// word. Not 1: the author may have put it into the wrong place.
const certain = 0.99

// know remembers the questions of passage n. Where two passages have the same
// one, the first in reading order keeps it; "massagefaq check" says so.
func (s *snapshot) know(n int) {
	p := &s.passages[n]
	for _, q := range append([]string{p.Title}, p.Asks...) {
		key := said(q)
		if _, taken := s.exact[key]; !taken && key != "" {
			s.exact[key] = n
		}
	}
}

// said is the words of a question and nothing else.
func said(text string) string {
	var b strings.Builder
	eachWord(text, func(w string) {
		b.WriteString(w)
		b.WriteByte(' ')
	})
	return b.String()
}

// withExact adds the passage whose question was asked word for word to the
// candidates, should its words be so common that Bleve did not find it.
func (s *snapshot) withExact(q Query, found []int) []int {
	n, ok := s.exact[said(q.Text)]
	if !ok || slices.Contains(found, n) {
		return found
	}
	p := &s.passages[n]
	if p.Audience == knowledge.Staff && q.Audience != knowledge.Staff || q.Topic != "" && p.Topic != q.Topic {
		return found
	}
	return append(found, n)
}

// prefer puts the passage whose question was asked word for word first: what
// people click is always found.
func (s *snapshot) prefer(q Query, hits []Hit) {
	n, ok := s.exact[said(q.Text)]
	if !ok || len(q.Context) > 0 {
		return
	}
	for i := range hits {
		if hits[i].Passage == &s.passages[n] {
			h := hits[i]
			h.Exact, h.Confidence = true, certain
			copy(hits[1:i+1], hits[:i])
			hits[0] = h
			return
		}
	}
}
