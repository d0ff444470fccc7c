package index

import "math"

// weights combine the features into a score; see fitted.
type weights Features

func (w *weights) score(f *Features) float64 {
	var s float64
	for i := range f {
		s += float64(w[i] * f[i])
	}
	return s
}

// fitted are the weights in use.
var fitted = weights{
	bm25Title:      0.6,
	bm25Asks:       1.0,
	bm25Text:       0.5,
	bm25All:        2.0,
	bestQuestion:   2.5,
	bestSentence:   0.4,
	topThree:       1.0,
	coverQuestions: 0.8,
	coverAll:       0.8,
	pairQuestion:   0.8,
	pairText:       0.4,
	wholeQuestion:  0.2,
}

// rate sets the confidence of the first hits.
func (s *snapshot) rate(p *parsed, hits []Hit) {
	for i := range hits {
		f := &hits[i].Features
		margin := hits[i].Score
		if len(hits) > 1 {
			rival := 0
			if i == 0 {
				rival = 1
			}
			margin -= hits[rival].Score
		}
		x := -3.2 + 2.5*float64(f[coverAll]) + 3.5*float64(f[bestQuestion]) + 1.2*margin
		hits[i].Confidence = 1 / (1 + math.Exp(-x))
	}
}
