package safety

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"massagefaq/knowledge"
)

// How people type is read as the words of the patterns; | marks a new clause,
// || a new sentence.
func TestTokens(t *testing.T) {
	g, err := New(knowledge.SafetyRules{
		Short:   []knowledge.ShortForm{{Short: "b4", Long: "before"}, {Short: "w/", Long: "with"}, {Short: "im", Long: "i am"}, {Short: "yo", Long: "year old"}},
		Filler:  []string{"really", "so"},
		Clauses: knowledge.ClauseWords{Break: []string{"but"}, Start: []string{"my", "he"}, Verbs: []string{"is", "are", "had"}},
		Classes: []knowledge.WordClass{{Name: "symptom", Words: []knowledge.Phrase{{Text: "breathing"}, {Text: "chest"}, {Text: "swollen"}, {Text: "pain"}}}},
		Spell:   []string{"chest", "breathing"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"I can’t BREATHE":                        "i cant breathe",
		"can not, do not":                        "cant dont",
		"b4 my 5yrs w/ 34w3d":                    "before my 5 yrs with 34 w 3 d",
		"I'm a 60yo":                             "i am a 60 year old",
		"nobody'd say she's my mom's":            "nobody would say shes my mom",
		"it's really so sooooo baaaad":           "its soo baad",
		"my chest hurts, my arm":                 "my chest hurts | my arm",
		"hurts but he is ok":                     "hurts | but he is ok",
		"hand and arm are numb":                  "hand and arm are numb",
		"had surgery and calf is hot":            "had surgery | and calf is hot",
		"2 years ago my leg":                     "2 years ago my leg",
		"surgery 2 years ago my leg":             "surgery 2 years ago | my leg",
		"pain. Is it 98.6?":                      "pain || is it 98 6",
		"corazón—duele ¿qué?":                    "corazon duele que",
		"drainin brething chestpain swollenarms": "drainin breathing chest pain swollenarms",
		"the bathing room, a paint":              "the bathing room a paint", // English words stay
		"my self":                                "myself",
		"\u200bche\u200bst":                      "chest",
		"'' ' ''":                                "",
		"":                                       "",
	} {
		r := g.Reader()
		m := r.message(text)
		if diff := cmp.Diff(want, spelled(m.tokens)); diff != "" {
			t.Errorf("tokens of %q (-want +got):\n%s", text, diff)
		}
		r.Close()
	}
}

func spelled(tokens []token) string {
	var out []string
	for i, t := range tokens {
		switch {
		case i > 0 && t.sentence != tokens[i-1].sentence:
			out = append(out, "||")
		case i > 0 && t.clause != tokens[i-1].clause:
			out = append(out, "|")
		}
		if t.text != "" {
			out = append(out, t.text)
		}
	}
	return strings.Join(out, " ")
}

func TestFix(t *testing.T) {
	s := newSpelling([]string{"swollen", "breathing", "group", "grope", "chest", "head", "hand", "seizure", "unconscious"}, []string{"breathing"}, []string{"chest"})
	known := func(w string) bool { _, ok := s.words[w]; return ok }
	for w, want := range map[string]string{
		"swolen": "swollen", "swoolen": "swollen", "brething": "breathing", "breahting": "breathing",
		"chset": "chest", "haed": "head", "siezure": "seizure", "unconcious": "unconscious",
		"bumps": "bumps", "wednesday": "wednesday", "cehst": "chest", "xyzzy": "xyzzy", "chesthead": "chest head",
	} {
		if got := s.nearest(w, known); got != want {
			t.Errorf("nearest(%q) = %q, want %q", w, got, want)
		}
	}
}

func TestIsEnglish(t *testing.T) {
	for w, want := range map[string]bool{
		"stop": true, "stopped": true, "worries": true, "moving": true, "quickly": true, "kindness": true,
		"brething": false, "thinkking": false, "chset": false,
	} {
		if got := isEnglish(w); got != want {
			t.Errorf("isEnglish(%q) = %v, want %v", w, got, want)
		}
	}
}
