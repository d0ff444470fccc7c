package index

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"massagefaq/knowledge"
)

func TestSearchFinds(t *testing.T) {
	x := newIndex(t, shelf())
	for ask, want := range map[string]string{
		"will insurance cover it":         "covered",
		"is a referral needed":            "referral",
		"wine before massage":             "alcohol",
		"can I lift weights after":        "workout",
		"when do I arrive":                "early",
		"help for my shoulder":            "shoulder",
		"is it ok to be dizzy":            "alcohol", // only in the answer
		"MASSAGE FOR FROZEN SHOULDER!!!!": "shoulder",
	} {
		r := search(t, x, Query{Text: ask})
		if got := best(r); got != want {
			t.Errorf("%q finds %q first, want %q", ask, got, want)
		}
		for i, h := range r.Hits {
			if h.Confidence < 0 || h.Confidence > 1 || math.IsNaN(h.Score) || i > 0 && h.Score > r.Hits[i-1].Score {
				t.Errorf("%q: hit %d has confidence %v, score %v", ask, i, h.Confidence, h.Score)
			}
		}
	}
}

// TestAudience asks everything that could reach the desk's passage, as everyone.
func TestAudience(t *testing.T) {
	x := newIndex(t, shelf())
	for _, ask := range []string{"Desk: which billing code goes on the claim?", "bill 97124 or 97140", "M54.5", "claim code", "insurance"} {
		for _, a := range []knowledge.Audience{"", knowledge.Public, knowledge.Outside, "STAFF", "other"} {
			for _, topic := range []knowledge.Topic{"", knowledge.Insurance} {
				if got := hitIDs(search(t, x, Query{Text: ask, Audience: a, Topic: topic})); strings.Contains(got, "desk") {
					t.Errorf("%q as %q finds %s", ask, a, got)
				}
			}
		}
		if got := hitIDs(search(t, x, Query{Text: ask, Audience: knowledge.Staff})); !strings.Contains(got, "desk") {
			t.Errorf("%q as staff finds %s, without desk", ask, got)
		}
	}
}

// TestOutside holds that what is not answered is found, so that it can be
// declined, and seen by nobody.
func TestOutside(t *testing.T) {
	x := newIndex(t, shelf())
	for _, a := range []knowledge.Audience{"", knowledge.Public, knowledge.Staff} {
		r := search(t, x, Query{Text: "my tooth hurts, which dentist", Audience: a})
		if best(r) != "dentist" {
			t.Errorf("as %q: %s", a, hitIDs(r))
		}
		if a.Sees(r.Hits[0].Passage.Audience) {
			t.Errorf("%q sees what nobody should", a)
		}
	}
}

func TestTopic(t *testing.T) {
	x := newIndex(t, shelf())
	ask := "massage before a visit with a referral, sore shoulder"
	for _, topic := range knowledge.Topics {
		for _, h := range search(t, x, Query{Text: ask, Topic: topic}).Hits {
			if h.Passage.Topic != topic {
				t.Errorf("topic %s: %s is about %s", topic, h.Passage.ID, h.Passage.Topic)
			}
		}
	}
	if got := best(search(t, x, Query{Text: "cover massage after", Topic: knowledge.Aftercare})); got != "workout" {
		t.Errorf("only aftercare: %q", got)
	}
}

func TestLimit(t *testing.T) {
	x := newIndex(t, append(shelf(), many(30)...))
	for limit, want := range map[int]int{0: DefaultLimit, 1: 1, 3: 3, 1000: 30} {
		if got := len(search(t, x, Query{Text: "kneading", Limit: limit}).Hits); got != want {
			t.Errorf("limit %d: %d hits, want %d", limit, got, want)
		}
	}
}

// many are passages of one word in common.
func many(n int) []knowledge.Passage {
	var ps []knowledge.Passage
	for i := range n {
		ps = append(ps, knowledge.Passage{ID: string(rune('A' + i)), Title: "Kneading " + string(rune('a'+i%26)), Audience: knowledge.Public})
	}
	return ps
}

func TestExact(t *testing.T) {
	ps := append(shelf(), knowledge.Passage{ID: "later", Title: "is it covered", Asks: []string{"before?", "what"}, Audience: knowledge.Public})
	x := newIndex(t, ps)
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Text: "IS IT COVERED?!"}, "covered"}, // the first in reading order keeps it
		{Query{Text: "does insurance cover medical massage"}, "covered"},
		{Query{Text: "Before"}, "later"},
		{Query{Text: "what"}, "later"},
		{Query{Text: "bill 97124 or 97140", Audience: knowledge.Staff}, "desk"},
	} {
		r := search(t, x, c.q)
		if best(r) != c.want || !r.Hits[0].Exact || r.Hits[0].Confidence != certain {
			t.Errorf("%q: %s, exact %v, confidence %v", c.q.Text, hitIDs(r), r.Hits[0].Exact, r.Hits[0].Confidence)
		}
		seen := map[string]bool{}
		for i, h := range r.Hits {
			if seen[h.Passage.ID] || i > 0 && h.Exact {
				t.Errorf("%q: %s twice, or exact out of place", c.q.Text, h.Passage.ID)
			}
			seen[h.Passage.ID] = true
		}
	}
	for _, q := range []Query{{Text: "is it covered by a plan"}, {Text: "before?", Context: []string{"alcohol"}}, {Text: "bill 97124 or 97140"}} {
		if r := search(t, x, q); len(r.Hits) > 0 && r.Hits[0].Exact {
			t.Errorf("%+v is exactly %s", q, r.Hits[0].Passage.ID)
		}
	}
}

