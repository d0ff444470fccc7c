package check

import (
	"math"

	"massagefaq/knowledge"
)

// rivals tells how likely another passage is to answer a question first, so
// that in large content the doubtful questions are asked before the others.
type rivals struct {
	passages []knowledge.Passage
	having   map[string][]int32 // by word: the passages that have it
	share    []float64          // scratch, by passage
}

func newRivals(passages []knowledge.Passage) *rivals {
	r := &rivals{passages: passages, having: map[string][]int32{}, share: make([]float64, len(passages))}
	for i, p := range passages {
		seen := map[string]bool{}
		for _, text := range append([]string{p.Title, p.Text}, p.Asks...) {
			for _, w := range knowledge.Words(text) {
				if !seen[w] {
					seen[w] = true
					r.having[w] = append(r.having[w], int32(i))
				}
			}
		}
	}
	return r
}

// contest is the share of the words, by their weight, that the strongest rival
// has: a passage other than own that the same people may read. From about 0.9
// on the rival may win.
func (r *rivals) contest(own int, words []string) float64 {
	clear(r.share)
	total := 0.0
	for _, w := range words {
		weight := math.Log(1 + float64(len(r.passages))/float64(1+len(r.having[w])))
		total += weight
		for _, i := range r.having[w] {
			r.share[i] += weight
		}
	}
	asker := knowledge.Public
	if r.passages[own].Audience == knowledge.Staff {
		asker = knowledge.Staff
	}
	most := 0.0
	for i, share := range r.share {
		if i != own && asker.Sees(r.passages[i].Audience) {
			most = max(most, share)
		}
	}
	return most / max(total, 1e-9)
}
