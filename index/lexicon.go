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
	ids    map[string]int32
	df     []int32   // passages that contain the term in any field
	weight []float32 // how much a match tells: idf, less for function words
	n      int       // passages
	words  wordIndex // surface words, for spelling
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

// close computes the weights once every passage is counted.
func (l *lexicon) close(passages int) {
	l.n = passages
	l.weight = make([]float32, len(l.df))
	for term, id := range l.ids {
		l.weight[id] = l.idf(int(l.df[id])) * class(term)
	}
}

// idf is BM25's inverse document frequency in Lucene's never-negative form,
// ln(1 + (N-df+0.5)/(df+0.5)): Robertson and Zaragoza 2009, "The Probabilistic
// Relevance Framework", section 3.
func (l *lexicon) idf(df int) float32 {
	return float32(math.Log(1 + (float64(l.n)-float64(df)+0.5)/(float64(df)+0.5)))
}

// weightOf is how much a query term tells, known or not.
func (l *lexicon) weightOf(t token) float32 {
	if id, ok := l.ids[t.stem]; ok {
		return l.weight[id]
	}
	return l.idf(0) * class(t.word)
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
