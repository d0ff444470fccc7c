package index

import (
	"context"
	"sort"
	"strings"

	"massagefaq/knowledge"
)

// Suggest lists passages for someone who is still typing: the last word may be
// unfinished. Titles that contain every word come first, then what Search finds.
func (x *Index) Suggest(ctx context.Context, q Query) []*knowledge.Passage {
	x.mu.RLock()
	s := x.now
	x.mu.RUnlock()
	words := []string{}
	eachWord(q.Text, func(w string) { words = append(words, w) })
	if len(words) == 0 {
		return nil
	}
	type scored struct {
		p     *knowledge.Passage
		score int
	}
	var found []scored
	for i := range s.passages {
		p := &s.passages[i]
		if !q.Audience.Sees(p.Audience) {
			continue
		}
		if n := s.titles[i].holds(words); n > 0 {
			found = append(found, scored{p, n})
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].score > found[j].score })
	var out []*knowledge.Passage
	seen := map[string]bool{}
	add := func(p *knowledge.Passage) {
		if !seen[p.ID] && (q.Limit == 0 || len(out) < q.Limit) {
			seen[p.ID] = true
			out = append(out, p)
		}
	}
	for _, f := range found {
		add(f.p)
	}
	if res, err := x.Search(ctx, q); err == nil {
		for _, h := range res.Hits {
			if h.Confidence > suggestAt {
				add(h.Passage)
			}
		}
	}
	return out
}

// suggestAt is the confidence from which a passage is worth a line while typing.
const suggestAt = 0.15

// title is the words of a passage's questions, for matching while typing.
type title struct {
	words []string // of the title
	asks  string   // other phrasings, each word with a space before it
}

func newTitle(p *knowledge.Passage) title {
	var t title
	eachWord(p.Title, func(w string) { t.words = append(t.words, w) })
	var b strings.Builder
	for _, a := range p.Asks {
		eachWord(a, func(w string) { b.WriteString(" " + w) })
	}
	t.asks = b.String()
	return t
}

// holds scores how well the words, the last one perhaps unfinished, are all in
// the questions: more when they are in the title. 0 when one is missing.
func (t *title) holds(words []string) int {
	score := 1
	for i, w := range words {
		last := i == len(words)-1
		switch {
		case t.inTitle(w, last):
			score += 2
		case strings.Contains(t.asks, " "+w) && (last || strings.Contains(t.asks+" ", " "+w+" ")):
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
