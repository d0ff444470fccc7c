package index

import (
	_ "embed"
	"math"
	"sort"
	"strings"
)

// words is an English word list, one a line, sorted (SCOWL size 50, see
// words.LICENSE). A word in it is never "corrected".
//
//go:embed words.txt
var words string

// isEnglish reports whether w is in the embedded list, by binary search on the
// text itself: nothing is parsed at start-up.
func isEnglish(w string) bool {
	lo, hi := 0, len(words)
	for lo < hi {
		mid := lo + (hi-lo)/2
		start := strings.LastIndexByte(words[:mid], '\n') + 1
		end := start + strings.IndexByte(words[start:], '\n')
		switch line := words[start:end]; {
		case line == w:
			return true
		case line < w:
			lo = end + 1
		default:
			hi = start
		}
	}
	return false
}

// lexicon numbers the terms of one body of content and knows how much each tells.
// A term is a stem or, with conceptMark in front, a concept of the vocabulary.
type lexicon struct {
	ids     map[string]int32
	df      []int32          // passages that contain the term in any field
	where   []uint8          // bits of the fields in which the term stands in any passage
	weight  []float32        // how much a match tells: plain, held back for function words
	plain   []float32        // how much the term tells of which passage it is in, whatever it means
	common  []float64        // share of the collection's words that are this term
	n       int              // passages
	words   wordIndex        // surface words, for spelling
	surface map[string]int32 // occurrences of each surface word
}

const conceptMark = "\u00a7"

func newLexicon() *lexicon { return &lexicon{ids: map[string]int32{}} }

// id numbers a term, adding it when it is new.
func (l *lexicon) id(term string) int32 {
	if id, ok := l.ids[term]; ok {
		return id
	}
	id := int32(len(l.df))
	l.ids[term] = id
	l.df = append(l.df, 0)
	return id
}

// close computes the weights once every passage is read.
func (l *lexicon) close(docs []document) {
	l.n = len(docs)
	terms := len(l.df)
	l.where, l.weight, l.plain, l.common = make([]uint8, terms), make([]float32, terms), make([]float32, terms), make([]float64, terms)
	count, entropy, all := make([]float64, terms), make([]float64, terms), 0.0
	for i := range docs {
		for k, t := range docs[i].terms {
			for f, n := range t.in {
				if n > 0 {
					l.where[docs[i].ids[k]] |= 1 << f
				}
			}
			n := float64(t.in[0]) + float64(t.in[1]) + float64(t.in[2])
			count[docs[i].ids[k]] += n
			entropy[docs[i].ids[k]] -= n * math.Log(n)
		}
	}
	for _, n := range count {
		all += n
	}
	for term, id := range l.ids {
		l.common[id] = count[id] / all
		// What is left of the uncertainty about the passage once the term is known.
		left := entropy[id]/count[id] + math.Log(count[id])
		l.plain[id] = l.most() - float32(left)
		l.weight[id] = l.plain[id] * class(term)
	}
}

// most is the most that a term can tell: of which passage it is in, in nats. A
// term's weight is that less the entropy of its occurrences over the passages
// (log-entropy weighting, Dumais 1991). Unlike idf it does not sink when every
// passage has a hundred phrasings and so nearly every word once.
func (l *lexicon) most() float32 { return float32(math.Log(float64(l.n)+1)) + leastPlain }

// leastPlain keeps a word that is everywhere from weighing nothing at all, which
// would leave a question of such words without any measure.
const leastPlain = 0.1

// weigh gives a word of a question the weights of t. A word that the content does
// not have weighs like one that a single passage has.
func (l *lexicon) weigh(w *queryWord, t token) {
	id, ok := l.ids[t.stem]
	if !ok {
		w.plain = l.most()
		w.weight = w.plain * class(t.word)
		w.common = 1
		return
	}
	w.known, w.weight, w.plain, w.common = true, l.weight[id], l.plain[id], l.common[id]
}

const (
	functionWeight = 0.12 // of a word that carries grammar only
	keenWeight     = 0.45 // of before, after, not, how, long, ...
)

func class(w string) float32 {
	switch {
	case keen[w]:
		return keenWeight
	case function[w]:
		return functionWeight
	}
	return 1
}

// spelled reports whether the content has the word in just this form.
func (l *lexicon) spelled(w string) bool { return l.surface[w] > 0 }

// wordIndex finds surface words near a misspelled one. Words lie sorted by
// length so that a look-up reads only those whose length can fit.
type wordIndex struct {
	list  []word
	byLen []int // byLen[n] is where words of n letters begin
}

type word struct {
	text  string
	bag   uint64 // two bits a letter: which letters, once or more than once
	count int32  // occurrences in the content
	sound string // soundKey
}

const longestWord = 24

func newWordIndex(counts map[string]int32) wordIndex {
	var x wordIndex
	for w, n := range counts {
		if len(w) >= 3 && len(w) <= longestWord && alphabetic(w) {
			x.list = append(x.list, word{w, letterBag(w), n, soundKey(w)})
		}
	}
	sort.Slice(x.list, func(i, j int) bool {
		a, b := x.list[i], x.list[j]
		if len(a.text) != len(b.text) {
			return len(a.text) < len(b.text)
		}
		return a.text < b.text
	})
	x.byLen = make([]int, longestWord+2)
	for n := range x.byLen {
		x.byLen[n] = sort.Search(len(x.list), func(i int) bool { return len(x.list[i].text) >= n })
	}
	return x
}

func alphabetic(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

// letterBag marks which letters a word has, and which more than once, so that
// one popcount rules out most words before any distance is computed.
func letterBag(w string) uint64 {
	var bag uint64
	for i := 0; i < len(w); i++ {
		bit := uint64(1) << (w[i] - 'a')
		if bag&bit != 0 {
			bit <<= 26
		}
		bag |= bit
	}
	return bag
}