func TestContext(t *testing.T) {
	x := newIndex(t, shelf())
	for _, c := range []struct {
		text    string
		context []string
		want    string
	}{
		{"and after?", []string{"can I do a workout"}, "workout"},
		{"and before?", []string{"alcohol"}, "alcohol"},
		{"what about wine", []string{"can I do a workout", "my shoulder"}, "alcohol"}, // its own words count most
		{"is it ok", []string{"referral", "shoulder"}, "referral"},                    // the newest before the older
	} {
		if got := best(search(t, x, Query{Text: c.text, Context: c.context})); got != c.want {
			t.Errorf("%q after %q finds %q, want %q", c.text, c.context, got, c.want)
		}
	}
}

func TestContextWeights(t *testing.T) {
	x := newIndex(t, shelf())
	own := read(t, search(t, x, Query{Text: "shoulder"}), "shoulder").Weight
	for i, context := range [][]string{{"shoulder"}, {"wine", "shoulder"}, {"wine", "plan", "shoulder"}} {
		got := read(t, search(t, x, Query{Text: "referral", Context: context}), "shoulder").Weight
		if want := own * math.Pow(contextWeight, float64(i+1)); math.Abs(got-want) > 1e-4 {
			t.Errorf("%d turns back: weight %v, want %v", i+1, got, want)
		}
	}
	if got := read(t, search(t, x, Query{Text: "shoulder", Context: []string{"my shoulder"}}), "shoulder").Weight; got != own {
		t.Errorf("said again: weight %v, want %v", got, own)
	}
}

func TestNothingAsked(t *testing.T) {
	x := newIndex(t, shelf())
	for _, ask := range []string{"", " ", "?", "\U0001F486\U0001F486", "\u200b", "\xff\xfe", "a", "z", "what is the", "quixquax", "\u4f60\u597d", "---"} {
		r := search(t, x, Query{Text: ask})
		if r.Reading.Subject != 0 {
			t.Errorf("%q: %d words of subject in %v", ask, r.Reading.Subject, r.Reading.Words)
		}
		for _, h := range r.Hits {
			if math.IsNaN(h.Score) || math.IsNaN(h.Confidence) {
				t.Errorf("%q: %s has score %v, confidence %v", ask, h.Passage.ID, h.Score, h.Confidence)
			}
		}
	}
	for _, ask := range []string{"", "\U0001F486", "quixquax"} {
		if r := search(t, x, Query{Text: ask}); len(r.Hits) > 0 {
			t.Errorf("%q finds %s", ask, hitIDs(r))
		}
	}
	if n := search(t, x, Query{Text: "shoulder"}).Reading.Subject; n != 1 {
		t.Errorf("shoulder: %d words of subject", n)
	}
}

func TestQuerySyntaxIsPlainText(t *testing.T) {
	x := newIndex(t, shelf())
	want := hitIDs(search(t, x, Query{Text: "shoulder title alcohol"}))
	for _, ask := range []string{`+shoulder -title:alcohol`, `shoulder title:/alcohol/`, `"shoulder" title:"alcohol"^`, `(shoulder) title:*alcohol*`, `shoulder~ title:>alcohol`} {
		if got := hitIDs(search(t, x, Query{Text: ask})); got != want {
			t.Errorf("%s finds %q, want %q", ask, got, want)
		}
	}
	if got := hitIDs(search(t, x, Query{Text: "audience:staff desk claim"})); strings.Contains(got, "desk") {
		t.Errorf("audience:staff finds %s", got)
	}
}

// TestRepetitionIsNoWork holds that saying a thing ten times as often costs about
// ten times the memory, no more, and changes nothing about what is found.
func TestRepetitionIsNoWork(t *testing.T) {
	x := newIndex(t, shelf())
	for _, phrase := range []string{"shoulder ", "quixquax ", "is it covered? ", "'", "a.", "1.2.", "w/", "\u0456\u0301", "sore my shoulder hurts. "} {
		cost := func(n int) float64 {
			q := Query{Text: strings.Repeat(phrase, n)}
			return testing.AllocsPerRun(3, func() { search(t, x, q) })
		}
		small, large := cost(200), cost(2000)
		if large > 15*small+200 {
			t.Errorf("%q 200 times: %v allocations, 2000 times: %v", phrase, small, large)
		}
	}
	r := search(t, x, Query{Text: strings.Repeat("sore shoulder ", 96_000/14)})
	if best(r) != "shoulder" || len(r.Reading.Words) != 2 {
		t.Errorf("96 kB about a shoulder: %s, words %v", hitIDs(r), r.Reading.Words)
	}
}

