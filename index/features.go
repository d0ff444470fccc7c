package index

import "math"

// features reads a passage for a question. without is the number of a segment to
// pass over, as if the passage did not have it, or -1.
func (s *snapshot) features(p *parsed, n int, sc *scratch, without int) Features {
	var f Features
	d := &s.docs[n]
	sc.count(p, d, without)
	s.fieldScores(p, d, sc, &f)
	s.wholeScores(p, d, sc, &f)
	s.segmentScores(p, d, sc, &f, without)
	sc.learnedScores(n, &f)
	return f
}

// count finds how often each word of the question stands in each field, and which
// of its terms the passage has at all.
func (sc *scratch) count(p *parsed, d *document, without int) {
	clear(sc.counts[:len(p.words)])
	sc.held = sc.held[:0]
	for _, id := range sc.marked {
		t, uses := d.find(id)
		if t == nil {
			continue
		}
		m := sc.marks[id]
		sc.held = append(sc.held, held{m, uses})
		for w := m.from; w < m.to; w++ {
			for f, n := range t.in {
				sc.counts[w][f] += float32(n) * m.weight
			}
		}
	}
	if without >= 0 {
		sc.discount(&d.segments[without])
	}
}

// discount takes one segment out of the counts.
func (sc *scratch) discount(seg *segment) {
	for _, list := range [2][]int32{seg.terms, seg.concepts} {
		for _, id := range list {
			m := sc.marks[id]
			for w := m.from; w < m.to; w++ {
				sc.counts[w][seg.field] = max(0, sc.counts[w][seg.field]-m.weight)
			}
		}
	}
}

// BM25's parameters: k1 bounds the effect of repetition, b that of length. k1 is
// Bleve's default; b is lower where texts are short by nature.
const (
	k1     = 1.2
	bShort = 0.4  // title and phrasings
	bText  = 0.75 // the answer
	bFlat  = 0.5  // the passage as one text
)

// fieldWeight is BM25F's weight of each field.
var fieldWeight = [fields]float32{2.5, 1.5, 1}

// fieldScores computes BM25 for each field and for all together, each divided by
// what a passage full of the question's words would reach.
func (s *snapshot) fieldScores(p *parsed, d *document, sc *scratch, f *Features) {
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
		for fi, tf := range sc.counts[w] {
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

const (
	dirichlet       = 20 // pseudo-words of the collection in every passage; short ones need few
	likelihoodScale = 8  // brings the mean log likelihood ratio of a word into the other features' range
)

// wholeScores compares the question with the passage as one text.
func (s *snapshot) wholeScores(p *parsed, d *document, sc *scratch, f *Features) {
	length := float32(d.length[0] + d.length[1] + d.length[2])
	norm := 1 - bFlat + bFlat*length/s.averageAll
	segments := float32(len(d.segments))
	var likely, dot, square float64
	for w := range p.words {
		q := &p.words[w]
		square += float64(q.plain * q.plain)
		tf := sc.counts[w][0] + sc.counts[w][1] + sc.counts[w][2]
		if tf == 0 {
			continue
		}
		f[bm25Flat] += q.plain * tf / (tf + norm)
		f[spread] += q.plain * min(tf/segments, 1)
		likely += math.Log1p(float64(tf) / (dirichlet * q.common))
		dot += float64(q.plain*q.plain) * math.Sqrt(float64(tf))
	}
	f[bm25Flat] /= p.plain
	f[spread] /= p.plain
	f[likelihood] = float32((likely/float64(len(p.words)) + math.Log(dirichlet/(float64(length)+dirichlet))) / likelihoodScale)
	f[centroid] = float32(dot / math.Sqrt(square*float64(d.norm)))
}

// segmentScores compares the question with each question and sentence of the passage.
func (s *snapshot) segmentScores(p *parsed, d *document, sc *scratch, f *Features, without int) {
	clear(sc.inAll[:len(p.words)])
	clear(sc.inAsks[:len(p.words)])
	sc.match(p, d, without)
	var all, top [5]float32
	unit, plainUnit := 1/root(p.total), 1/root(p.plain)
	for i := range sc.matched() {
		m, o := &sc.segments[i], &d.outlines[i]
		if m.found == 0 {
			continue
		}
		cosine := min(m.found*unit*o.unit, 1)
		keepTop(&all, cosine)
		f[pairAny] = max(f[pairAny], m.plainPairs)
		if i >= int(d.questions) {
			f[bestSentence] = max(f[bestSentence], cosine)
			f[pairText] = max(f[pairText], m.pairs)
			continue
		}
		keepTop(&top, cosine)
		f[plainQuestion] = max(f[plainQuestion], min(m.plain*plainUnit*o.plain, 1))
		if cosine > f[bestQuestion] {
			f[bestQuestion], f[wholeQuestion] = cosine, min(m.found/o.weight, 1)
		}
		f[pairQuestion] = max(f[pairQuestion], m.pairs)
	}
	f[pairAny] = min(f[pairAny]/(2*p.plain), 1)
	f[pairText], f[pairQuestion] = min(f[pairText]/(2*p.total), 1), min(f[pairQuestion]/(2*p.total), 1)
	f[topThree] = (all[0] + all[1] + all[2]) / 3
	f[fiveQuestions] = (top[0] + top[1] + top[2] + top[3] + top[4]) / 5
	for i := range p.words {
		f[coverAll] += p.words[i].weight * sc.inAll[i] / p.total
		f[coverQuestions] += p.words[i].weight * sc.inAsks[i] / p.total
	}
	sc.heaviest(p, f)
}

// heaviest looks at single words: one telling word that is missing says more
// than three common ones that are there.
func (sc *scratch) heaviest(p *parsed, f *Features) {
	n := float32(0)
	for i := range p.words {
		w := p.words[i].weight / p.most
		f[heaviestFound] = max(f[heaviestFound], w*sc.inAll[i])
		f[heaviestMissed] = max(f[heaviestMissed], w*(1-sc.inAsks[i]))
		if !p.words[i].function {
			n += sc.inAsks[i]
		}
	}
	f[wordsFound] = 1 - 1/(1+n)
}

func keepTop(top *[5]float32, v float32) {
	if v <= top[4] {
		return
	}
	for i := range top {
		if v > top[i] {
			v, top[i] = top[i], v
		}
	}
}
