package eval

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// near is how closely two ways of adding the same numbers agree.
const near = 1e-12

// graded is a query with three relevant documents, one of them worth more, one
// judged and useless, and one document that was never judged.
var graded = Grades{"a": 3, "b": 1, "c": 1, "x": 0}

func TestMetricsByHand(t *testing.T) {
	log2 := math.Log2
	tests := []struct {
		name                string
		ids                 []string
		g                   Grades
		s1, rr, r5, ndcg, p float64
	}{
		{"nothing found", nil, graded, 0, 0, 0, 0, 0},
		{"best order", []string{"a", "b", "c"}, graded, 1, 1, 1, 1, 1},
		{"second only", []string{"x", "b"}, graded, 0, .5, 1. / 3,
			(1 / log2(3)) / (3 + 1/log2(3) + 1/log2(4)), .5 / 3},
		{"with noise", []string{"y", "a", "x", "b", "z", "c"}, graded, 0, .5, 2. / 3,
			(3/log2(3) + 1/log2(5) + 1/log2(7)) / (3 + 1/log2(3) + 1/log2(4)),
			(1./2 + 2./4 + 3./6) / 3},
		{"none relevant", []string{"x"}, Grades{"x": 0}, 0, 0, 0, 0, 0},
		{"negative grade", []string{"n", "a"}, Grades{"n": -1, "a": 1}, 0, .5, 1, 1 / log2(3), .5},
	}
	for _, tt := range tests {
		got := []float64{
			SuccessAt1(tt.ids, tt.g), ReciprocalRank(tt.ids, tt.g, 10), Recall(tt.ids, tt.g, 5),
			NDCG(tt.ids, tt.g, 10), AveragePrecision(tt.ids, tt.g),
		}
		for i, want := range []float64{tt.s1, tt.rr, tt.r5, tt.ndcg, tt.p} {
			if math.Abs(got[i]-want) > near {
				t.Errorf("%s: metric %d = %v, want %v", tt.name, i, got[i], want)
			}
		}
	}
}

func TestMetricsStopAtTheirDepth(t *testing.T) {
	ids := make([]string, 10)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	ids = append(ids, "a")
	g := Grades{"a": 1}
	if got := ReciprocalRank(ids, g, 10); got != 0 {
		t.Errorf("reciprocal rank at 10 of a hit at 11 = %v, want 0", got)
	}
	if got := NDCG(ids, g, 10); got != 0 {
		t.Errorf("nDCG at 10 of a hit at 11 = %v, want 0", got)
	}
	if got, want := AveragePrecision(ids, g), 1./11; math.Abs(got-want) > near {
		t.Errorf("average precision of a hit at 11 = %v, want %v", got, want)
	}
	// The best order of more documents than fit is still only the first ten of them.
	many := Grades{}
	for _, id := range ids {
		many[id] = 1
	}
	if got := NDCG(ids, many, 10); math.Abs(got-1) > near {
		t.Errorf("nDCG at 10 of eleven relevant hits = %v, want 1", got)
	}
}

func TestOrder(t *testing.T) {
	hits := []Ranked{{ID: "b", Score: 1}, {ID: "c", Score: 1}, {ID: "a", Score: 2}, {ID: "c", Score: .5}, {ID: "d", Score: math.Inf(-1)}}
	want := []string{"a", "c", "b", "d"}
	for range 20 {
		rand.Shuffle(len(hits), func(i, j int) { hits[i], hits[j] = hits[j], hits[i] })
		if diff := cmp.Diff(want, Order(hits)); diff != "" {
			t.Fatalf("Order (-want +got):\n%s", diff)
		}
	}
}

// Whatever the ranking, metrics stay within 0 and 1, finding one more relevant
// document never hurts, and the best order reaches 1.
func TestMetricProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		g, ids := Grades{}, []string{}
		for i := range 1 + rng.IntN(30) {
			id := strconv.Itoa(i)
			if rng.IntN(3) == 0 {
				g[id] = rng.IntN(4) - 1
			}
			if rng.IntN(2) == 0 {
				ids = append(ids, id)
			}
		}
		rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		score := func(ids []string) []float64 {
			return []float64{SuccessAt1(ids, g), ReciprocalRank(ids, g, 10), Recall(ids, g, 5), NDCG(ids, g, 10), AveragePrecision(ids, g)}
		}
		before := score(ids)
		for i, s := range before {
			if s < 0 || s > 1+near || math.IsNaN(s) {
				t.Fatalf("metric %d of %v under %v = %v, want 0 to 1", i, ids, g, s)
			}
		}
		g["new"] = 3
		withFirst := score(append([]string{"new"}, ids...))
		withLast := score(append(slices.Clone(ids), "new"))
		for i := range before {
			if withFirst[i] < withLast[i]-near {
				t.Fatalf("metric %d of %v: %v with a relevant hit first, %v with it last", i, ids, withFirst[i], withLast[i])
			}
		}
		best := bestOrder(g)
		if s := score(best); s[0] != 1 || s[1] != 1 || math.Abs(s[3]-1) > near || math.Abs(s[4]-1) > near {
			t.Fatalf("best order %v under %v scores %v, want 1", best, g, s)
		}
	}
}

func bestOrder(g Grades) []string {
	var ids []string
	for id := range g {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return g[b] - g[a] })
	return ids
}

func TestAUROCByHand(t *testing.T) {
	tests := []struct {
		name     string
		pos, neg []float64
		want     float64
	}{
		{"apart", []float64{.9, .8}, []float64{.1, .2}, 1},
		{"the wrong way round", []float64{.1}, []float64{.9}, 0},
		{"all equal", []float64{.5, .5}, []float64{.5}, .5},
		{"one pair of six wrong, one tied", []float64{.9, .5, .3}, []float64{.3, .4}, (2 + 2 + .5) / 6},
		{"no negatives", []float64{1}, nil, 0},
	}
	for _, tt := range tests {
		if got := AUROC(tt.pos, tt.neg); math.Abs(got-tt.want) > near {
			t.Errorf("%s: AUROC = %v, want %v", tt.name, got, tt.want)
		}
	}
}

// The rank sum agrees with counting every pair.
func TestAUROCCountsPairs(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		draw := func() []float64 {
			out := make([]float64, 1+rng.IntN(20))
			for i := range out {
				out[i] = float64(rng.IntN(6)) / 5 // few values, many ties
			}
			return out
		}
		pos, neg := draw(), draw()
		pairs := 0.0
		for _, p := range pos {
			for _, n := range neg {
				if p > n {
					pairs++
				} else if p == n {
					pairs += .5
				}
			}
		}
		want := pairs / float64(len(pos)*len(neg))
		if got := AUROC(pos, neg); math.Abs(got-want) > near {
			t.Fatalf("AUROC(%v, %v) = %v, want %v", pos, neg, got, want)
		}
	}
}
