package index

import (
	"context"
	"math"

	"massagefaq/knowledge"
)

// Example is one question with the features of its candidates, for fitting.
type Example struct {
	Candidates []Features
	IDs        []string // of the candidates' passages, in step
	Relevant   []bool   // in step with Candidates
	Declines   []bool   // in step with Candidates: the passage is one that declines
	Prose      float32  // what kind of collection; see blend
	Learned    bool     // a classifier was trained on it
	Weight     float64  // how much the example counts, so that large sets do not drown small ones
	Reading    Evidence // what the question is like, for fitting the confidence
}

// Answerable reports whether one of the candidates is right.
func (e *Example) Answerable() bool {
	for _, r := range e.Relevant {
		if r {
			return true
		}
	}
	return false
}

func (e *Example) learned() float64 {
	if e.Learned {
		return 1
	}
	return 0
}

// Example reads a question with its candidates. right says which passages answer
// it. ok is false when the question has no candidate at all.
func (x *Index) Example(ctx context.Context, q Query, right func(*knowledge.Passage) bool) (e Example, ok bool, err error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return e, false, errClosed
	}
	return x.now.example(ctx, q, right, -1, -1)
}

func (s *snapshot) example(ctx context.Context, q Query, right func(*knowledge.Passage) bool, doc, segment int) (e Example, ok bool, err error) {
	sc := s.scratch.Get().(*scratch)
	defer s.release(sc)
	p := s.parse(q, sc)
	if len(p.terms) == 0 {
		return e, false, nil
	}
	found, err := s.candidates(ctx, p, &q, sc)
	if err != nil {
		return e, false, err
	}
	s.believe(s.classifierWithout(doc, segment), p, &q, sc)
	found = sc.finalists(found)
	e = Example{Prose: s.kind, Learned: s.classifier != nil, Weight: 1, Reading: s.evidence(p, sc)}
	for _, n := range found {
		without := -1
		if n == doc {
			without = segment
		}
		e.Candidates = append(e.Candidates, s.features(p, n, sc, without))
		e.IDs = append(e.IDs, s.passages[n].ID)
		e.Relevant = append(e.Relevant, right(&s.passages[n]))
		e.Declines = append(e.Declines, s.passages[n].Audience == knowledge.Outside)
	}
	return e, len(found) > 0, nil
}

// LeaveOneOut asks every other phrasing of every passage as if its passage did
// not have it: what a new way of asking will meet. Replace waits for its end.
func (x *Index) LeaveOneOut(ctx context.Context) ([]Example, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return nil, errClosed
	}
	s := x.now
	var out []Example
	for n := range s.passages {
		p := &s.passages[n]
		right := func(c *knowledge.Passage) bool {
			return c.ID == p.ID || p.Audience == knowledge.Outside && c.Audience == knowledge.Outside // all of those decline
		}
		for i, ask := range p.Asks {
			q := Query{Text: ask, Audience: p.Audience}
			e, ok, err := s.example(ctx, q, right, n, 1+i) // segment 0 is the title
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, e)
			}
		}
	}
	return out, nil
}

// Weights are what Fit finds: for collections of questions, and what to add for
// collections of prose.
type Weights [3 * featureCount]float64

// SetWeights puts what Fit found into the form that is kept.
func (f *Fitted) SetWeights(w Weights) {
	for k := range featureCount {
		f.Questions[k], f.Prose[k], f.Learned[k] = float32(w[k]), float32(w[featureCount+k]), float32(w[2*featureCount+k])
	}
}

// Score is what the weights make of candidate c.
func (w *Weights) Score(e *Example, c int) float64 {
	var s float64
	for k, f := range e.Candidates[c] {
		s += (w[k] + w[featureCount+k]*float64(e.Prose) + w[2*featureCount+k]*e.learned()) * float64(f)
	}
	return s
}

// Fit finds the weights under which the relevant candidates win: softmax
// regression over each question's candidates (ListNet with binary gains, Cao et
// al. 2007), with an L2 penalty. Examples without a
// relevant candidate teach nothing and are passed over.
func Fit(examples []Example, rounds int, penalty float64) Weights {
	var w Weights
	for i := range featureCount {
		w[i] = 1
	}
	descend(w[:], rounds, 20, func() []float64 {
		g := gradient(examples, &w)
		for i := range g {
			g[i] += penalty * w[i]
		}
		return g[:]
	})
	return w
}

