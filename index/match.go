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

// match finds what each segment has of the question, and which of them may have
// a telling term: the others are passed over, and so is the one without.
func (sc *scratch) match(p *parsed, d *document, without int) {
	if n := len(d.segments); len(sc.segments) < n {
		sc.segments = make([]matched, n)
	}
	clear(sc.segments[:len(d.segments)])
	sc.touched = append(sc.touched[:0], make([]uint64, (len(d.segments)+63)/64)...)
	for i := range d.outlines {
		sc.touched[i>>6] |= d.outlines[i].sketch.shares(&sc.telling) << (i & 63)
	}
	if without >= 0 {
		sc.touched[without>>6] &^= 1 << (without & 63)
	}
	for i := range sc.held {
		sc.add(p, d, &sc.held[i])
	}
}

// add notes one term in the segments that have it. Terms come heaviest first, so
// that what stands for a word at all stands for it best the first time. Segments
// that will be passed over are not skipped: whether one is cannot be guessed.
func (sc *scratch) add(p *parsed, d *document, h *held) {
	var inAny, inAsk uint64
	for _, u := range h.uses {
		touched := sc.touched[u.segment>>6] >> (u.segment & 63) & 1
		inAny |= touched
		if u.segment < d.questions {
			inAsk |= touched
		}
		m := &sc.segments[u.segment]
		for w := h.from; w < h.to; w++ {
			if m.words>>w&1 == 0 {
				m.words |= 1 << w
				m.found += h.weight * p.words[w].weight
				m.plain += h.weight * p.words[w].plain
			}
		}
		if u.before == h.after || h.after == several && u.before >= 0 && sc.marks[u.before].to == h.from {
			m.pairs += p.words[h.from-1].weight + p.words[h.from].weight
			m.plainPairs += p.words[h.from-1].plain + p.words[h.from].plain
		}
	}
	for w := h.from; w < h.to; w++ {
		if inAny != 0 {
			sc.inAll[w] = max(sc.inAll[w], h.weight)
		}
		if inAsk != 0 {
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
