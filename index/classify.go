package index

import (
	"math"
	"slices"
)

// classifier says which passage a question means: softmax regression on the words,
// concepts and neighbouring words of the content's own questions. BM25 and its like
// weigh a word by how rare it is; this learns which words decide ("prove" asks for
// evidence) and which only stand by ("works"). A nil classifier knows nothing: a
// collection with few questions a passage has nothing to learn from.
type classifier struct {
	classes int              // one a passage
	pairs   map[uint64]int32 // numbers of neighbouring terms, after those of the terms
	weight  []float32        // of clue k for class c, at k*classes+c
}

// clue is a word, a concept or two neighbouring words, and how much it counts.
type clue struct {
	id     int32
	weight float32
}

const (
	taughtFrom  = 5        // questions a passage must have on average to be learned from
	taughtCells = 24 << 20 // weights beyond which there would be too many: some 100 MB
	pairShare   = 0.84     // what two neighbouring words count beside the mean of them apart
)

func pairOf(a, b int32) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

// newClassifier numbers the clues; it is nil where there is too little to learn
// from or too much to keep.
func (s *snapshot) newClassifier() *classifier {
	c := &classifier{classes: len(s.docs), pairs: map[uint64]int32{}}
	questions := 0
	for i := range s.docs {
		questions += int(s.docs[i].questions)
	}
	if c.classes < 2 || questions < taughtFrom*c.classes || len(s.lex.df)*c.classes > taughtCells {
		return nil
	}
	count := map[uint64]int{}
	for i := range s.docs {
		for j := range s.docs[i].segments {
			terms := s.docs[i].segments[j].terms
			for k := 1; k < len(terms); k++ {
				count[pairOf(terms[k-1], terms[k])]++
			}
		}
	}
	common := make([]uint64, 0, len(count)/4)
	for pair, n := range count {
		if n > 1 {
			common = append(common, pair)
		}
	}
	clues := len(s.lex.df) + len(common)
	if clues*c.classes > taughtCells {
		return nil
	}
	slices.Sort(common) // so that training is the same each time
	for i, pair := range common {
		c.pairs[pair] = int32(len(s.lex.df) + i)
	}
	c.weight = make([]float32, clues*c.classes)
	return c
}

// pair adds two neighbours to list, if they are known as such.
func (c *classifier) pair(list []clue, a, b clue) []clue {
	if id, ok := c.pairs[pairOf(a.id, b.id)]; ok {
		list = append(list, clue{id, pairShare * (a.weight + b.weight) / 2})
	}
	return list
}

// scale makes a question as long as any other.
func scale(list []clue) {
	var square float64
	for _, k := range list {
		square += float64(k.weight * k.weight)
	}
	if square == 0 {
		return
	}
	by := float32(trainScale / math.Sqrt(square))
	for i := range list {
		list[i].weight *= by
	}
}

// score writes what the clues say for each class. Four clues at a time: this is
// where training spends its time.
func (c *classifier) score(clues []clue, to []float32) {
	clear(to)
	n := len(to)
	row := func(k clue) []float32 { return c.weight[int(k.id)*c.classes:][:n] }
	for len(clues) >= 4 {
		k0, k1, k2, k3 := clues[0].weight, clues[1].weight, clues[2].weight, clues[3].weight
		r0, r1, r2, r3 := row(clues[0]), row(clues[1]), row(clues[2]), row(clues[3])
		for i := range to {
			to[i] += k0*r0[i] + k1*r1[i] + k2*r2[i] + k3*r3[i]
		}
		clues = clues[4:]
	}
	for _, k := range clues {
		r := row(k)
		for i := range to {
			to[i] += k.weight * r[i]
		}
	}
}

// softmax32 turns scores into probabilities in place; what is more than span below
// the best gets none.
func softmax32(z []float32, span float32) {
	most := slices.Max(z)
	var sum float32
	for i, x := range z {
		if x-most < -span {
			z[i] = 0
			continue
		}
		z[i] = float32(math.Exp(float64(z[i] - most)))
		sum += z[i]
	}
	for i := range z {
		z[i] /= sum
	}
}

// believe sets what the classifier makes of a question: for each passage that the
// asker may read its score, and a probability among all of them.
func (s *snapshot) believe(c *classifier, p *parsed, q *Query, sc *scratch) {
	sc.leaning, sc.belief = sc.leaning[:0], sc.belief[:0]
	if c == nil {
		return
	}
	sc.leaning = append(sc.leaning, make([]float32, c.classes)...)
	c.score(s.clues(c, p), sc.leaning)
	for i := range sc.leaning {
		if !q.sees(&s.passages[i]) {
			sc.leaning[i] = unseen
		}
	}
	sc.belief = append(sc.belief, sc.leaning...)
	softmax32(sc.belief, learnedRange)
}

// unseen is the score of a passage that the asker may not read.
const unseen = -1000

// clues are those of a question.
func (s *snapshot) clues(c *classifier, p *parsed) []clue {
	list := make([]clue, 0, 2*len(p.terms))
	last := clue{id: -1}
	at := -1
	for i := range p.terms {
		t := &p.terms[i]
		k := clue{t.id, s.lex.plain[t.id] * t.weight * p.words[t.from].stress}
		if k.weight == 0 || slices.ContainsFunc(list, func(o clue) bool { return o.id == k.id }) {
			continue
		}
		list = append(list, k)
		if t.to != t.from+1 || t.text[0] == conceptMark[0] || t.from == at {
			continue
		}
		if last.id >= 0 && t.from == at+1 {
			list = c.pair(list, last, k)
		}
		last, at = k, t.from
	}
	scale(list)
	return list
}

// learnedScores are what the classifier makes of passage n.
func (sc *scratch) learnedScores(n int, f *Features) {
	if len(sc.belief) == 0 {
		return
	}
	f[learned] = sc.belief[n]
	f[learnedLog] = max(0, 1+float32(math.Log(float64(sc.belief[n])+1e-9))/learnedRange)
	f[learnedRaw] = sc.leaning[n] / (4 * trainScale)
}

const learnedRange = 10 // nats below certainty at which a belief counts nothing

// Where there is a classifier, only finalists are ranked in full: the first that
// Bleve's postings found, and those that the classifier thinks likely. On 960
// questions the right passage is among them as often as among forty found.
const (
	finalists    = 10
	suspects     = 8
	suspectLeast = 0.003
)

// finalists are the passages worth ranking of those found, best first.
func (sc *scratch) finalists(found []int) []int {
	if len(sc.belief) == 0 {
		return found
	}
	found = found[:min(len(found), finalists)]
	for range suspects {
		best, least := -1, float32(suspectLeast)
		for i, b := range sc.belief {
			if b > least && !slices.Contains(found, i) {
				best, least = i, b
			}
		}
		if best < 0 {
			break
		}
		found = append(found, best)
	}
	return found
}