func TestLongMessageIsBounded(t *testing.T) {
	x := newIndex(t, shelf())
	list := strings.Fields(words)
	r := search(t, x, Query{Text: strings.Join(list[:3000], " ")})
	if n := len(r.Reading.Words); n > maxWords {
		t.Errorf("%d words are looked at", n)
	}
}

func TestNoContent(t *testing.T) {
	for name, ps := range map[string][]knowledge.Passage{
		"no passages":      nil,
		"an empty passage": {{ID: "empty"}},
	} {
		x := newIndex(t, ps)
		if r := search(t, x, Query{Text: "does insurance cover it", Context: []string{"massage"}}); len(r.Hits) > 0 {
			t.Errorf("%s: %s", name, hitIDs(r))
		}
		if got := x.Suggest(t.Context(), Query{Text: "insur"}, nil); len(got) > 0 {
			t.Errorf("%s: suggests %v", name, got)
		}
	}
}

// TestSearchEnded also holds that a search given up leaves nothing to the next one.
func TestSearchEnded(t *testing.T) {
	x := newIndex(t, shelf())
	want := search(t, x, Query{Text: "shoulder"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 10 {
		if _, err := x.Search(ctx, Query{Text: "will insurance cover a massage before the gym with a referral, my shoulder is sore"}); err == nil {
			t.Error("a search whose context has ended gives no error")
		}
		if diff := cmp.Diff(want, search(t, x, Query{Text: "shoulder"})); diff != "" {
			t.Fatalf("after a search that was given up (-want +got):\n%s", diff)
		}
	}
}

func TestSuggest(t *testing.T) {
	x := newIndex(t, shelf())
	var may []string
	titles := func(q Query) (out []string) {
		for _, p := range x.Suggest(t.Context(), q, nil) {
			out = append(out, p.ID)
		}
		return out
	}
	for text, want := range map[string]string{
		"how ea": "early", "Can I dr": "alcohol", "alcohol bef": "alcohol", "froz": "shoulder", "does insurance": "covered", "gym aft": "workout",
	} {
		if got := titles(Query{Text: text}); len(got) == 0 || got[0] != want {
			t.Errorf("%q suggests %v, want %s first", text, got, want)
		}
	}
	// Those with the word in the title come before the one that has it in another phrasing.
	if diff := cmp.Diff([]string{"covered", "alcohol", "workout", "shoulder", "referral"}, titles(Query{Text: "massag"})[:5]); diff != "" {
		t.Errorf("massag suggests (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string(nil), titles(Query{Text: "  ?"})); diff != "" {
		t.Errorf("nothing typed suggests:\n%s", diff)
	}
	if got := titles(Query{Text: "massage", Limit: 2}); len(got) != 2 {
		t.Errorf("limit 2: %v", got)
	}
	if diff := cmp.Diff(titles(Query{Text: "massage"}), titles(Query{Text: "massage", Limit: -1})); diff != "" {
		t.Errorf("a negative limit (-none +negative):\n%s", diff)
	}
	for _, p := range x.Suggest(t.Context(), Query{Text: "massag", Limit: 3}, func(p *knowledge.Passage) bool { return p.ID != "covered" }) {
		if may = append(may, p.ID); p.ID == "covered" {
			t.Error("a passage that may not be shown is suggested")
		}
	}
	if diff := cmp.Diff([]string{"alcohol", "workout", "shoulder"}, may); diff != "" {
		t.Errorf("with one that may not be shown (-want +got):\n%s", diff)
	}
	for _, a := range []knowledge.Audience{"", knowledge.Public} {
		for _, text := range []string{"desk", "desk which", "bill 97", "which billing code goes"} {
			if got := titles(Query{Text: text, Audience: a}); strings.Contains(strings.Join(got, " "), "desk") {
				t.Errorf("%q as %q suggests %v", text, a, got)
			}
		}
	}
	if got := titles(Query{Text: "which bil", Audience: knowledge.Staff}); len(got) == 0 || got[0] != "desk" {
		t.Errorf("staff are suggested %v", got)
	}
}

func TestTitleHolds(t *testing.T) {
	p := knowledge.Passage{Title: "Can I drink alcohol?", Asks: []string{"wine before", "a beer"}}
	tt := newReader(newLexicon(), newVocabulary(knowledge.Vocabulary{})).read(&p).title
	for typed, want := range map[string]int{
		"alc": 3, "drink alc": 5, "alc drink": 0, "wine": 2, "win": 2, "win before": 0, "wine bef": 3, "drink wine": 4, "er": 0, "water": 0,
	} {
		if got := tt.holds(strings.Fields(typed)); got != want {
			t.Errorf("%q scores %d, want %d", typed, got, want)
		}
	}
}
