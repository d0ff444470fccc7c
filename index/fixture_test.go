package index

import (
	"strings"
	"testing"

	"massagefaq/knowledge"
)

// shelf is a small body of content with one passage of each kind.
func shelf() []knowledge.Passage {
	return []knowledge.Passage{
		{ID: "covered", Title: "Does insurance cover medical massage?", Asks: []string{"will my plan pay", "is it covered"},
			Text: "It depends on your plan. Ask your insurer before you book.", Topic: knowledge.Insurance, Audience: knowledge.Public},
		{ID: "referral", Title: "Do I need a referral?", Asks: []string{"must a doctor refer me", "prescription for massage"},
			Text: "Many plans want a written referral. Bring the paper with you.", Topic: knowledge.Insurance, Audience: knowledge.Public},
		{ID: "alcohol", Title: "Can I drink alcohol before a massage?", Asks: []string{"wine before the visit", "beer and massage"},
			Text: "Better not. Alcohol and massage together can make you dizzy.", Topic: knowledge.Preparation, Audience: knowledge.Public},
		{ID: "workout", Title: "Can I do a workout after a massage?", Asks: []string{"gym after massage", "lift weights afterwards"},
			Text: "Take it slowly. Your muscles may be sore for a day.", Topic: knowledge.Aftercare, Audience: knowledge.Public},
		{ID: "early", Title: "How early should I arrive?", Asks: []string{"what time do i come"},
			Text: "Come fifteen minutes early. In an emergency go to the ER.", Topic: knowledge.Preparation, Audience: knowledge.Public},
		{ID: "shoulder", Title: "Does massage help a sore shoulder?", Asks: []string{"frozen shoulder", "my shoulder hurts"},
			Text: "It may ease shoulder pain for a while.", Topic: knowledge.Conditions, Audience: knowledge.Public},
		{ID: "desk", Title: "Desk: which billing code goes on the claim?", Asks: []string{"bill 97124 or 97140", "M54.5 on the script"},
			Text: "The therapist picks the code. Insurance wants it on the claim.", Topic: knowledge.Insurance, Audience: knowledge.Staff},
		{ID: "dentist", Title: "Which dentist should I see?", Asks: []string{"my tooth hurts", "does insurance cover a crown"},
			Text: "I only know about massage.", Topic: knowledge.About, Audience: knowledge.Outside},
	}
}

func newIndex(tb testing.TB, ps []knowledge.Passage, groups ...knowledge.Group) *Index {
	tb.Helper()
	x, err := New(ps, knowledge.Vocabulary{Groups: groups})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := x.Close(); err != nil {
			tb.Error(err)
		}
	})
	return x
}

func search(tb testing.TB, x *Index, q Query) Result {
	tb.Helper()
	r, err := x.Search(tb.Context(), q)
	if err != nil {
		tb.Fatalf("search %q: %v", q.Text, err)
	}
	return r
}

// hitIDs are the hits' passages, best first, as one line.
func hitIDs(r Result) string {
	var ids []string
	for _, h := range r.Hits {
		ids = append(ids, h.Passage.ID)
	}
	return strings.Join(ids, " ")
}

func best(r Result) string {
	first, _, _ := strings.Cut(hitIDs(r), " ")
	return first
}

// read is how the index reads one word of a question.
func read(tb testing.TB, r Result, word string) WordReading {
	tb.Helper()
	for _, w := range r.Reading.Words {
		if w.Word == word {
			return w
		}
	}
	tb.Fatalf("%q is not among %v", word, r.Reading.Words)
	return WordReading{}
}
