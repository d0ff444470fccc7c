package index

import (
	"slices"
	"strconv"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"massagefaq/knowledge"
)

// TestCandidatesAreBleves: the tallies of postings order passages as Bleve's own
// search does, whether the postings were kept from an earlier question or not.
func TestCandidatesAreBleves(t *testing.T) {
	built := scaledIndex(t, 1_000)
	s := built.index.now
	for i := 0; i < len(built.questions); i += 20 {
		for range 2 {
			want, scores := bleveCandidates(t, s, built.questions[i])
			got := ownCandidates(t, s, Query{Text: built.questions[i]})
			if len(got) != len(want) {
				t.Fatalf("%q: %d candidates, Bleve has %d", built.questions[i], len(got), len(want))
			}
			for k, n := range got {
				at := slices.Index(want, n)
				if at < 0 && scores[k] > 1.0001*scores[len(scores)-1] || at >= 0 && (scores[at] > 1.0001*scores[k] || scores[k] > 1.0001*scores[at]) {
					t.Errorf("%q: passage %d is candidate %d, for Bleve %d", built.questions[i], n, k, at)
				}
			}
		}
	}
}

func ownCandidates(t *testing.T, s *snapshot, q Query) []int {
	t.Helper()
	sc := s.scratch.Get().(*scratch)
	defer s.release(sc)
	got, err := s.candidates(t.Context(), s.parse(q, sc), &q, sc)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// bleveCandidates asks Bleve for the same with a query.
func bleveCandidates(t *testing.T, s *snapshot, text string) (ordinals []int, scores []float64) {
	t.Helper()
	sc := s.scratch.Get().(*scratch)
	defer s.release(sc)
	var terms []query.Query
	for _, term := range s.finding(s.parse(Query{Text: text}, sc)) {
		for f, name := range fieldNames {
			q := query.NewTermQuery(term.text)
			q.SetField(name)
			q.SetBoost(float64(fieldBoost[f] * term.weight))
			terms = append(terms, q)
		}
	}
	req := bleve.NewSearchRequestOptions(query.NewDisjunctionQuery(terms), candidateCount(len(s.docs)), 0, false)
	res, err := s.finder.index.SearchInContext(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range res.Hits {
		n, err := strconv.Atoi(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		ordinals, scores = append(ordinals, n), append(scores, h.Score)
	}
	return ordinals, scores
}

// TestCandidatesAreSeen: a passage that the asker may not see takes no place
// among the candidates.
func TestCandidatesAreSeen(t *testing.T) {
	var ps []knowledge.Passage
	for i := range 200 {
		p := knowledge.Passage{ID: strconv.Itoa(i), Title: "What of the ice pack?", Topic: knowledge.About, Audience: knowledge.Staff}
		if i%10 == 0 {
			p.Title, p.Audience = "What of the ice pack for a sore knee after a long walk?", knowledge.Public
		}
		if i%20 == 0 {
			p.Topic = knowledge.Aftercare
		}
		ps = append(ps, p)
	}
	s := newIndex(t, ps).now
	for _, tt := range []struct {
		q    Query
		want int
	}{
		{Query{Text: "ice pack"}, 20},
		{Query{Text: "ice pack", Topic: knowledge.Aftercare}, 10},
		{Query{Text: "ice pack", Audience: knowledge.Staff}, candidateCount(200)},
	} {
		got := ownCandidates(t, s, tt.q)
		if len(got) != tt.want {
			t.Errorf("%+v: %d candidates, want %d", tt.q, len(got), tt.want)
		}
		for _, n := range got {
			if !tt.q.sees(&ps[n]) {
				t.Errorf("%+v: passage %d is a candidate", tt.q, n)
			}
		}
	}
}
