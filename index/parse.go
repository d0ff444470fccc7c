package index

import (
	"cmp"
	"slices"
)

// parsed is a question as the ranker reads it.
type parsed struct {
	words []queryWord // what was asked, repeats left out, in order
	terms []queryTerm // what to look for
	total float32     // what all words tell together
	plain float32     // the same in plain weights
	most  float32     // the most one word can tell here
}

// queryWord is one word of the question.
type queryWord struct {
	token
	weight      float32      // how much finding it tells
	plain       float32      // the same, whatever kind of word it is
	common      float64      // share of the collection's words that are this one
	stress      float32      // how much the part of the message it stands in counts
	known       bool         // the content has it
	function    bool         // grammar rather than subject
	corrections []correction // what an unknown word may stand for
}

// queryTerm is a term that counts as finding one or more words.
type queryTerm struct {
	id       int32
	text     string
	from, to int     // the words it stands for, as a half-open range
	weight   float32 // how well it stands for them: 1 for the word itself
	function bool
}

// maxWords bounds a question; the most telling words of a longer one are kept.
// mostWords bounds how many different ones are looked at to find them.
const maxWords, mostWords = 40, 200

const (
	numberWeight    = 0.35 // of a number that the content does not have: "10 hrs a day"
	unknownEnglish  = 0.6  // of an English word that the content does not have
	correctedWeight = 0.92 // of a certain correction; less with its cost
	compoundWeight  = 0.9  // of "work out" for "workout" and back
)

// parse reads a question. Its marks in sc say which terms stand for which words.
func (s *snapshot) parse(q Query, sc *scratch) *parsed {
	p := &parsed{most: s.lex.most()}
	for _, part := range q.parts() {
		for _, t := range analyze(part.text) {
			if len(p.words) < mostWords && !p.has(t) {
				w := s.word(t)
				w.lessen(part.weight)
				w.stress = part.weight
				p.words = append(p.words, w)
			}
		}
	}
	p.shorten()
	for i := range p.words {
		s.look(p, i)
	}
	s.join(p)
	s.conceive(p)
	for i := range p.words {
		p.total += p.words[i].weight
		p.plain += p.words[i].plain
	}
	sc.mark(p)
	return p
}

func (p *parsed) has(t token) bool {
	for i := range p.words {
		if p.words[i].stem == t.stem {
			return true
		}
	}
	return false
}

func (s *snapshot) word(t token) queryWord {
	w := queryWord{token: t, function: function[t.word] && !keen[t.word] || len(t.word) == 1}
	s.lex.weigh(&w, t)
	switch {
	case len(t.word) == 1:
		w.lessen(functionWeight)
	case w.function, w.known && s.lex.spelled(t.word):
	case t.word[0] >= '0' && t.word[0] <= '9':
		w.lessen(numberWeight)
	case isEnglish(t.word), s.vocab.words[t.word]:
		if !w.known {
			w.lessen(unknownEnglish)
		}
	default:
		s.respell(&w)
	}
	return w
}

// respell looks for what a word that nobody knows may stand for. That its stem is
// known means little: "erly" is not about the ER.
func (s *snapshot) respell(w *queryWord) {
	w.corrections = s.lex.words.correct(w.word)
	if short := shrink(w.word); len(w.corrections) == 0 && short != w.word {
		w.corrections = s.lex.words.correct(short)
	}
	s.settle(w)
}

func (w *queryWord) lessen(by float32) {
	w.weight *= by
	w.plain *= by
}

// settle gives a corrected word the weight of the word it most likely is.
func (s *snapshot) settle(w *queryWord) {
	if len(w.corrections) == 0 {
		return
	}
	best := w.corrections[0].word
	s.lex.weigh(w, token{best, stem(best)})
	w.known, w.function = false, function[best] && !keen[best]
}

// shrink undoes drawn-out letters: "sooore" is "sore".
func shrink(w string) string {
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if i > 1 && w[i] == w[i-1] && w[i] == w[i-2] || i+1 < len(w) && i > 0 && w[i] == w[i-1] && w[i] == w[i+1] {
			continue
		}
		out = append(out, w[i])
	}
	return string(out)
}

// shorten keeps the most telling words of a long message, in their order.
func (p *parsed) shorten() {
	if len(p.words) <= maxWords {
		return
	}
	weights := make([]float32, len(p.words))
	for i := range p.words {
		weights[i] = p.words[i].weight
	}
	slices.SortFunc(weights, func(a, b float32) int { return cmp.Compare(b, a) })
	least, more := weights[maxWords-1], 0
	for _, w := range weights[:maxWords] {
		if w > least {
			more++
		}
	}
	equals := maxWords - more // places for words that just make it
	p.words = slices.DeleteFunc(p.words, func(w queryWord) bool {
		if w.weight == least && equals > 0 {
			equals--
			return false
		}
		return w.weight <= least
	})
}

// look adds the terms that stand for word i alone.
func (s *snapshot) look(p *parsed, i int) {
	w := &p.words[i]
	if id, ok := s.lex.ids[w.stem]; ok && len(w.corrections) == 0 {
		p.terms = append(p.terms, queryTerm{id, w.stem, i, i + 1, 1, w.function})
		return
	}
	for _, c := range w.corrections {
		st := stem(c.word)
		if id, ok := s.lex.ids[st]; ok {
			p.terms = append(p.terms, queryTerm{id, st, i, i + 1, correctedWeight - 0.2*c.cost, w.function})
		}
	}
	if len(w.corrections) == 0 {
		s.split(p, i)
	}
}

// split reads an unknown compound as its parts: "paperwork" as "paper work".
func (s *snapshot) split(p *parsed, i int) {
	w := p.words[i].word
	for cut := 3; cut <= len(w)-3; cut++ {
		left, right := stem(w[:cut]), stem(w[cut:])
		l, okLeft := s.lex.ids[left]
		r, okRight := s.lex.ids[right]
		if okLeft && okRight {
			p.terms = append(p.terms,
				queryTerm{l, left, i, i + 1, compoundWeight / 2, false},
				queryTerm{r, right, i, i + 1, compoundWeight / 2, false})
			return
		}
	}
}

// join reads neighbours as one known compound: "work out" as "workout".
func (s *snapshot) join(p *parsed) {
	for i := 0; i+1 < len(p.words); i++ {
		joined := stem(p.words[i].word + p.words[i+1].word)
		if id, ok := s.lex.ids[joined]; ok {
			p.terms = append(p.terms, queryTerm{id, joined, i, i + 2, compoundWeight, false})
		}
	}
}

// conceive adds the concepts that the words name, through corrections too.
func (s *snapshot) conceive(p *parsed) {
	tokens := make([]token, len(p.words))
	for i := range p.words {
		tokens[i] = p.words[i].token
		if c := p.words[i].corrections; len(c) > 0 && !p.words[i].known {
			tokens[i] = token{c[0].word, stem(c[0].word)}
		}
	}
	s.vocab.each(tokens, func(at int, ph *phrase) {
		to := at + len(ph.stems)
		for i := at; i < to; i++ {
			p.words[i].known = true
		}
		if id, ok := s.lex.ids[ph.concept]; ok {
			p.terms = append(p.terms, queryTerm{id, ph.concept, at, to, ph.weight, false})
		}
	})
}
