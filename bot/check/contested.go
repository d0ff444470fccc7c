package check

import (
	"math"

	"massagefaq/knowledge"
)

// rivals tells how likely another passage is to answer a question first, so
// that in large content the doubtful questions are asked before the others.
type rivals struct {
	passages []knowledge.Passage
	having   [][]int32 // by word: the passages that have it
	weight   []float64 // by word: what it tells
}

func newRivals(passages []knowledge.Passage, all []asked, d *dictionary) *rivals {
	r := &rivals{passages, make([][]int32, len(d.text)), make([]float64, len(d.text))}
	texts := each(len(passages), func() func(int) []int32 {
		return func(i int) []int32 { return d.numbers(knowledge.Words(passages[i].Text)) }
	})
	for i := range passages {
		r.add(i, texts[i])
		for len(all) > 0 && all[0].passage == &passages[i] {
			r.add(i, all[0].words)
			all = all[1:]
		}
	}
	for w, list := range r.having {
		r.weight[w] = math.Log(1 + float64(len(passages))/float64(1+len(list)))
	}
	return r
}

// add notes words of passage i, once each.
func (r *rivals) add(i int, words []int32) {
	for _, w := range words {
		if list := r.having[w]; len(list) == 0 || list[len(list)-1] != int32(i) {
			r.having[w] = append(list, int32(i))
		}
	}
}

// contest returns a function for the share of the words, by their weight, that the
// strongest rival has: a passage other than own that the same people may read.
// From about 0.9 on the rival may win. The function is for one core.
func (r *rivals) contest() func(own *knowledge.Passage, words []int32) float64 {
	shares := make([]float64, len(r.passages))
	return func(own *knowledge.Passage, words []int32) float64 {
		clear(shares)
		total := 0.0
		for _, w := range words {
			weight := r.weight[w]
			total += weight
			for _, i := range r.having[w] {
				shares[i] += weight
			}
		}
		asker := knowledge.Public
		if own.Audience == knowledge.Staff {
			asker = knowledge.Staff
		}
		most := 0.0
		for i, share := range shares {
			if share > most && &r.passages[i] != own && asker.Sees(r.passages[i].Audience) {
				most = share
			}
		}
		return most / max(total, 1e-9)
	}
}
