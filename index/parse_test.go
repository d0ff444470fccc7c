package index

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"massagefaq/knowledge"
)

func TestRespelling(t *testing.T) {
	x := newIndex(t, shelf())
	for _, c := range []struct{ name, ask, word, want, first string }{
		{"misspelled", "is massage coverd", "coverd", "covered", "covered"},
		{"swapped letters", "my shuolder hurts", "shuolder", "shoulder", "shoulder"},
		{"drawn out", "referrrrral", "referrrrral", "referral", "referral"},
		{"the stem is known, the word is not", "how erly", "erly", "early", "early"},
		{"the ER", "which er", "er", "", "early"},
		{"an English word that the content lacks", "bolder", "bolder", "", ""},
		{"an English word beside a known one", "sold alcohol", "sold", "", "alcohol"},
		{"a name that nothing is like", "quixquax alcohol", "quixquax", "", "alcohol"},
		{"a number", "97142", "97142", "", ""},
	} {
		r := search(t, x, Query{Text: c.ask})
		var got string
		if list := read(t, r, c.word).Corrected; len(list) > 0 {
			got = list[0]
		}
		if got != c.want || best(r) != c.first {
			t.Errorf("%s: %q in %q is read as %q, want %q; first %q, want %q", c.name, c.word, c.ask, got, c.want, best(r), c.first)
		}
	}
}

// TestEnglishIsNeverCorrected asks for every word near the content's own that is
// English too.
func TestEnglishIsNeverCorrected(t *testing.T) {
	x := newIndex(t, shelf())
	near := 0
	for w := range strings.FieldsSeq(words) {
		if len(x.now.lex.words.correct(w)) == 0 || len(shorthand[w]) > 0 {
			continue
		}
		near++
		if got := search(t, x, Query{Text: w}).Reading.Words; len(got) > 0 && len(got[0].Corrected) > 0 {
			t.Errorf("%q is read as %v", w, got[0].Corrected)
		}
		if near == 500 {
			break
		}
	}
	if near < 100 {
		t.Errorf("only %d English words are near the content's: nothing was tested", near)
	}
}

func TestCompounds(t *testing.T) {
	x := newIndex(t, shelf())
	for _, c := range []struct{ name, ask, want string }{
		{"two words for one", "work out", "workout"},
		{"one word for two", "gymafter", "workout"},
		{"spread", "al cohol", "alcohol"},
	} {
		if got := best(search(t, x, Query{Text: c.ask})); got != c.want {
			t.Errorf("%s: %q finds %q, want %q", c.name, c.ask, got, c.want)
		}
	}
}

func TestFocus(t *testing.T) {
	story := "I was in a car accident last spring and my neck has not been the same since then, I tried everything."
	more := " My sister swears by it and she is a nurse in the city, a very good one."
	for _, c := range []struct {
		name, in string
		want     []part
	}{
		{"a short message is whole", "My neck hurts. Is it covered?", []part{{"My neck hurts. Is it covered?", 1}}},
		{"the question first, the story less", story + " Is it covered?" + more,
			[]part{{" Is it covered?", 1}, {story, aside}, {more, aside}}},
		{"without a question it is whole", story + more, []part{{story + more, 1}}},
		{"only questions are whole", strings.TrimSpace(strings.Repeat("is it covered? ", 20)), nil},
	} {
		if c.want == nil {
			c.want = []part{{c.in, 1}}
		}
		if diff := cmp.Diff(c.want, focus(c.in), cmp.AllowUnexported(part{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestAsks(t *testing.T) {
	for s, want := range map[string]bool{
		"covered?": true, "does it hurt": true, "so what do i tell him": true, "i want to know if it helps": true,
		"they said should i come": true, "my neck hurts a lot": false, "i had surgery in may and what a mess": false, "": false,
	} {
		if got := asks(s); got != want {
			t.Errorf("asks(%q) = %v", s, got)
		}
	}
}

func TestRamblingFindsTheQuestion(t *testing.T) {
	x := newIndex(t, shelf())
	ask := "So my shoulder got frozen in the winter and then the other shoulder too, and both hurt at night. " +
		"Anyway my sister is coming over with a cake on Friday. Can I drink alcohol before? I do not want to be rude to her."
	if got := best(search(t, x, Query{Text: ask})); got != "alcohol" {
		t.Errorf("finds %q first", got)
	}
}

func TestSentences(t *testing.T) {
	for in, want := range map[string][]string{
		"":               nil,
		"One. Two! 3?":   {"One.", " Two!", " 3?"},
		"97124.5 is one": {"97124.5 is one"},
		"- a\n- b":       {"- a\n", "- b"},
		"a; b":           {"a;", " b"},
	} {
		if diff := cmp.Diff(want, sentences(in)); diff != "" {
			t.Errorf("sentences(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestVocabulary(t *testing.T) {
	x := newIndex(t, shelf(),
		knowledge.Group{Terms: []string{"insurance", "health plan"}, OneWay: []string{"blue cross"}},
		knowledge.Group{Terms: []string{"alcohol", "adult beverage"}, Ambiguous: []string{"shot"}},
		knowledge.Group{Terms: []string{"doctor's order", "prescription"}, Weight: 0.3},
	)
	for _, c := range []struct{ name, ask, want string }{
		{"a phrase for a word", "adult beverages", "alcohol"},
		{"half a phrase is nothing", "beverages", ""},
		{"one way leads on", "blue cross", "covered"},
		{"half of a one-way phrase does not", "blue", ""},
		{"ambiguous", "shots", "alcohol"},
		{"misspelled", "adult bevrages", ""},
		{"possessive in a term", "doctors order", "referral"},
	} {
		if got := best(search(t, x, Query{Text: c.ask})); got != c.want {
			t.Errorf("%s: %q finds %q, want %q", c.name, c.ask, got, c.want)
		}
	}
}

// TestVocabularyOneWay has a passage that only names the insurer: a question about
// insurance at large does not find it, one about the insurer finds both.
func TestVocabularyOneWay(t *testing.T) {
	ps := []knowledge.Passage{
		{ID: "all", Title: "Insurance", Audience: knowledge.Public},
		{ID: "aetna", Title: "Aetna", Audience: knowledge.Public},
	}
	x := newIndex(t, ps, knowledge.Group{Terms: []string{"insurance", "insurer"}, OneWay: []string{"aetna"}})
	for ask, want := range map[string]string{"insurer": "all", "insurance": "all", "aetna": "aetna all"} {
		if got := hitIDs(search(t, x, Query{Text: ask})); got != want {
			t.Errorf("%q finds %q, want %q", ask, got, want)
		}
	}
}

func TestVocabularyWeights(t *testing.T) {
	v := newVocabulary(knowledge.Vocabulary{Groups: []knowledge.Group{
		{Terms: []string{"a phrase"}, OneWay: []string{"b"}, Ambiguous: []string{"c"}},
		{Terms: []string{"d"}, Ambiguous: []string{"e", "..."}, Weight: 0.4},
	}})
	got := map[string]phrase{}
	for _, list := range v.phrases {
		for _, p := range list {
			got[strings.Join(p.stems, " ")] = phrase{concept: p.concept, weight: p.weight, oneway: p.oneway}
		}
	}
	first, second := conceptMark+"0", conceptMark+"1"
	want := map[string]phrase{
		stem("a") + " " + stem("phrase"): {concept: first, weight: defaultConcept},
		"b":                              {concept: first, weight: defaultConcept, oneway: true},
		"c":                              {concept: first, weight: defaultConcept / 2},
		"d":                              {concept: second, weight: 0.4},
		"e":                              {concept: second, weight: 0.2},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(phrase{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
