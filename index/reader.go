package index

import (
	"slices"
	"strings"

	"massagefaq/knowledge"
)

// reader turns passages into documents, numbering terms as it goes.
type reader struct {
	lex    *lexicon
	vocab  *vocabulary
	known  map[string]*knownWord // a stemmer is slow and vocabularies are small
	words  []string              // scratch: those of the text being read
	tokens []token               // scratch: the same, analysed
	next   []int32               // scratch of invert
}

// knownWord is a word that was met before.
type knownWord struct {
	token
	id    int32 // of its stem
	count int32 // occurrences
}

// reading is what a passage says, for those who look at it in different ways.
type reading struct {
	document
	streams [fields]string // the terms of each field, for Bleve
	title   title
	asked   []string // its questions, as said returns them
}

func newReader(lex *lexicon, vocab *vocabulary) *reader {
	return &reader{lex: lex, vocab: vocab, known: map[string]*knownWord{}}
}

func (r *reader) read(p *knowledge.Passage) reading {
	var d reading
	var streams [fields]strings.Builder
	var asks strings.Builder
	add := func(f field, text string) {
		r.split(text)
		if s, ok := r.segment(f, &streams[f]); ok {
			d.segments = append(d.segments, s)
			d.length[f] += int32(len(s.terms))
		}
	}
	add(titleField, p.Title)
	d.title.words = slices.Clone(r.words)
	d.asked = append(d.asked, sayWords(r.words))
	for _, a := range p.Asks {
		add(asksField, a)
		said := sayWords(r.words)
		d.asked = append(d.asked, said)
		asks.WriteString(said)
	}
	d.title.asks = " " + asks.String()
	d.questions = int32(len(d.segments))
	for _, s := range sentences(p.Text) {
		add(textField, s)
	}
	if more := len(r.lex.df) - len(r.next); more > 0 {
		r.next = append(r.next, make([]int32, more)...)
	}
	d.invert(r.next)
	for _, id := range d.ids {
		r.lex.df[id]++
	}
	d.streams = [fields]string{streams[0].String(), streams[1].String(), streams[2].String()}
	return d
}

// split reads a text into words.
func (r *reader) split(text string) {
	r.words = r.words[:0]
	eachWord(text, func(w string) { r.words = append(r.words, w) })
}

// know returns what is known of a word, numbering its stem when it is new.
func (r *reader) know(w string) *knownWord {
	k := r.known[w]
	if k == nil {
		w = strings.Clone(w) // it is part of a text that need not be kept
		st := stem(w)
		k = &knownWord{token: token{w, st}, id: r.lex.id(st)}
		r.known[w] = k
	}
	return k
}

// segment reads the words that were split last; out receives its terms for Bleve.
func (r *reader) segment(f field, out *strings.Builder) (segment, bool) {
	s := segment{field: f, terms: make([]int32, 0, len(r.words))}
	r.tokens = r.tokens[:0]
	add := func(w string) {
		k := r.know(w)
		k.count++
		s.terms = append(s.terms, k.id)
		r.tokens = append(r.tokens, k.token)
		out.WriteString(k.stem)
		out.WriteByte(' ')
	}
	for _, w := range r.words {
		if open, ok := shorthand[w]; ok {
			for _, part := range open {
				add(part)
			}
			continue
		}
		add(w)
	}
	r.vocab.each(r.tokens, func(_ int, p *phrase) {
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
	return s, len(s.terms) > 0
}

// counts are how often each word was met.
func (r *reader) counts() map[string]int32 {
	counts := make(map[string]int32, len(r.known))
	for w, k := range r.known {
		counts[w] = k.count
	}
	return counts
}
