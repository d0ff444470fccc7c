package index

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strings"

	"massagefaq/knowledge"
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

// reader turns passages into documents, numbering terms as it goes.
type reader struct {
	lex   *lexicon
	vocab *vocabulary
	words map[string]int32
	stems map[string]string // words seen before: a stemmer is slow and vocabularies are small
}

func (r *reader) stem(w string) string {
	s, ok := r.stems[w]
	if !ok {
		s = stem(w)
		r.stems[w] = s
	}
	return s
}

func (r *reader) read(p *knowledge.Passage) (document, [fields]string) {
	var d document
	var streams [fields]strings.Builder
	add := func(f field, text string) {
		if s, ok := r.segment(f, text, &streams[f]); ok {
			d.segments = append(d.segments, s)
			d.length[f] += int32(len(s.terms))
		}
	}
	add(titleField, p.Title)
	for _, a := range p.Asks {
		add(asksField, a)
	}
	d.questions = int32(len(d.segments))
	for _, s := range sentences(p.Text) {
		add(textField, s)
	}
	d.invert()
	for _, id := range d.ids {
		r.lex.df[id]++
	}
	return d, [fields]string{streams[0].String(), streams[1].String(), streams[2].String()}
}

// segment reads one stretch of text; out receives its terms for Bleve.
func (r *reader) segment(f field, text string, out *strings.Builder) (segment, bool) {
	tokens := analyzeWith(text, r.stem)
	s := segment{field: f, terms: make([]int32, 0, len(tokens))}
	for _, t := range tokens {
		s.terms = append(s.terms, r.lex.id(t.stem))
		r.words[t.word]++
		out.WriteString(t.stem)
		out.WriteByte(' ')
	}
	r.vocab.each(tokens, func(_ int, p *phrase) {
		if p.oneway {
			return
		}
		id := r.lex.id(p.concept)
		if slices.Contains(s.concepts, id) {
			return
		}
		s.concepts = append(s.concepts, id)
		out.WriteString(p.concept)
		out.WriteByte(' ')
	})
	return s, len(tokens) > 0
}

// invert lists the terms and where each stands.
func (d *document) invert() {
	type place struct {
		id int32
		use
	}
	var all []place
	for i := range d.segments {
		s := &d.segments[i]
		before := int32(-1)
		for _, id := range s.terms {
			all = append(all, place{id, use{int32(i), before}})
			before = id
		}
		for _, id := range s.concepts {
			all = append(all, place{id, use{int32(i), -1}})
		}
	}
	slices.SortStableFunc(all, func(a, b place) int { return cmp.Compare(a.id, b.id) })
	d.outlines = make([]outline, len(d.segments))
	d.uses = make([]use, len(all))
	for i, p := range all {
		d.uses[i] = p.use
		d.outlines[p.segment].sketch.add(p.id)
		if i == 0 || p.id != all[i-1].id {
			d.ids, d.terms = append(d.ids, p.id), append(d.terms, termUses{})
		}
		t := &d.terms[len(d.terms)-1]
		t.end = int32(i + 1)
		if n := &t.in[d.segments[p.segment].field]; *n < 1<<16-1 {
			*n++
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
