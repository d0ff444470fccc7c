package knowledge

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func safetyFS(text string) fstest.MapFS {
	return fstest.MapFS{SafetyFile: {Data: []byte(text)}}
}

// What stands in the file is read with its lines.
func TestLoadSafety(t *testing.T) {
	got, err := LoadSafety(safetyFS("\uFEFF" + strings.ReplaceAll(`short: {b4: before}
filler: [really]
words:
  chest: [chest, "breast bone"]
excuses:
- id: past
  where: clause
  words: [years ago]
  unless: [now]
rules:
- id: chest
  resource: "911"
  say: >-
    Call 911
    now.
  say_es: Llame al 911.
  signs:
  - <chest> ~ pain
  signs_es: [pecho]
  despite: [past]
  for: [chest pain]
  against:
  - no
care:
  asks: [ok]
  rules:
  - {id: skin, passage: safety.md#skin, signs: [rash], for: [rash ok?]}
`, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	want := SafetyRules{
		Short:   []ShortForm{{"b4", "before"}},
		Filler:  []string{"really"},
		Classes: []WordClass{{Name: "chest", Words: []Phrase{{"chest", 4}, {"breast bone", 4}}, Line: 4}},
		Excuses: []Excuse{{ID: "past", Where: "clause", Words: []Phrase{{"years ago", 8}}, Unless: []Phrase{{"now", 9}}, Line: 6}},
		Rules: []SafetyRule{{
			ID: "chest", Resource: Call911, Say: "Call 911 now.", SayIn: map[string]string{"es": "Llame al 911."},
			Signs: []Phrase{{"<chest> ~ pain", 18}}, SignsIn: map[string][]Phrase{"es": {{"pecho", 19}}},
			Despite: []string{"past"}, For: []Phrase{{"chest pain", 21}}, Against: []Phrase{{"no", 23}}, Line: 11,
		}},
		Care: Care{
			Asks:  []Phrase{{"ok", 25}},
			Rules: []CareRule{{ID: "skin", Passage: "safety.md#skin", Signs: []Phrase{{"rash", 27}}, For: []Phrase{{"rash ok?", 27}}, Line: 27}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("LoadSafety (-want +got):\n%s", diff)
	}
}

// Every mistake is told at once, with its line.
func TestLoadSafetyMistakes(t *testing.T) {
	_, err := LoadSafety(safetyFS(`colour: red
filler: really
words: [chest]
excuses:
- where: clause
rules:
- id: chest
  resource: doctor
  sings: [chest pain]
  say: ` + strings.Repeat("word ", MaxSay+1) + `
  signs_es: [pecho]
- id: chest
  resource: "911"
  say: Call 911.
  signs: [{a: b}, pain]
  for: [pain]
  against: [no pain]
care:
  rules:
  - id: skin
    passage: skin
    signs: [rash]
`))
	var ms Mistakes
	if !errors.As(err, &ms) {
		t.Fatalf("LoadSafety: %v, want Mistakes", err)
	}
	for _, want := range []string{
		`safety.yaml:1: safety.yaml: unknown key "colour"`,
		"safety.yaml:2: filler wants a list",
		`safety.yaml:3: words wants lines such as`,
		"safety.yaml:5: excuse has no id",
		"safety.yaml:5: excuse  has no words",
		`safety.yaml:7: rule chest: unknown resource "doctor" (want one of 911, er, 988, doctor_today, doctor_first, misconduct_report)`,
		`safety.yaml:9: rule: unknown key "sings"`,
		"safety.yaml:7: rule chest has no words to look for",
		"safety.yaml:7: rule chest: say has 61 words; 60 at most",
		"safety.yaml:7: rule chest: has signs_es and no say_es",
		"safety.yaml:7: rule chest: wants examples under for and against",
		"safety.yaml:12: rule chest: a rule of this id stands on line 7",
		"safety.yaml:15: signs wants a list of words",
		`safety.yaml:20: care rule skin: passage "skin" is not of the form safety.md#pregnancy`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no mistake %q in:\n%v", want, err)
		}
	}
}

// A folder without rules, and a file that is not YAML, are told plainly.
func TestLoadSafetyUnreadable(t *testing.T) {
	for name, c := range map[string]struct {
		fsys fstest.MapFS
		want string
	}{
		"missing": {fstest.MapFS{}, "safety.yaml: missing"},
		"broken":  {safetyFS("rules: [\n- x: }"), "safety.yaml:"},
		"list":    {safetyFS("- a\n"), "safety.yaml:1: holds no rules"},
		"empty":   {safetyFS(""), "safety.yaml:1: holds no rules"},
		"bare":    {safetyFS("short: {a: b}\n"), "safety.yaml:1: has no rules"},
		"large":   {safetyFS(strings.Repeat("#\n", MaxFile)), "larger than 1 MB"},
	} {
		if _, err := LoadSafety(c.fsys); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// The shipped rules are read without a mistake.
func TestShippedSafety(t *testing.T) {
	s, err := LoadSafety(Content())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[Resource]bool{}
	for _, r := range s.Rules {
		seen[r.Resource] = true
		if r.SayIn["es"] == "" {
			t.Errorf("rule %s says nothing in Spanish", r.ID)
		}
	}
	for _, r := range Resources {
		if !seen[r] {
			t.Errorf("no rule sends people to %s", r)
		}
	}
}
