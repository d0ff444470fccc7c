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
	sc.touched = sc.touched[:0]
	telling := sc.telling
	for outlines := d.outlines; len(outlines) > 0; { // 64 at a time
		n := min(len(outlines), 64)
		var word uint64
		for i := range outlines[:n] {
			word |= outlines[i].sketch.shares(&telling) << i
		}
		sc.touched, outlines = append(sc.touched, word), outlines[n:]
	}
	if without >= 0 {
		sc.touched[without>>6] &^= 1 << (without & 63)
	}
	for i := range sc.held {
		for h, w := &sc.held[i], sc.held[i].from; w < h.to; w++ {
			sc.add(p, d, h, w)
		}
	}
}

// add notes one term as standing for word w, in the segments that have it. Terms
// come heaviest first, so that what stands for a word at all stands for it best
// the first time. Segments that will be passed over are not skipped: whether one
// is cannot be guessed.
func (sc *scratch) add(p *parsed, d *document, h *held, w uint8) {
	segments, touched, questions := sc.segments, sc.touched, d.questions
	bit, word := uint64(1)<<w, &p.words[w]
	found, plain := h.weight*word.weight, h.weight*word.plain
	after, pairs, plainPairs := int32(none), float32(0), float32(0)
	if w == h.from && w > 0 {
		after, pairs, plainPairs = h.after, p.words[w-1].weight+word.weight, p.words[w-1].plain+word.plain
	}
	var inAny, inAsk uint64
	for _, u := range h.uses {
		in := touched[u.segment>>6] >> (u.segment & 63) & 1
		inAny |= in
		if u.segment < questions {
			inAsk |= in
		}
		m := &segments[u.segment]
		if m.words&bit == 0 {
			m.words |= bit
			m.found += found
			m.plain += plain
		}
		if u.before == after || after == several && u.before >= 0 && sc.marks[u.before].to == w {
			m.pairs += pairs
			m.plainPairs += plainPairs
		}
	}
	sc.cover(w, h.weight, inAny, inAsk)
}

// cover notes how well word w is found in the passage, and in its questions.
func (sc *scratch) cover(w uint8, weight float32, inAny, inAsk uint64) {
	if inAny != 0 {
		sc.inAll[w] = max(sc.inAll[w], weight)
	}
	if inAsk != 0 {
		sc.inAsks[w] = max(sc.inAsks[w], weight)
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
