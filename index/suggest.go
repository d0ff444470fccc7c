package index

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"massagefaq/knowledge"
)

// Suggest lists passages for someone who is still typing: the last word may be
// unfinished. Titles that contain every word come first, then what Search finds.
// Only passages that may be shown count; a nil may shows all. A limit of zero or
// less is none.
func (x *Index) Suggest(ctx context.Context, q Query, may func(*knowledge.Passage) bool) []*knowledge.Passage {
	x.mu.RLock()
	s := x.now
	x.mu.RUnlock()
	words := []string{}
	eachWord(q.Text, func(w string) { words = append(words, w) })
	if len(words) == 0 {
		return nil
	}
	var out []*knowledge.Passage
	seen := map[string]bool{}
	full := func() bool { return q.Limit > 0 && len(out) >= q.Limit }
	add := func(p *knowledge.Passage) {
		if !seen[p.ID] && !full() && (may == nil || may(p)) {
			seen[p.ID] = true
			out = append(out, p)
		}
	}
	for _, p := range s.holding(words, &q) {
		add(p)
	}
	if full() {
		return out
	}
	found := q
	found.Limit = DefaultLimit // some may be there already, or not to be shown
	if res, err := x.Search(ctx, found); err == nil {
		for _, h := range res.Hits {
			if h.Confidence > suggestAt {
				add(h.Passage)
			}
		}
	}
	return out
}

// holding are the passages whose questions have all the words, best first.
func (s *snapshot) holding(words []string, q *Query) []*knowledge.Passage {
	type scored struct {
		p     *knowledge.Passage
		score int
	}
	terms, ok := s.typed(words)
	if !ok {
		return nil
	}
	var found []scored
	for i := range s.passages {
		p := &s.passages[i]
		if !q.Audience.Sees(p.Audience) || !s.docs[i].hasAll(terms) {
			continue
		}
		if n := s.titles[i].holds(words); n > 0 {
			found = append(found, scored{p, n})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	out := make([]*knowledge.Passage, len(found))
	for i, f := range found {
		out[i] = f.p
	}
	return out
}

// typed are the terms of the words that are typed to their end, without which no
// question has them. ok is false when the content does not have one at all.
func (s *snapshot) typed(words []string) (terms []int32, ok bool) {
	for _, w := range words[:len(words)-1] {
		if _, short := shorthand[w]; short {
			continue // its term is that of what it stands for
		}
		id, known := s.lex.ids[stem(w)]
		if !known {
			return nil, false
		}
		terms = append(terms, id)
	}
	return terms, true
}

func (d *document) hasAll(terms []int32) bool {
	for _, id := range terms {
		if t, _ := d.find(id); t == nil {
			return false
		}
	}
	return true
}

// suggestAt is the confidence from which a passage is worth a line while typing.
const suggestAt = 0.15

// title is the words of a passage's questions, for matching while typing.
type title struct {
	words []string // of the title
	asks  string   // other phrasings, each word with a space on both sides
}

// holds scores how well the words, the last one perhaps unfinished, are all in
// the questions: more when they are in the title. 0 when one is missing.
func (t *title) holds(words []string) int {
	score := 1
	for i, w := range words {
		end, last := " ", i == len(words)-1
		if last {
			end = ""
		}
		switch {
		case t.inTitle(w, last):
			score += 2
		case strings.Contains(t.asks, " "+w+end):
			score++
		default:
			return 0
		}
	}
	return score
}

func (t *title) inTitle(w string, unfinished bool) bool {
	for _, have := range t.words {
		if have == w || unfinished && strings.HasPrefix(have, w) {
			return true
		}
	}
	return false
}
