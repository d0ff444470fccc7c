package check

import (
	"math"
	"slices"

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

// lost reports whether a rival has all of the words: the contest is 1.
func (r *rivals) lost(own *knowledge.Passage, words []int32) bool {
	if len(words) == 0 {
		return false
	}
	for _, i := range r.having[words[0]] { // the rarest
		all := r.rival(own, i)
		for k := 1; k < len(words) && all; k++ {
			_, all = slices.BinarySearch(r.having[words[k]], i)
		}
		if all {
			return true
		}
	}
	return false
}

// rival reports whether passage i is another than own that the same people may read.
func (r *rivals) rival(own *knowledge.Passage, i int32) bool {
	asker := knowledge.Public
	if own.Audience == knowledge.Staff {
		asker = knowledge.Staff
	}
	return &r.passages[i] != own && asker.Sees(r.passages[i].Audience)
}

// contest returns a function for the share of the words, by their weight, that the
// strongest rival has. From about 0.9 on the rival may win. The function is for
// one core.
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
		most := 0.0
		for i, share := range shares {
			if share > most && r.rival(own, int32(i)) {
				most = share
			}
		}
		return most / max(total, 1e-9)
	}
}
