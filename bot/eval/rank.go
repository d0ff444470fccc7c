package eval

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// A Ranker finds documents for a query, best first, at most k. It is called from
// several goroutines. It is an interface since the index ranks passages and a
// folder's documents become passages only in an adapter.
type Ranker interface {
	Rank(query string, k int) []Ranked
}

// rankDepth is how many hits are asked for: average precision looks at them all.
const rankDepth = 100

// A RankReport is the score of a ranker on a collection.
type RankReport struct {
	Name   string         `json:"name"`
	Docs   int            `json:"docs"`
	Sets   []RankScore    `json:"sets"`
	Silent []SilenceScore `json:"silent"`
	Misses []RankMiss     `json:"misses"` // of every set, in order
}

// RankScore holds means over the queries of one set.
type RankScore struct {
	Name        string      `json:"name"`
	Queries     int         `json:"queries"`
	S1          float64     `json:"s1"`    // first hit right
	MRR10       float64     `json:"mrr10"` // reciprocal rank of the first right hit among ten
	R5          float64     `json:"r5"`    // share of right documents among five
	NDCG10      float64     `json:"ndcg10"`
	MAP         float64     `json:"map"` // over the first hundred hits
	Latency     Latency     `json:"latency"`
	Calibration Calibration `json:"calibration"` // of the first hit
}

// SilenceScore says how well confidence tells a set that can be answered from one
// that cannot.
type SilenceScore struct {
	Name    string  `json:"name"`    // "oos"
	Against string  `json:"against"` // "test"
	Queries int     `json:"queries"`
	AUROC   float64 `json:"auroc"` // 1 tells them apart, .5 is chance
}

// A RankMiss is a query whose first hit was not right.
type RankMiss struct {
	Set        string   `json:"set"`
	ID         string   `json:"id"`
	Query      string   `json:"query"`
	Want       []string `json:"want"` // relevant documents
	Rank       int      `json:"rank"` // of the first relevant hit, from 1; 0 when not found
	Got        []string `json:"got"`  // first hits, at most five
	Confidence float64  `json:"confidence"`
}

// answer is what a ranker made of one query.
type answer struct {
	ids        []string
	confidence float64 // of the first hit; 0 without any
	took       time.Duration
}

// RunBEIR ranks every query of the collection on all processors and scores the
// hits. Latencies are those of a busy machine. The error is ctx's alone.
func RunBEIR(ctx context.Context, c Collection, ranker Ranker, o Options) (RankReport, error) {
	r := RankReport{Name: c.Name, Docs: len(c.Docs)}
	total := 0
	for _, set := range slices.Concat(c.Sets, c.Silent) {
		total += len(set.Queries)
	}
	bar := newProgress(o.Progress, "ranking "+c.Name, total)
	defer bar.done()
	confidences := map[string][]float64{}
	for _, set := range c.Sets {
		answers, err := rankAll(ctx, set, ranker, bar)
		if err != nil {
			return RankReport{}, fmt.Errorf("rank %s %s: %w", c.Name, set.Name, err)
		}
		r.Sets = append(r.Sets, scoreSet(set, answers))
		r.Misses = append(r.Misses, missesOf(set, answers)...)
		confidences[set.Name] = confidencesOf(answers)
	}
	for _, set := range c.Silent {
		answers, err := rankAll(ctx, set, ranker, bar)
		if err != nil {
			return RankReport{}, fmt.Errorf("rank %s %s: %w", c.Name, set.Name, err)
		}
		against := counterpart(set.Name, confidences)
		r.Silent = append(r.Silent, SilenceScore{
			Name: set.Name, Against: against, Queries: len(set.Queries),
			AUROC: AUROC(confidences[against], confidencesOf(answers)),
		})
	}
	return r, nil
}

// counterpart is the set that a set of unanswerable queries is told apart from:
// for "oos_dev" the set "dev" where there is one, otherwise "test".
func counterpart(silent string, sets map[string][]float64) string {
	name := strings.TrimPrefix(strings.TrimPrefix(silent, "oos"), "_")
	if _, ok := sets[name]; ok {
		return name
	}
	return "test"
}

// rankAll ranks the queries of a set, as many at once as there are processors.
func rankAll(ctx context.Context, set QuerySet, ranker Ranker, bar *progress) ([]answer, error) {
	answers := make([]answer, len(set.Queries))
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(answers) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				answers[i] = rankOne(set.Queries[i], ranker)
				bar.step()
			}
		})
	}
	return answers, group.Wait()
}

func rankOne(q Query, ranker Ranker) answer {
	start := time.Now()
	hits := ranker.Rank(q.Text, rankDepth+len(q.Given))
	a := answer{took: time.Since(start)}
	if len(hits) > 0 {
		a.confidence = clamp(hits[0].Confidence)
	}
	a.ids = slices.DeleteFunc(Order(hits), func(id string) bool { return slices.Contains(q.Given, id) })
	a.ids = a.ids[:min(rankDepth, len(a.ids))]
	return a
}

func confidencesOf(answers []answer) []float64 {
	out := make([]float64, len(answers))
	for i, a := range answers {
		out[i] = a.confidence
	}
	return out
}

// scoreSet takes the mean of every metric over the queries.
func scoreSet(set QuerySet, answers []answer) RankScore {
	s := RankScore{Name: set.Name, Queries: len(set.Queries)}
	var took []time.Duration
	var ps []Prediction
	for i, a := range answers {
		g := set.Grades[set.Queries[i].ID]
		first := SuccessAt1(a.ids, g)
		s.S1 += first
		s.MRR10 += ReciprocalRank(a.ids, g, 10)
		s.R5 += Recall(a.ids, g, 5)
		s.NDCG10 += NDCG(a.ids, g, 10)
		s.MAP += AveragePrecision(a.ids, g)
		took = append(took, a.took)
		ps = append(ps, Prediction{Confidence: a.confidence, Right: first > 0})
	}
	for _, sum := range []*float64{&s.S1, &s.MRR10, &s.R5, &s.NDCG10, &s.MAP} {
		*sum /= float64(max(1, len(answers)))
	}
	s.Latency, s.Calibration = latencyOf(took), Calibrate(ps)
	return s
}

func missesOf(set QuerySet, answers []answer) []RankMiss {
	var out []RankMiss
	for i, a := range answers {
		q := set.Queries[i]
		g := set.Grades[q.ID]
		if SuccessAt1(a.ids, g) > 0 {
			continue
		}
		m := RankMiss{Set: set.Name, ID: q.ID, Query: q.Text, Confidence: a.confidence, Got: a.ids[:min(5, len(a.ids))]}
		m.Rank = 1 + slices.IndexFunc(a.ids, func(id string) bool { return g[id] > 0 })
		for id, grade := range g {
			if grade > 0 {
				m.Want = append(m.Want, id)
			}
		}
		slices.Sort(m.Want)
		out = append(out, m)
	}
	return out
}
