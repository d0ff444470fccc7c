package knowledge

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestLoadVocabulary(t *testing.T) {
	v, err := LoadVocabulary(fstest.MapFS{"vocabulary.yaml": {Data: []byte(`
- terms: [Insurance, Health  Plan, no, 97124]
  oneway: [Aetna]
  ambiguous: [provider]
- terms: [a, b]
  weight: 0.25
`)}})
	want := Vocabulary{Groups: []Group{
		{Terms: []string{"insurance", "health plan", "no", "97124"}, OneWay: []string{"aetna"}, Ambiguous: []string{"provider"}, Weight: DefaultWeight, Line: 2},
		{Terms: []string{"a", "b"}, Weight: 0.25, Line: 5},
	}}
	if diff := cmp.Diff(want, v); diff != "" || err != nil {
		t.Errorf("LoadVocabulary: %v (-want +got):\n%s", err, diff)
	}
	if v, err := LoadVocabulary(fstest.MapFS{}); err != nil || v.Groups != nil {
		t.Errorf("no file: %v, %v; want an empty vocabulary", v, err)
	}
}

func TestVocabularyMistakes(t *testing.T) {
	_, err := LoadVocabulary(fstest.MapFS{"vocabulary.yaml": {Data: []byte(`- terms: [alone]
- oneway: [x]
- terms: [a, b, a]
  weight: 2
  colour: red
- just text
- terms: one
- terms: [a, ""]
  ambiguous: [[b]]
  oneway: [c]
`)}})
	want := `vocabulary.yaml:1: "alone" stands alone; a group wants at least two terms
vocabulary.yaml:2: a group without terms
vocabulary.yaml:3: "a" twice in one group
vocabulary.yaml:4: weight "2"; want a number above 0, at most 1
vocabulary.yaml:5: unknown key "colour" (want terms, oneway, ambiguous or weight)
vocabulary.yaml:6: a group wants lines such as "terms: [insurance, insurer]"
vocabulary.yaml:7: a group without terms
vocabulary.yaml:7: wants a list: [one, two words]
vocabulary.yaml:8: an empty term
vocabulary.yaml:9: an empty term`
	if err == nil || err.Error() != want {
		t.Errorf("mistakes:\n%v\nwant:\n%s", err, want)
	}
	_, err = LoadVocabulary(fstest.MapFS{"vocabulary.yaml": {Data: []byte("terms: [a, b]\n")}})
	if want := "vocabulary.yaml:1: wants a list, each entry beginning with -"; err == nil || err.Error() != want {
		t.Errorf("a mapping: %v, want %s", err, want)
	}
	_, err = LoadVocabulary(fstest.MapFS{"vocabulary.yaml": {Data: []byte("- terms: [a\n- b\n")}})
	if err == nil {
		t.Error("broken YAML is no mistake")
	}
}

func TestBannedMistakes(t *testing.T) {
	_, err := LoadBanned(fstest.MapFS{"banned.yaml": {Data: []byte(`claims:
  - pattern: '('
    reason: r
    instead: i
  - pattern: x
  - words
  - pattern: y
    reason: r
    instead: i
    why: z
denials: no
extra: []
`)}})
	want := "banned.yaml:2: pattern \"(\" cannot be read: error parsing regexp: missing closing ): `(?i)(`\n" +
		`banned.yaml:5: a claim wants a reason, and what to say instead
banned.yaml:6: a claim wants pattern, reason and instead
banned.yaml:10: unknown key "why" (want pattern, unless, reason or instead)
banned.yaml:11: denials wants a list, each entry beginning with -
banned.yaml:12: unknown key "extra" (want claims, denials or hearsay)`
	if err == nil || err.Error() != want {
		t.Errorf("mistakes:\n%v\nwant:\n%s", err, want)
	}
}

// TestShippedData: the data files that ship are read without a mistake.
func TestShippedData(t *testing.T) {
	v, err := LoadVocabulary(Content())
	if err != nil || len(v.Groups) < 79 {
		t.Errorf("vocabulary: %d groups, want at least 79; %v", len(v.Groups), err)
	}
	b, err := LoadBanned(Content())
	if err != nil || len(b.Claims) < 5 || len(b.Denials) == 0 {
		t.Errorf("banned: %d claims, %d denials; %v", len(b.Claims), len(b.Denials), err)
	}
}
