package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"massagefaq/knowledge"
)

// fieldBoost is the weight of a hit in each field when looking for candidates. A
// title is short, so BM25 favours it already: boosted, it costs recall on prose.
// The ranking proper (score.go) reads every field anew.
var fieldBoost = [fields]float32{0.6, 1, 1}

// tally is what a passage, by Bleve's number, has of the terms looked for.
type tally struct {
	score   float32
	matches int32 // how many term and field pairs
}

// candidates are the passages worth ranking, as ordinals, best first. Bleve has
// the postings, with how often each term stands where; they are read one after
// another into one tally a passage. Bleve's own search gives the same passages by
// stepping through all postings at once, which takes five times as long.
func (s *snapshot) candidates(ctx context.Context, p *parsed, q *Query, sc *scratch) ([]int, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	if len(sc.tallies) < len(s.docs) {
		sc.tallies = make([]tally, len(s.docs))
	}
	defer sc.forget()
	for _, t := range s.finding(p) {
		for f := range fields {
			if s.lex.where[t.id]>>f&1 == 0 {
				continue
			}
			list, err := s.finder.postings(ctx, f, t.id, t.text)
			if err != nil {
				return nil, fmt.Errorf("search index: %w", err)
			}
			sc.tally(list, fieldBoost[f]*t.weight)
		}
	}
	return s.foremost(q, sc), nil
}

func (sc *scratch) tally(list []posting, boost float32) {
	for _, p := range list {
		t := &sc.tallies[p.at]
		if t.matches == 0 {
			sc.seen = append(sc.seen, p.at)
		}
		t.score += p.gain * boost
		t.matches++
	}
}

// sees reports whether the search may find p.
func (q *Query) sees(p *knowledge.Passage) bool {
	return (p.Audience != knowledge.Staff || q.Audience == knowledge.Staff) && (q.Topic == "" || p.Topic == q.Topic)
}

// may reports whether the search may find passage n, as sees does, without reading
// the passage where there is no need.
func (s *snapshot) may(q *Query, n int32) bool {
	if q.Topic == "" {
		return !s.staff[n] || q.Audience == knowledge.Staff
	}
	return q.sees(&s.passages[n])
}

// foremost picks the best of the passages seen that the asker may read.
func (s *snapshot) foremost(q *Query, sc *scratch) []int {
	limit := candidateCount(len(s.docs))
	best := sc.best[:0] // a heap with the least at the top
	for _, at := range sc.seen {
		t := &sc.tallies[at]
		c := candidate{s.finder.ordinals[at], t.score * float32(t.matches)}
		full := len(best) == limit
		if full && !c.before(best[0]) || !s.may(q, c.ordinal) {
			continue
		}
		if full {
			best[0] = c
			sink(best, 0)
			continue
		}
		best = append(best, c)
		if len(best) == limit {
			for k := limit/2 - 1; k >= 0; k-- {
				sink(best, k)
			}
		}
	}
	slices.SortFunc(best, func(a, b candidate) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	sc.best = best
	out := make([]int, len(best))
	for k, c := range best {
		out[k] = int(c.ordinal)
	}
	return out
}

// candidate is a passage with its score among candidates.
type candidate struct {
	ordinal int32
	score   float32
}

func (c candidate) before(o candidate) bool {
	return c.score > o.score || c.score == o.score && c.ordinal < o.ordinal
}

// sink restores the heap below k.
func sink(heap []candidate, k int) {
	for {
		least := k
		for _, child := range [2]int{2*k + 1, 2*k + 2} {
			if child < len(heap) && heap[least].before(heap[child]) {
				least = child
			}
		}
		if least == k {
			return
		}
		heap[k], heap[least] = heap[least], heap[k]
		k = least
	}
}

// forget clears the tallies for the next search.
func (sc *scratch) forget() {
	for _, at := range sc.seen {
		sc.tallies[at] = tally{}
	}
	sc.seen = sc.seen[:0]
}

// postingBudget bounds how many postings one question may read, growing with the
// square root of the number of passages: common words find nothing that rarer
// ones do not, and they are all still scored when ranking.
func postingBudget(passages int) int { return 3000 + 60*int(math.Sqrt(float64(passages))) }

// finding picks the terms that look for candidates: rarest first, until the
// budget is spent; function words only while the others find too little.
func (s *snapshot) finding(p *parsed) []queryTerm {
	terms := slices.Clone(p.terms)
	slices.SortStableFunc(terms, func(a, b queryTerm) int {
		switch {
		case a.function == b.function:
			return cmp.Compare(s.lex.df[a.id], s.lex.df[b.id])
		case a.function:
			return 1
		}
		return -1
	})
	budget, enough, n := postingBudget(len(s.docs)), candidateCount(len(s.docs)), 0
	for i, t := range terms {
		if t.function && n >= enough || i >= maxFindingTerms {
			return terms[:i]
		}
		n += int(s.lex.df[t.id])
		if n > budget && i > 1 {
			return terms[:i]
		}
	}
	return terms
}

const (
	fewCandidates   = 40  // passages ranked in full in a small collection
	manyCandidates  = 120 // ... in a large one, where Bleve's order is the rougher
	largeCollection = 2000
	maxFindingTerms = 24 // terms that look for candidates
)

// candidateCount is how many passages are ranked in full.
func candidateCount(passages int) int {
	return fewCandidates + (manyCandidates-fewCandidates)*min(passages, largeCollection)/largeCollection
}
