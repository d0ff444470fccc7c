package index

import (
	"fmt"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"massagefaq/knowledge"
)

// edition is a body of content whose every passage names it.
func edition(name string, n int) []knowledge.Passage {
	var ps []knowledge.Passage
	for i := range n {
		ps = append(ps, knowledge.Passage{ID: fmt.Sprintf("%s%d", name, i), Title: fmt.Sprintf("Massage question %d", i),
			Text: "Kneading the shoulder.", Topic: knowledge.Topic(name), Audience: knowledge.Public})
	}
	return ps
}

func TestReplace(t *testing.T) {
	x := newIndex(t, edition("old", 3))
	if err := x.Replace(shelf(), knowledge.Vocabulary{Groups: []knowledge.Group{{Terms: []string{"alcohol", "shandy"}}}}); err != nil {
		t.Fatal(err)
	}
	if got := best(search(t, x, Query{Text: "shandy"})); got != "alcohol" {
		t.Errorf("the new vocabulary finds %q", got)
	}
	if got := hitIDs(search(t, x, Query{Text: "kneading"})); got != "" {
		t.Errorf("the old content is still found: %s", got)
	}
	if got := x.Suggest(t.Context(), Query{Text: "massage question"}, nil); len(got) > 0 && got[0].Topic == "old" {
		t.Errorf("the old content is still suggested: %s", got[0].ID)
	}
}

// TestReplaceWhileSearching swaps bodies of different sizes under searches: each
// search sees one of them whole, and none meets a closed index.
func TestReplaceWhileSearching(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	x, err := New(edition("even", 5), knowledge.Vocabulary{})
	if err != nil {
		t.Fatal(err)
	}
	var searchers, replacers sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		searchers.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				wholeEdition(t, x, n)
			}
		})
	}
	for r := range 2 {
		replacers.Go(func() {
			for i := range 15 {
				name, n := "even", 5
				if (i+r)%2 == 0 {
					name, n = "odd", 60
				}
				if err := x.Replace(edition(name, n), knowledge.Vocabulary{}); err != nil {
					t.Errorf("replace: %v", err)
				}
			}
		})
	}
	replacers.Wait()
	close(done)
	searchers.Wait()
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}

func wholeEdition(t *testing.T, x *Index, n int) {
	res, err := x.Search(t.Context(), Query{Text: fmt.Sprintf("massage question %d shoulder", n%5), Limit: 100})
	if err != nil || len(res.Hits) == 0 {
		t.Errorf("search: %d hits, %v", len(res.Hits), err)
		return
	}
	of := res.Hits[0].Passage.Topic
	want := map[knowledge.Topic]int{"even": 5, "odd": candidateCount(60)}[of]
	if len(res.Hits) != want {
		t.Errorf("%d hits from the %s body, want %d", len(res.Hits), of, want)
	}
	for _, h := range res.Hits {
		if h.Passage.Topic != of {
			t.Errorf("one search saw %s and %s", of, h.Passage.ID)
		}
	}
	x.Suggest(t.Context(), Query{Text: "massage qu"}, nil)
}

func TestClose(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	x, err := New(shelf(), knowledge.Vocabulary{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := x.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	if _, err := x.Search(t.Context(), Query{Text: "insurance"}); err == nil {
		t.Error("a closed index answers")
	}
}
