package safety

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"massagefaq/knowledge"
)

// shipped is the gate of the shipped content.
func shipped(t testing.TB) *Gate {
	t.Helper()
	s, err := knowledge.LoadSafety(knowledge.Content())
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// small is a gate of one rule with the given lines under it.
func small(t *testing.T, yaml string) (*Gate, error) {
	t.Helper()
	s, err := knowledge.LoadSafety(fstest.MapFS{knowledge.SafetyFile: {Data: []byte(yaml)}})
	if err != nil {
		t.Fatal(err)
	}
	return New(s)
}

// Every example in safety.yaml comes out as its author says.
func TestExamples(t *testing.T) {
	for _, m := range shipped(t).Examples() {
		t.Error(m)
	}
}

const head = `
short: {b4: before, w/: with}
filler: [really]
clauses: {break: [but], start: [my, i], verbs: [is, was, had]}
words:
  symptom: [pain, swelling]
  hurts: [pain, hurts, "killing me"]
negation:
  before: ["no", not]
  after: ["no", none]
  except: [not (sure|kidding)]
excuses:
- {id: past, where: clause, words: [years ago], unless: [now]}
- {id: news, where: sentence, words: [on the news]}
rules:
- id: chest
  resource: "911"
  say: Call 911.
  say_es: Llame al 911.
  signs: [chest ~ <hurts>, "heart attack"]
  signs_es: [dolor .. pecho]
  unless: [bench press]
  for: [chest pain]
  against: [no chest pain]
`

// The pattern language, denials and excuses mean what their comments say.
func TestCheck(t *testing.T) {
	g, err := small(t, head)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"chest pain":                                            true,
		"my chest really hurts":                                 true,
		"it hurts in my chest":                                  true,
		"my chest is killing me":                                true,
		"the chest is fine and my knee but it hurts":            false, // another clause
		"chest one two three four five six seven hurts":         false, // too far
		"no chest pain":                                         false,
		"no swelling or chest pain":                             false, // the denial reaches along a list
		"not sure why but my chest hurts":                       true,
		"no insurance my chest hurts":                           true, // the denial ends where a new subject begins
		"chest pain? no":                                        false,
		"chest pain. no insurance":                              true,
		"chest pain 5 years ago":                                false,
		"5 years ago i had chest pain":                          false,
		"had surgery years ago my chest hurts":                  true,
		"chest pain years ago and now":                          true,
		"on the news a man had chest pain":                      false,
		"chest hurts from the bench press":                      false,
		"chest pain. bench press is closed":                     true, // unless looks at the same sentence only
		"my chest hurts, can i book a bench press massage":      true, // the wish to book excuses nothing
		"my chest hurts and i need a massage after bench press": true,
		"chest hurts can bench press do that":                   false,
		"CHEST PAIN!!!":                                         true,
		"chest-pain":                                            true,
		"chestpain":                                             true,
		"chets pian":                                            true,
		"heart attack":                                          true,
		"heart. attack":                                         false,
		"tengo dolor en el pecho":                               true,
		"":                                                      false,
	} {
		if v, got := g.Check(text); got != want {
			t.Errorf("Check(%q) = %+v %v, want %v", text, v, got, want)
		}
	}
}

// A sign in another language is answered in it first, then in English.
func TestReplyLanguage(t *testing.T) {
	g, err := small(t, head)
	if err != nil {
		t.Fatal(err)
	}
	v, _ := g.Check("dolor de pecho")
	if want := "Llame al 911.\n\nCall 911."; v.Say != want {
		t.Errorf("Say = %q, want %q", v.Say, want)
	}
	if v, _ := g.Check("chest pain"); v.Say != "Call 911." {
		t.Errorf("Say = %q", v.Say)
	}
}

// Why names the rule and the sign, and nothing of the message.
func TestWhy(t *testing.T) {
	v, _ := shipped(t).Check("this is Zebedee, my chest feels tight")
	if v.Why == "" || !strings.HasPrefix(v.Why, v.Rule+": ") || strings.Contains(strings.ToLower(v.Why), "zebedee") {
		t.Errorf("Why = %q", v.Why)
	}
}

// A reply in danger is short, whole, and in the languages of its signs.
func TestReplies(t *testing.T) {
	for _, r := range shipped(t).rules {
		for lang, say := range r.say {
			if n := len(strings.Fields(say)); n < 10 || n > knowledge.MaxSay {
				t.Errorf("rule %s %s: %d words", r.id, lang, n)
			}
			if r.resource == knowledge.Call911 && !strings.Contains(say, "911") || r.resource == knowledge.Crisis988 && !strings.Contains(say, "988") {
				t.Errorf("rule %s %s does not name %s: %s", r.id, lang, r.resource, say)
			}
		}
	}
}

// Every passage that a care rule names is in the shipped content.
func TestCarePassages(t *testing.T) {
	body, err := knowledge.LoadBody(knowledge.Content())
	if err != nil {
		t.Skip("the content has mistakes of its own: ", err)
	}
	ids := map[string]bool{GeneralClearance: false}
	for _, p := range body.Passages {
		ids[p.ID] = true
		if p.ID == GeneralClearance && p.Audience != knowledge.Public {
			t.Errorf("%s is not public", p.ID)
		}
	}
	for _, r := range shipped(t).care.rules {
		if !ids[r.passage] {
			t.Errorf("care rule %s: no passage %s", r.id, r.passage)
		}
	}
}

// Mistakes in patterns come all at once, with file and line.
func TestNewMistakes(t *testing.T) {
	_, err := small(t, strings.Replace(head, `signs: [chest ~ <hurts>, "heart attack"]`, `
  signs:
  - <nowhere> hurts
  - (chest|back hurts
  - a ~ b ~ c ~ d
  - really
  - "..."
  - chest *hurt*
  - che*st
  despite: [weather]`, 1))
	if err == nil {
		t.Fatal("no mistakes")
	}
	for _, want := range []string{
		"safety.yaml:22: unknown class <nowhere>",
		"safety.yaml:23: parentheses do not match",
		"safety.yaml:24: more than two ~",
		"safety.yaml:26: a wording without any word",
		`safety.yaml:25: "really" is a filler`,
		`safety.yaml:27: "*hurt*": one star at most`,
		`safety.yaml:28: "che*st": one star at most`,
		`safety.yaml:16: rule chest: despite "weather" is no excuse`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no mistake %q in:\n%v", want, err)
		}
	}
}

// Examples that come out wrong are told with their lines.
func TestExamplesWrong(t *testing.T) {
	g, err := small(t, strings.Replace(head, "for: [chest pain]\n  against: [no chest pain]", "for: [sore knee]\n  against: [chest pain]", 1))
	if err != nil {
		t.Fatal(err)
	}
	got := g.Examples().Error()
	for _, want := range []string{
		`safety.yaml:23: "sore knee" is not recognised by rule chest`,
		`safety.yaml:24: "chest pain" is called urgent (chest: chest ~ <hurts>)`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

// One gate serves many conversations at once.
func TestConcurrent(t *testing.T) {
	g := shipped(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				for _, text := range typical {
					g.Check(text)
					g.Care(text + " chst")
				}
			}
		})
	}
	wg.Wait()
}
