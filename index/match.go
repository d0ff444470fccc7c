package index

import (
	"iter"
	"math/bits"
)

// held is a term of the question that the current passage has.
type held struct {
	mark
	uses []use
}

// matched is what a segment has of a question.
type matched struct {
	words      uint64  // those found, as bits
	found      float32 // weight of the words found
	plain      float32 // the same, plain
	pairs      float32 // weight of the question's neighbours that stand side by side here too, each pair with both its words
	plainPairs float32
}

// match finds what each segment that may have a telling term has of the question.
// The others are passed over, and so is the one without.
func (sc *scratch) match(p *parsed, d *document, without int) {
	if n := len(d.segments); len(sc.segments) < n {
		sc.segments = make([]matched, n)
	}
	sc.touched = append(sc.touched[:0], make([]uint64, (len(d.segments)+63)/64)...)
	for i := range d.sketches {
		if i != without && d.sketches[i].shares(&sc.telling) {
			sc.touched[i>>6] |= 1 << (i & 63)
		}
	}
	for i := range sc.held {
		sc.add(p, d, &sc.held[i])
	}
}

// add notes one term in the segments that have it. Terms come heaviest first, so
// that what stands for a word at all stands for it best the first time.
func (sc *scratch) add(p *parsed, d *document, h *held) {
	inAny, inAsk := false, false
	for _, u := range h.uses {
		if sc.touched[u.segment>>6]>>(u.segment&63)&1 == 0 {
			continue
		}
		inAny, inAsk = true, inAsk || u.segment < d.questions
		m := &sc.segments[u.segment]
		for w := h.from; w < h.to; w++ {
			if m.words>>w&1 == 0 {
				m.words |= 1 << w
				m.found += h.weight * p.words[w].weight
				m.plain += h.weight * p.words[w].plain
			}
		}
		if h.from > 0 && u.before >= 0 && sc.marks[u.before].to == h.from {
			m.pairs += p.words[h.from-1].weight + p.words[h.from].weight
			m.plainPairs += p.words[h.from-1].plain + p.words[h.from].plain
		}
	}
	for w := h.from; w < h.to; w++ {
		if inAny {
			sc.inAll[w] = max(sc.inAll[w], h.weight)
		}
		if inAsk {
			sc.inAsks[w] = max(sc.inAsks[w], h.weight)
		}
	}
}

// matched are the numbers of the segments that match found, in order.
func (sc *scratch) matched() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, set := range sc.touched {
			for ; set != 0; set &= set - 1 {
				if !yield(64*i + bits.TrailingZeros64(set)) {
					return
				}
			}
		}
	}
}

// take returns what segment i has, and forgets it.
func (sc *scratch) take(i int) matched {
	m := sc.segments[i]
	sc.segments[i] = matched{}
	return m
}
