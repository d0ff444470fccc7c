package eval

import (
	"cmp"
	"math"
	"slices"
)

// Ranked is one document that a ranker found for a query.
type Ranked struct {
	ID         string
	Score      float64 // higher is better; only its order counts
	Confidence float64 // probability, 0 to 1, that it answers the query; read of the first hit only
}

// Grades are the judgements of one query: document id to grade, where more than
// zero is relevant. A document that is not in it is not relevant.
type Grades map[string]int

// Relevant counts the documents worth finding.
func (g Grades) Relevant() int {
	n := 0
	for _, grade := range g {
		if grade > 0 {
			n++
		}
	}
	return n
}

// Order is the ranking as trec_eval reads it: best score first, equal scores by
// descending id, a document only once. It returns ids.
func Order(hits []Ranked) []string {
	sorted := slices.Clone(hits)
	slices.SortStableFunc(sorted, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.ID, a.ID))
	})
	ids, seen := make([]string, 0, len(sorted)), make(map[string]bool, len(sorted))
	for _, h := range sorted {
		if !seen[h.ID] {
			seen[h.ID] = true
			ids = append(ids, h.ID)
		}
	}
	return ids
}

// SuccessAt1 is 1 when the first of the ids is relevant, 0 otherwise.
func SuccessAt1(ids []string, g Grades) float64 { return ReciprocalRank(ids, g, 1) }

// ReciprocalRank is one over the rank of the first relevant id among the first k,
// 0 when there is none.
func ReciprocalRank(ids []string, g Grades, k int) float64 {
	for i, id := range ids[:min(k, len(ids))] {
		if g[id] > 0 {
			return 1 / float64(i+1)
		}
	}
	return 0
}

// Recall is the share of the relevant documents found among the first k ids.
func Recall(ids []string, g Grades, k int) float64 {
	found := 0
	for _, id := range ids[:min(k, len(ids))] {
		if g[id] > 0 {
			found++
		}
	}
	return ratio(found, g.Relevant())
}

// NDCG is the discounted gain of the first k ids over that of the best possible
// order: the grade as gain, halved at rank 3, a third at rank 7.
func NDCG(ids []string, g Grades, k int) float64 {
	gain := 0.0
	for i, id := range ids[:min(k, len(ids))] {
		gain += discounted(g[id], i)
	}
	var grades []int
	for _, grade := range g {
		grades = append(grades, grade)
	}
	slices.SortFunc(grades, func(a, b int) int { return b - a })
	ideal := 0.0
	for i, grade := range grades[:min(k, len(grades))] {
		ideal += discounted(grade, i)
	}
	if ideal == 0 {
		return 0
	}
	return gain / ideal
}

// discounted is the gain of a grade at index i; negative grades gain nothing.
func discounted(grade, i int) float64 {
	return float64(max(grade, 0)) / math.Log2(float64(i+2))
}

// AveragePrecision is the mean, over all relevant documents, of the precision at
// the rank of each; one that was not found counts as 0.
func AveragePrecision(ids []string, g Grades) float64 {
	found, sum := 0, 0.0
	for i, id := range ids {
		if g[id] > 0 {
			found++
			sum += ratio(found, i+1)
		}
	}
	if found == 0 {
		return 0
	}
	return sum / float64(g.Relevant())
}

// AUROC is the probability that one of the positives scores higher than one of
// the negatives, a tie counting half: .5 is chance. Without either it is 0.
func AUROC(positives, negatives []float64) float64 {
	type scored struct {
		score    float64
		positive bool
	}
	if len(positives) == 0 || len(negatives) == 0 {
		return 0
	}
	all := make([]scored, 0, len(positives)+len(negatives))
	for _, s := range positives {
		all = append(all, scored{s, true})
	}
	for _, s := range negatives {
		all = append(all, scored{s, false})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	// Mann-Whitney: the rank sum of the positives, ties sharing their mean rank.
	sum := 0.0
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && cmp.Compare(all[j].score, all[i].score) == 0 {
			j++
		}
		for _, s := range all[i:j] {
			if s.positive {
				sum += float64(i+j+1) / 2
			}
		}
		i = j
	}
	p, n := float64(len(positives)), float64(len(negatives))
	return (sum - p*(p+1)/2) / (p * n)
}
