package index

import (
	"cmp"
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
	segments []segment
	terms    []termCount   // every term of the passage, once, by id
	length   [fields]int32 // words in each field
	norm     float32       // squared length as a vector of plain weights
}

// segment is one question (title or other phrasing) or one sentence of the answer.
type segment struct {
	field    field
	terms    []int32 // word terms in order
	sketch   sketch  // of all its terms
	concepts []int32 // concepts, once each
	weight   float32 // what all its words tell together
	plain    float32 // the same in plain weights
}

// sketch is a Bloom filter over terms with one hash: most segments share no
// telling word with a question, and need not be read to know it.
type sketch [4]uint64

func (k *sketch) add(id int32) { k[id>>6&3] |= 1 << (id & 63) }

func (k *sketch) shares(o *sketch) bool {
	return k[0]&o[0]|k[1]&o[1]|k[2]&o[2]|k[3]&o[3] != 0
}

type termCount struct {
	id int32
	in [fields]uint16
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
	counts := map[int32]*[fields]uint16{}
	add := func(f field, text string) {
		if s, ok := r.segment(f, text, &streams[f]); ok {
			d.segments = append(d.segments, s)
			d.length[f] += int32(len(s.terms))
			s.count(counts)
		}
	}
	add(titleField, p.Title)
	for _, a := range p.Asks {
		add(asksField, a)
	}
	for _, s := range sentences(p.Text) {
		add(textField, s)
	}
	for id, in := range counts {
		r.lex.df[id]++
		d.terms = append(d.terms, termCount{id, *in})
	}
	slices.SortFunc(d.terms, func(a, b termCount) int { return cmp.Compare(a.id, b.id) })
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
	for _, list := range [2][]int32{s.terms, s.concepts} {
		for _, id := range list {
			s.sketch.add(id)
		}
	}
	return s, len(tokens) > 0
}

func (s *segment) count(counts map[int32]*[fields]uint16) {
	for _, list := range [2][]int32{s.terms, s.concepts} {
		for _, id := range list {
			c := counts[id]
			if c == nil {
				c = new([fields]uint16)
				counts[id] = c
			}
			if c[s.field] < 1<<16-1 {
				c[s.field]++
			}
		}
	}
}

// weigh sums what the words of every segment tell; it needs the finished lexicon.
func (d *document) weigh(lex *lexicon) {
	for _, t := range d.terms {
		tf := float32(t.in[0]) + float32(t.in[1]) + float32(t.in[2])
		d.norm += lex.plain[t.id] * lex.plain[t.id] * tf
	}
	for i := range d.segments {
		s := &d.segments[i]
		for j, id := range s.terms {
			if !slices.Contains(s.terms[:j], id) {
				s.weight += lex.weight[id]
				s.plain += lex.plain[id]
			}
		}
	}
}

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
