package index

import (
	"iter"
	"math"
	"math/bits"
	"slices"
)

// field is where in a passage a word stands. The fields are scored apart: on
// FAQ collections a hit on the question side says far more than one in the answer.
type field uint8

const (
	titleField field = iota
	asksField
	textField
	fields
)

// document is a passage as the ranker reads it.
type document struct {
	segments  []segment     // the questions before the sentences
	outlines  []outline     // in step with segments, apart from them so that a comparison reads little
	questions int32         // how many of them are questions
	ids       []int32       // every term of the passage, once, in order
	terms     []termUses    // in step with ids, apart from them so that a look-up reads little
	uses      []use         // where the terms stand, those of the first term first
	length    [fields]int32 // words in each field
	norm      float32       // squared length as a vector of plain weights
}

// segment is one question (title or other phrasing) or one sentence of the answer.
type segment struct {
	field    field
	terms    []int32 // word terms in order
	concepts []int32 // concepts, once each
}

// outline is what a comparison needs of a segment.
type outline struct {
	sketch sketch  // of all its terms
	weight float32 // what all its words tell together
	unit   float32 // what makes a vector of its weights one long
	plain  float32 // the same for plain weights
}

// sketch is a Bloom filter over terms with one hash: most segments share no
// telling word with a question, and need not be read to know it.
type sketch [4]uint64

func (k *sketch) add(id int32) { k[id>>6&3] |= 1 << (id & 63) }

// shares is 1 if the two may have a term in common, or else 0: as a number, for a
// loop without a branch.
func (k *sketch) shares(o *sketch) uint64 {
	both := k[0]&o[0] | k[1]&o[1] | k[2]&o[2] | k[3]&o[3]
	return (both | -both) >> 63
}

// termUses is how often a term stands in each field, and where its uses end;
// they begin where those of the term before it end.
type termUses struct {
	in  [fields]uint16
	end int32
}

// use is one place where a term stands. A search reads the places of its own
// words, which are few, and no others.
type use struct {
	segment int32
	before  int32 // the word right before it, or -1; of a concept always -1
}

// find returns the counts of a term and its uses, or nil when the passage does not
// have it. It halves without a branch, since half of all guesses would be wrong.
func (d *document) find(id int32) (*termUses, []use) {
	at := 0
	for n := len(d.ids); n > 1; {
		half := n / 2
		at += half & ((int(d.ids[at+half]) - int(id) - 1) >> (bits.UintSize - 1)) // half where ids[at+half] <= id, else 0
		n -= half
	}
	if at >= len(d.ids) || d.ids[at] != id {
		return nil, nil
	}
	from := int32(0)
	if at > 0 {
		from = d.terms[at-1].end
	}
	return &d.terms[at], d.uses[from:d.terms[at].end]
}

// invert lists the terms and where each stands. next is scratch: zero for every term.
func (d *document) invert(next []int32) {
	places := int32(0)
	for id := range d.places() {
		if next[id] == 0 {
			d.ids = append(d.ids, id)
		}
		next[id]++
		places++
	}
	slices.Sort(d.ids)
	d.ids = slices.Clip(d.ids)
	d.terms, d.uses, d.outlines = make([]termUses, len(d.ids)), make([]use, places), make([]outline, len(d.segments))
	end := int32(0)
	for i, id := range d.ids {
		end, next[id] = end+next[id], end
		d.terms[i].end = end
	}
	for id, u := range d.places() {
		d.uses[next[id]] = u
		d.outlines[u.segment].sketch.add(id)
		next[id]++
	}
	from := int32(0)
	for i, id := range d.ids {
		t := &d.terms[i]
		for _, u := range d.uses[from:t.end] {
			if n := &t.in[d.segments[u.segment].field]; *n < 1<<16-1 {
				*n++
			}
		}
		from, next[id] = t.end, 0
	}
}

// places are where each term stands, segment by segment.
func (d *document) places() iter.Seq2[int32, use] {
	return func(yield func(int32, use) bool) {
		for i := range d.segments {
			before := int32(-1)
			for _, id := range d.segments[i].terms {
				if !yield(id, use{int32(i), before}) {
					return
				}
				before = id
			}
			for _, id := range d.segments[i].concepts {
				if !yield(id, use{int32(i), -1}) {
					return
				}
			}
		}
	}
}

// weigh sums what the words of every segment tell; it needs the finished lexicon.
func (d *document) weigh(lex *lexicon) {
	for i, t := range d.terms {
		tf := float32(t.in[0]) + float32(t.in[1]) + float32(t.in[2])
		d.norm += lex.plain[d.ids[i]] * lex.plain[d.ids[i]] * tf
	}
	for i := range d.segments {
		var weight, plain float32
		terms := d.segments[i].terms
		for j, id := range terms {
			if !slices.Contains(terms[:j], id) {
				weight += lex.weight[id]
				plain += lex.plain[id]
			}
		}
		o := &d.outlines[i]
		o.weight, o.unit, o.plain = weight, 1/root(weight), 1/root(plain)
	}
}

func root(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// sentences splits an answer where a reader would pause, so that words count
// more when they stand together.
func sentences(text string) []string {
	var out []string
	start := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		end := c == '\n' || (c == '.' || c == '!' || c == '?' || c == ';') && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n')
		if end && i+1 > start {
			out = append(out, text[start:i+1])
			start = i + 1
		}
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}
