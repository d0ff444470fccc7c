package index

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"massagefaq/knowledge"
)

// synthetic makes n passages of English words drawn by Zipf's law, each with a
// title of nine words, three phrasings and an answer of 45, and a question for
// every passage that shares five words with it.
func synthetic(n int) (ps []knowledge.Passage, questions []string) {
	vocabulary := strings.Fields(words)
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(vocabulary), func(i, j int) { vocabulary[i], vocabulary[j] = vocabulary[j], vocabulary[i] })
	zipf := rand.NewZipf(r, 1.07, 8, uint64(len(vocabulary)-1))
	draw := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = vocabulary[zipf.Uint64()]
		}
		return out
	}
	for i := range n {
		p := knowledge.Passage{ID: fmt.Sprintf("p%d", i), Audience: knowledge.Public, Title: strings.Join(draw(9), " ")}
		for range 3 {
			p.Asks = append(p.Asks, strings.Join(draw(8), " "))
		}
		answer := draw(45)
		p.Text = strings.Join(answer, " ")
		ps = append(ps, p)
		questions = append(questions, strings.Join(strings.Fields(p.Title)[:4], " ")+" "+answer[r.IntN(len(answer))])
	}
	return ps, questions
}

type scaled struct {
	index     *Index
	questions []string
	heap      uint64 // bytes in use by the index
}

// scaledIndex keeps the synthetic indexes between the runs of a benchmark:
// building one of 100,000 passages takes a while.
var scaledIndex = func() func(testing.TB, int) scaled {
	made := map[int]scaled{}
	return func(tb testing.TB, n int) scaled {
		if _, ok := made[n]; !ok {
			made[n] = build(tb, n)
		}
		return made[n]
	}
}()

func build(tb testing.TB, n int) scaled {
	tb.Helper()
	ps, questions := synthetic(n)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x, err := New(ps, knowledge.Vocabulary{})
	if err != nil {
		tb.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	return scaled{x, questions, after.HeapAlloc - before.HeapAlloc}
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("passages=%d", n), func(b *testing.B) {
			s := scaledIndex(b, n)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, err := s.index.Search(b.Context(), Query{Text: s.questions[i*7919%n]}); err != nil {
					b.Fatal(err)
				}
				i++
			}
			b.ReportMetric(float64(s.heap)/1e6, "MB")
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		ps, _ := synthetic(n)
		b.Run(fmt.Sprintf("passages=%d", n), func(b *testing.B) {
			for b.Loop() {
				x, err := New(ps, knowledge.Vocabulary{})
				if err != nil {
					b.Fatal(err)
				}
				x.Close()
			}
		})
	}
}

// TestSyntheticFindsItsOwn keeps the benchmark honest: its questions have answers.
func TestSyntheticFindsItsOwn(t *testing.T) {
	s := scaledIndex(t, 1_000)
	right := 0
	for i, q := range s.questions {
		res, err := s.index.Search(t.Context(), Query{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Hits) > 0 && res.Hits[0].Passage.ID == fmt.Sprintf("p%d", i) {
			right++
		}
	}
	if right < 950 {
		t.Errorf("%d of 1000 questions find their passage", right)
	}
}
