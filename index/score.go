package index

import (
	"math"
	"sort"

	"massagefaq/knowledge"
)

// Features are what the ranker sees of a question and a passage. All but the
// raw counts lie between 0 and 1, whatever the size of the collection, so that
// one set of weights serves ten passages and a hundred thousand.
type Features [featureCount]float32

// The features, by what they measure.
const (
	bm25Title      = iota // BM25 in the title, as a share of the most it could be
	bm25Asks              // BM25 in the other phrasings
	bm25Text              // BM25 in the answer
	bm25All               // BM25 over all fields, weighted (BM25F, Robertson, Zaragoza and Taylor 2004)
	bestQuestion          // cosine with the closest single question, title or phrasing
	bestSentence          // cosine with the closest sentence of the answer
	topThree              // mean cosine of the three closest segments of any field
	coverQuestions        // share of the question's weight found in title and phrasings
	coverAll              // share of the question's weight found anywhere in the passage
	pairQuestion          // share of neighbouring words that stand together in one question
	pairText              // ... in one sentence of the answer
	wholeQuestion         // share of the closest question's weight that was asked
	featureCount
)

// BM25's parameters: k1 bounds the effect of repetition, b the effect of length.
// Bleve's own defaults, and the middle of what Robertson and Zaragoza recommend.
const (
	k1     = 1.2
	bShort = 0.4  // title and phrasings: short by nature
	bText  = 0.75 // the answer
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
	Features   Features
}

// scratch is the memory of one search, kept between searches.
type scratch struct {
	marks  []mark // by term: which words it stands for
	marked []int32
	best   [maxWords]float32 // by word: how well the current segment or passage has it
	inAll  [maxWords]float32
	inAsk  [maxWords]float32
}

type mark struct {
	from, to uint8 // half-open; empty when the term was not asked for
	weight   float32
}

func newScratch(terms int) *scratch { return &scratch{marks: make([]mark, terms)} }

// mark notes the terms of a question; rank clears them.
func (sc *scratch) mark(p *parsed) {
	for _, t := range p.terms {
		m := &sc.marks[t.id]
		if m.weight < t.weight {
			*m = mark{uint8(t.from), uint8(t.to), t.weight}
			sc.marked = append(sc.marked, t.id)
		}
	}
}

func (sc *scratch) clear() {
	for _, id := range sc.marked {
		sc.marks[id] = mark{}
	}
	sc.marked = sc.marked[:0]
}

// rank scores the candidates in full and keeps the best.
func (s *snapshot) rank(p *parsed, candidates []int, limit int, sc *scratch) Result {
	hits := make([]Hit, 0, len(candidates))
	for _, n := range candidates {
		f := s.features(p, &s.docs[n], sc)
		hits = append(hits, Hit{Passage: &s.passages[n], Score: fitted.score(&f), Features: f})
	}
	sc.clear()
	sort.Slice(hits, func(i, j int) bool {
		if hits[i].Score != hits[j].Score {
			return hits[i].Score > hits[j].Score
		}
		return hits[i].Passage.ID < hits[j].Passage.ID
	})
	s.rate(p, hits)
	return Result{Hits: hits[:min(limit, len(hits))], Reading: p.reading()}
}

func (s *snapshot) features(p *parsed, d *document, sc *scratch) Features {
	var f Features
	s.fieldScores(p, d, sc, &f)
	sc.inAll, sc.inAsk = [maxWords]float32{}, [maxWords]float32{}
	var top [3]float32
	for i := range d.segments {
		seg := &d.segments[i]
		m, pairs := s.match(p, seg, sc)
		if m == 0 {
			continue
		}
		cosine := m / float32(math.Sqrt(float64(p.total*seg.weight)))
		keepTop(&top, min(cosine, 1))
		if seg.field == textField {
			f[bestSentence] = max(f[bestSentence], min(cosine, 1))
			f[pairText] = max(f[pairText], pairs)
			continue
		}
		if cosine > f[bestQuestion] {
			f[wholeQuestion] = min(m/seg.weight, 1)
		}
		f[bestQuestion] = max(f[bestQuestion], min(cosine, 1))
		f[pairQuestion] = max(f[pairQuestion], pairs)
	}
	f[topThree] = (top[0] + top[1] + top[2]) / 3
	for i := range p.words {
		f[coverAll] += p.words[i].weight * sc.inAll[i]
		f[coverQuestions] += p.words[i].weight * sc.inAsk[i]
	}
	f[coverAll] /= p.total
	f[coverQuestions] /= p.total
	return f
}

func keepTop(top *[3]float32, v float32) {
	for i := range top {
		if v > top[i] {
			v, top[i] = top[i], v
		}
	}
}

// match weighs what a segment has of the question: the words found, and the
// share of neighbouring words that stand side by side.
func (s *snapshot) match(p *parsed, seg *segment, sc *scratch) (found, pairs float32) {
	n := len(p.words)
	best := sc.best[:n]
	clear(best)
	hit := false
	last, lastAt := -2, -2
	var together float32
	for at, id := range seg.terms {
		m := sc.marks[id]
		if m.to == 0 {
			continue
		}
		hit = true
		for w := m.from; w < m.to; w++ {
			best[w] = max(best[w], m.weight)
		}
		if int(m.from) == last+1 && at == lastAt+1 {
			together += p.words[last].weight + p.words[m.from].weight
		}
		last, lastAt = int(m.to)-1, at
	}
	for _, id := range seg.concepts {
		if m := sc.marks[id]; m.to != 0 {
			hit = true
			for w := m.from; w < m.to; w++ {
				best[w] = max(best[w], m.weight)
			}
		}
	}
	if !hit {
		return 0, 0
	}
	for w := range best {
		found += best[w] * p.words[w].weight
		sc.inAll[w] = max(sc.inAll[w], best[w])
		if seg.field != textField {
			sc.inAsk[w] = max(sc.inAsk[w], best[w])
		}
	}
	return found, min(together/(2*p.total), 1)
}

// fieldScores computes BM25 for each field and for all together, each divided by
// what a passage full of the question's words would reach.
func (s *snapshot) fieldScores(p *parsed, d *document, sc *scratch, f *Features) {
	var words [maxWords][fields]float32
	for i := range d.terms {
		t := &d.terms[i]
		m := sc.marks[t.id]
		if m.to == 0 {
			continue
		}
		for fi := range t.in {
			if t.in[fi] == 0 {
				continue
			}
			for w := m.from; w < m.to; w++ {
				words[w][fi] += float32(t.in[fi]) * m.weight
			}
		}
	}
	var norm [fields]float32
	for fi := range norm {
		b := float32(bShort)
		if field(fi) == textField {
			b = bText
		}
		norm[fi] = 1 - b + b*float32(d.length[fi])/max(s.average[fi], 1)
	}
	for w := range p.words {
		weight := p.words[w].weight
		var all float32
		for fi, tf := range words[w] {
			if tf > 0 {
				f[bm25Title+fi] += weight * tf / (tf + k1*norm[fi])
				all += fieldWeight[fi] * tf / norm[fi]
			}
		}
		f[bm25All] += weight * all / (all + k1)
	}
	for i := bm25Title; i <= bm25All; i++ {
		f[i] /= p.total
	}
}

// fieldWeight is BM25F's weight of each field.
var fieldWeight = [fields]float32{2.5, 1.5, 1}
