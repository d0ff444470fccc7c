package index

import (
	"math"

	"massagefaq/knowledge"
)

// Evidence is what a question is like, apart from any passage.
type Evidence struct {
	Words    float64 // words that carry subject
	Unknown  float64 // share of the weight in words that the content does not have
	Telling  float64 // weight of the most telling known word, of the most a word can tell
	Repaired float64 // share of the weight in words that were read through a correction
	Outside  float64 // probability, by the classifier, that it asks for what is not answered here
}

func (s *snapshot) evidence(p *parsed, sc *scratch) Evidence {
	var e Evidence
	for i, b := range sc.belief {
		if s.passages[i].Audience == knowledge.Outside {
			e.Outside += float64(b)
		}
	}
	for i := range p.words {
		w := &p.words[i]
		if !w.function {
			e.Words++
		}
		share := float64(w.weight / p.total)
		switch {
		case len(w.corrections) > 0 && !w.known:
			e.Repaired += share
		case !w.known:
			e.Unknown += share
		default:
			e.Telling = max(e.Telling, float64(w.weight/p.most))
		}
	}
	return e
}

// clueFeatures are the features of a hit that say how far to trust it.
var clueFeatures = [...]int{coverAll, coverQuestions, bestQuestion, wholeQuestion, plainQuestion, fiveQuestions, bm25All, pairQuestion,
	likelihood, bestSentence, topThree, pairAny, heaviestFound, heaviestMissed, wordsFound, learned, learnedLog, learnedRaw}

const clueCount = 13 + len(clueFeatures)

// Clues are what the confidence in a hit is computed from.
type Clues [clueCount]float64

// clues of a hit: its features, how it stands among its rivals, and what the
// question is like. rival is the best other score, sum the sum of exp(score -
// the hit's) over all candidates, the hit included.
func clues(f *Features, score, rival, sum float64, e Evidence, prose float64) Clues {
	lead := score - rival
	share := 1 / sum // softmax: the hit's share of what the ranking believes
	c := Clues{1, lead, max(0, 1.5-lead), score, share, math.Log(share), float64(f[heaviestMissed] * f[coverQuestions]),
		e.Unknown, e.Telling, e.Repaired, math.Log1p(e.Words), prose, e.Outside}
	for i, k := range clueFeatures {
		c[13+i] = float64(f[k])
	}
	return c
}

// Confidence is a logistic model's probability.
func Confidence(w, x *Clues) float64 {
	var z float64
	for i := range w {
		z += w[i] * x[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// alone is the lead of a hit without a rival.
const alone = 3

// rate sets the confidence of the hits, which are in order.
func (s *snapshot) rate(p *parsed, hits []Hit, sc *scratch) {
	e := s.evidence(p, sc)
	var sum float64
	for i := range hits {
		sum += math.Exp(hits[i].Score - hits[0].Score)
	}
	for i := range hits[:min(len(hits), DefaultLimit)] {
		h := &hits[i]
		rival := hits[0].Score
		switch {
		case i == 0 && len(hits) > 1:
			rival = hits[1].Score
		case i == 0:
			rival = h.Score - alone
		}
		x := clues(&h.Features, h.Score, rival, sum*math.Exp(hits[0].Score-h.Score), e, float64(s.kind))
		h.Confidence = Confidence(&fitted.Confidence, &x)
	}
}