// descend walks w down a gradient by Adam (Kingma and Ba 2015). The steps are half
// as long after 3*slow rounds.
func descend(w []float64, rounds int, slow float64, gradient func() []float64) {
	m, v := make([]float64, len(w)), make([]float64, len(w))
	for round := 1; round <= rounds; round++ {
		g := gradient()
		rate := 0.1 / math.Sqrt(1+float64(round)/slow)
		for i := range w {
			m[i] = 0.9*m[i] + 0.1*g[i]
			v[i] = 0.999*v[i] + 0.001*g[i]*g[i]
			mean := m[i] / (1 - math.Pow(0.9, float64(round)))
			size := v[i] / (1 - math.Pow(0.999, float64(round)))
			w[i] -= rate * mean / (math.Sqrt(size) + 1e-9)
		}
	}
}

// gradient of the mean log loss.
func gradient(examples []Example, w *Weights) Weights {
	var g Weights
	var total float64
	for i := range examples {
		e := &examples[i]
		if !e.Answerable() {
			continue
		}
		total += e.Weight
		p, target := softmax(e, w)
		for c := range e.Candidates {
			d := e.Weight * (p[c] - target[c])
			for k, f := range e.Candidates[c] {
				g[k] += d * float64(f)
				g[featureCount+k] += d * float64(f*e.Prose)
				g[2*featureCount+k] += d * float64(f) * e.learned()
			}
		}
	}
	for k := range g {
		g[k] /= total
	}
	return g
}

// softmax is what the weights say of each candidate, and what they should say:
// the relevant ones share the probability as the weights already split it.
func softmax(e *Example, w *Weights) (p, target []float64) {
	p, target = make([]float64, len(e.Candidates)), make([]float64, len(e.Candidates))
	most := math.Inf(-1)
	for c := range e.Candidates {
		p[c] = w.Score(e, c)
		most = max(most, p[c])
	}
	var sum, relevant float64
	for c := range p {
		p[c] = math.Exp(p[c] - most)
		sum += p[c]
		if e.Relevant[c] {
			relevant += p[c]
		}
	}
	for c := range p {
		if e.Relevant[c] {
			target[c] = p[c] / relevant
		}
		p[c] /= sum
	}
	return p, target
}

// Answer is a ranked example as the confidence model sees it.
type Answer struct {
	Clues  Clues
	Right  bool
	Weight float64
}

// Answer ranks an example with the weights and reads its first hit. With blind,
// the relevant candidates are left out, as if nobody had written their passages:
// a question about the domain that has no answer. ok is false when nothing is left,
// or the first hit declines anyway, where confidence decides nothing.
func (e *Example) Answer(w *Weights, blind bool) (a Answer, ok bool) {
	best, first, second := -1, math.Inf(-1), math.Inf(-1)
	scores := make([]float64, len(e.Candidates))
	for c := range e.Candidates {
		if scores[c] = w.Score(e, c); blind && e.Relevant[c] {
			scores[c] = math.Inf(-1)
			continue
		}
		if scores[c] > first {
			best, first, second = c, scores[c], first
		} else {
			second = max(second, scores[c])
		}
	}
	if best < 0 || e.Declines[best] {
		return a, false
	}
	if math.IsInf(second, -1) {
		second = first - alone
	}
	var sum float64
	for _, s := range scores {
		sum += math.Exp(s - first)
	}
	x := clues(&e.Candidates[best], first, second, sum, e.Reading, float64(e.Prose))
	return Answer{Clues: x, Right: !blind && e.Relevant[best], Weight: e.Weight}, true
}

// Declined reports whether the first hit is a passage that declines, and rightly.
func (e *Example) Declined(w *Weights) bool {
	best := 0
	for c := range e.Candidates {
		if w.Score(e, c) > w.Score(e, best) {
			best = c
		}
	}
	return len(e.Candidates) > 0 && e.Declines[best] && e.Relevant[best]
}

// FitConfidence finds the weights of the confidence: logistic regression
// with an L2 penalty.
func FitConfidence(answers []Answer, rounds int, penalty float64) Clues {
	var w Clues
	descend(w[:], rounds, 50, func() []float64 {
		g := confidenceGradient(answers, &w)
		for i := range g {
			g[i] += penalty * w[i]
		}
		return g[:]
	})
	return w
}

func confidenceGradient(answers []Answer, w *Clues) Clues {
	var g Clues
	var total float64
	for i := range answers {
		a := &answers[i]
		miss := Confidence(w, &a.Clues)
		if a.Right {
			miss--
		}
		total += a.Weight
		for k := range g {
			g[k] += a.Weight * miss * a.Clues[k]
		}
	}
	for k := range g {
		g[k] /= total
	}
	return g
}
