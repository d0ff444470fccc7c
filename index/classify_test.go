package index

import (
	"fmt"
	"slices"
	"testing"

	"massagefaq/knowledge"
)

// taught is a body of content with enough questions to learn from: "prove" decides
// for one passage, and "works" stands in all of them.
func taught() []knowledge.Passage {
	asks := map[string][]string{
		"a.md#evidence": {"can you prove it works", "prove to me that this works", "is it proven or does it only feel as if it works", "prove that massage works", "science that proves it"},
		"a.md#session":  {"how it works when i come", "what happens and how it works", "how a visit works", "walk me through how it works", "how does a session go"},
		"a.md#plan":     {"how my plan works here", "will the insurer pay", "how insurance works with you", "does the plan pay", "who pays if it works"},
		"a.md#desk":     {"what do i tell a caller about the plan", "caller asks if it works", "desk script for the insurer", "what to tell a caller", "script for a caller"},
	}
	var out []knowledge.Passage
	for _, id := range []string{"a.md#evidence", "a.md#session", "a.md#plan", "a.md#desk"} {
		p := knowledge.Passage{ID: id, Title: "About " + id[5:], Asks: asks[id], Text: "An answer.", Audience: knowledge.Public}
		if id == "a.md#desk" {
			p.Audience = knowledge.Staff
		}
		out = append(out, p)
	}
	return out
}

func learnedFrom(t *testing.T, ps []knowledge.Passage) *snapshot {
	t.Helper()
	x, err := New(ps, knowledge.Vocabulary{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x.now
}

// believed asks the classifier and returns what it believes of each passage.
func believed(s *snapshot, q Query) []float32 {
	sc := newScratch(len(s.lex.df))
	s.believe(s.classifier, s.parse(q, sc), &q, sc)
	return slices.Clone(sc.belief)
}

func TestClassifierLearnsWhatDecides(t *testing.T) {
	s := learnedFrom(t, taught())
	for text, want := range map[string]int{
		"prove it":                           0,
		"does anything prove that it works?": 0,
		"how does a visit go":                1,
		"who pays":                           2,
	} {
		b := believed(s, Query{Text: text})
		if best := slices.Index(b, slices.Max(b)); best != want {
			t.Errorf("%q is taken for passage %d (%v), want %d", text, best, b, want)
		}
	}
}

func TestClassifierBelievesOnlyWhatMayBeRead(t *testing.T) {
	s := learnedFrom(t, taught())
	const text = "script for a caller"
	if b := believed(s, Query{Text: text}); b[3] != 0 {
		t.Errorf("the public gets a staff passage with probability %v", b[3])
	}
	if b := believed(s, Query{Text: text, Audience: knowledge.Staff}); b[3] != slices.Max(b) {
		t.Errorf("staff do not get their passage: %v", b)
	}
}

func TestClassifierIsTheSameEachTime(t *testing.T) {
	a, b := learnedFrom(t, taught()), learnedFrom(t, taught())
	if len(a.classifier.weight) == 0 || !slices.Equal(a.classifier.weight, b.classifier.weight) {
		t.Error("two trainings on the same content differ")
	}
}

func TestNoClassifierWithoutQuestions(t *testing.T) {
	ps := taught()
	for i := range ps {
		ps[i].Asks = ps[i].Asks[:2]
	}
	s := learnedFrom(t, ps)
	if s.classifier != nil {
		t.Fatal("there is a classifier for a collection with three questions a passage")
	}
	if b := believed(s, Query{Text: "prove it"}); len(b) != 0 {
		t.Errorf("belief without a classifier: %v", b)
	}
}

// TestFoldsHideTheirQuestions proves that leaving a question out is no pretence:
// what only that question says is unknown to the classifier that judges it.
func TestFoldsHideTheirQuestions(t *testing.T) {
	ps := taught()
	ps[0].Asks = append(ps[0].Asks, "zyzzyva quokka")
	s := learnedFrom(t, ps)
	last := len(ps[0].Asks) // segment 0 is the title
	c := s.classifierWithout(0, last)
	for _, w := range []string{"zyzzyva", "quokka"} {
		id, ok := s.lex.ids[stem(w)]
		if !ok {
			t.Fatalf("%q is not a term", w)
		}
		row := c.weight[int(id)*c.classes:][:c.classes]
		if slices.Max(row) != 0 || slices.Min(row) != 0 {
			t.Errorf("%q was learned from the question left out: %v", w, row)
		}
	}
}

func TestFinalists(t *testing.T) {
	var found []int
	belief := make([]float32, 60)
	for i := range 40 {
		found = append(found, i)
	}
	belief[50], belief[3], belief[55] = 0.5, 0.3, suspectLeast/2
	sc := &scratch{belief: belief}
	want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 50}
	if got := sc.finalists(slices.Clone(found)); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("finalists %v, want %v", got, want)
	}
	sc.belief = nil
	if got := sc.finalists(slices.Clone(found)); len(got) != len(found) {
		t.Errorf("without a classifier %d of %d found are ranked", len(got), len(found))
	}
}
