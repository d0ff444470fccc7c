package index

import "strings"

// certain is the confidence in a passage whose own question was asked word for
// word. Not 1: the author may have put it into the wrong place.
const certain = 0.99

// know remembers the questions of passage n, as said returns them. Where two
// passages have the same one, the first in reading order keeps it; "massagefaq
// check" says so.
func (s *snapshot) know(n int, questions []string) {
	for _, key := range questions {
		if _, taken := s.exact[key]; !taken && key != "" {
			s.exact[key] = n
		}
	}
}

// said is the words of a question and nothing else.
func said(text string) string {
	words := make([]string, 0, len(text)/5+1)
	eachWord(text, func(w string) { words = append(words, w) })
	return sayWords(words)
}

// sayWords is said for a text that is split into words.
func sayWords(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w)
		b.WriteByte(' ')
	}
	return b.String()
}

// asked is the passage whose own question q asks word for word, if q may see it.
func (s *snapshot) asked(q *Query) (n int, ok bool) {
	if n, ok = s.exact[said(q.Text)]; !ok {
		return 0, false
	}
	return n, q.sees(&s.passages[n])
}

// prefer puts passage n, whose question was asked word for word, first: what
// people click is always found.
func (s *snapshot) prefer(n int, hits []Hit) {
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
