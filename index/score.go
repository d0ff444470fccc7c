package index

import (
	"cmp"
	"slices"
	"strings"

	"massagefaq/knowledge"
)

// Features are what the ranker sees of a question and a passage. All lie about
// between 0 and 1, whatever the size of the collection, so that one set of
// weights serves ten passages and a hundred thousand.
type Features [featureCount]float32

// The features, by what they measure. "Plain" weighs every word by what it tells
// in this collection; the others hold function words back (see class).
const (
	bm25Title      = iota // BM25 in the title, as a share of the most it could be
	bm25Asks              // BM25 in the other phrasings
	bm25Text              // BM25 in the answer
	bm25All               // BM25 over all fields, weighted (BM25F: Robertson, Zaragoza and Taylor 2004)
	bm25Flat              // BM25 over the passage as one text, plain
	likelihood            // query likelihood with Dirichlet smoothing, plain (Zhai and Lafferty 2001)
	spread                // share of segments that have the words, plain
	centroid              // cosine with the passage as a whole, plain
	bestQuestion          // cosine with the closest single question, title or phrasing
	bestSentence          // cosine with the closest sentence of the answer
	topThree              // mean cosine of the three closest segments of any field
	coverQuestions        // share of the question's weight found in title and phrasings
	coverAll              // share of the question's weight found anywhere in the passage
	pairQuestion          // share of neighbouring words that stand together in one question
	pairText              // ... in one sentence of the answer
	pairAny               // ... in any segment, plain
	wholeQuestion         // share of the closest question's weight that was asked
	plainQuestion         // cosine with the closest single question, plain
	fiveQuestions         // mean cosine of the five closest questions
	heaviestFound         // weight of the most telling word found in the passage, of the most a word can tell
	heaviestMissed        // ... of the most telling word not found in its questions
	wordsFound            // how many words that carry subject are found in its questions, as 1-1/(1+n)
	learned               // probability that the classifier gives the passage
	learnedLog            // its logarithm
	learnedRaw            // the score behind it, which does not depend on rivals
	featureCount
)

// Result is what a search found.
type Result struct {
	Hits    []Hit   // best first
	Reading Reading // how the question was read
}

// Hit is one passage found.
type Hit struct {
	Passage    *knowledge.Passage // shared: do not change
	Score      float64            // comparable within one search only
	Confidence float64            // probability, 0 to 1, that the passage answers the question
	Exact      bool               // the passage's own question, word for word
	Features   Features
}

// scratch is the memory of one search, kept between searches.
type scratch struct {
	marks    []mark                    // by term: which words it stands for
	marked   []int32                   // the terms asked for, heaviest first
	telling  sketch                    // of those that carry subject, or of all where none does
	held     []held                    // those that the current passage has
	touched  []uint64                  // bits of its segments that may have a telling one
	segments []matched                 // by segment: what it has of the question
	tallies  []tally                   // by passage, while looking for candidates; zero between searches
	seen     []int32                   // the passages that have one
	best     []candidate               // the best of them
	leaning  []float32                 // by passage: the classifier's score
	belief   []float32                 // by passage: the probability made of it
	hits     []Hit                     // the candidates as they are scored
	order    []int                     // their numbers, best first
	counts   [maxWords][fields]float32 // by word: occurrences in the current passage
	inAll    [maxWords]float32         // by word: how well any segment of the passage has it
	inAsks   [maxWords]float32         // by word: how well any of its questions has it
}

type mark struct {
	from, to uint8 // half-open; empty when the term was not asked for
	weight   float32
	after    int32 // the one term that ends where this one begins; or none, or several
}

const (
	none    = -2 // not -1, which begins a segment
	several = -3
)

func newScratch(terms int) *scratch { return &scratch{marks: make([]mark, terms)} }

// mark notes the terms of a question; release clears them.
func (sc *scratch) mark(p *parsed) {
	subject := slices.ContainsFunc(p.terms, func(t queryTerm) bool { return !t.function })
	for _, t := range p.terms {
		m := &sc.marks[t.id]
		if m.weight == 0 {
			sc.marked = append(sc.marked, t.id)
		}
		if m.weight < t.weight {
			m.from, m.to, m.weight = uint8(t.from), uint8(t.to), t.weight
		}
		if !t.function || !subject {
			sc.telling.add(t.id)
		}
	}
	sc.chain(p)
	slices.SortStableFunc(sc.marked, func(a, b int32) int { return cmp.Compare(sc.marks[b].weight, sc.marks[a].weight) })
}

// chain notes which term comes right before each. Concepts come before none: they
// do not stand in a row.
func (sc *scratch) chain(p *parsed) {
	var ends [maxWords + 1]int32 // by where they end
	for i := range ends {
		ends[i] = none
	}
	for _, t := range p.terms {
		switch at := &ends[sc.marks[t.id].to]; {
		case strings.HasPrefix(t.text, conceptMark), *at == t.id:
		case *at == none:
			*at = t.id
		default:
			*at = several
		}
	}
	for _, id := range sc.marked {
		m := &sc.marks[id]
		m.after = ends[m.from]
	}
}

// release clears the marks of a search and keeps its memory for the next.
func (s *snapshot) release(sc *scratch) {
	for _, id := range sc.marked {
		sc.marks[id] = mark{}
	}
	sc.marked, sc.telling = sc.marked[:0], sketch{}
	s.scratch.Put(sc)
}

// rank scores the candidates in full, best first.
func (s *snapshot) rank(p *parsed, candidates []int, sc *scratch) []Hit {
	sc.hits, sc.order = sc.hits[:0], sc.order[:0]
	for i, n := range candidates {
		f := s.features(p, n, sc, -1)
		sc.hits = append(sc.hits, Hit{Passage: &s.passages[n], Score: s.weights.score(&f), Features: f})
		sc.order = append(sc.order, i)
	}
	slices.SortFunc(sc.order, func(i, j int) int { // hits are large: their numbers are sorted in their place
		a, b := &sc.hits[i], &sc.hits[j]
		if a.Score != b.Score {
			return cmp.Compare(b.Score, a.Score)
		}
		return strings.Compare(a.Passage.ID, b.Passage.ID)
	})
	hits := make([]Hit, len(sc.order))
	for k, i := range sc.order {
		hits[k] = sc.hits[i]
	}
	s.rate(p, hits, sc)
	return hits
}
