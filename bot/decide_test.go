package bot

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"massagefaq/index"
	"massagefaq/knowledge"
)

// found makes hits of a spelling like "a .9": a passage's name and how sure.
func found(confidence ...float64) []index.Hit {
	hits := make([]index.Hit, len(confidence))
	for i, c := range confidence {
		hits[i] = index.Hit{Passage: &knowledge.Passage{ID: string(rune('a' + i)), Audience: knowledge.Public}, Confidence: c}
	}
	return hits
}

func TestDecide(t *testing.T) {
	outside := found(0.9, asideAt-0.01)
	outside[0].Passage.Audience = knowledge.Outside
	outsideFirst := found(0.5, asideAt, 0.01)
	outsideFirst[0].Passage.Audience = knowledge.Outside
	outsideSecond := found(choiceAt+0.02, choiceAt+0.01, choiceAt)
	outsideSecond[1].Passage.Audience = knowledge.Outside
	exact := found(0.99)
	exact[0].Exact = true
	care := &knowledge.Passage{ID: "care", Care: true}
	for _, c := range []struct {
		name string
		in   findings
		kind Kind
		ids  []string
	}{
		{"nothing found", findings{}, Unknown, nil},
		{"sure", findings{hits: found(0.9, 0.05)}, Answer, []string{"a"}},
		{"just sure enough", findings{hits: found(answerAt)}, Answer, []string{"a"}},
		{"two likely", findings{hits: found(choiceAt+0.01, choiceAt)}, Choices, []string{"a", "b"}},
		{"never more than four", findings{hits: found(choiceAt, choiceAt, choiceAt, choiceAt, choiceAt)}, Choices, []string{"a", "b", "c", "d"}},
		{"one that is likely, with the next", findings{hits: found(choiceAt, 0)}, Choices, []string{"a", "b"}},
		{"one that is likely, alone", findings{hits: found(choiceAt)}, Unknown, nil},
		{"perhaps what we do not answer", findings{hits: outsideFirst}, Choices, []string{"b", "c"}},
		{"hardly", findings{hits: found(choiceAt / 2)}, Unknown, nil},
		{"asks for what we do not answer", findings{hits: outside}, Unknown, nil},
		{"what we do not answer is no choice", findings{hits: outsideSecond}, Choices, []string{"a", "c"}},
		{"a condition goes first", findings{hits: found(0.9), care: care}, Answer, []string{"care"}},
		{"unless its own question was asked", findings{hits: exact, care: care}, Answer, []string{"a"}},
	} {
		c.in.reading.Subject = 1
		d := decide(c.in)
		var ids []string
		for _, f := range d.shown {
			ids = append(ids, f.ID)
		}
		if d.kind != c.kind || cmp.Diff(c.ids, ids) != "" {
			t.Errorf("%s: %s %v, want %s %v", c.name, d.kind, ids, c.kind, c.ids)
		}
	}
}

func TestDecideNeedsASubject(t *testing.T) {
	if d := decide(findings{hits: found(0.9)}); d.kind != Unknown {
		t.Errorf("a question of grammar alone gets %s", d.kind)
	}
	exact := found(0.99)
	exact[0].Exact = true
	if d := decide(findings{hits: exact}); d.kind != Answer {
		t.Errorf("a passage's own question gets %s", d.kind)
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"is it covered?", nil},
		{"What should I wear and what time do I come?", []string{"What should I wear", "what time do I come?"}},
		{"is it covered? what should i wear?", []string{"is it covered?", "what should i wear?"}},
		{"heat and ice", nil},
		{"my neck and shoulders hurt, can you help", nil},
		{"a? b? c? d?", nil},
	} {
		if diff := cmp.Diff(c.want, split(c.in)); diff != "" {
			t.Errorf("split(%q) (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestLeans(t *testing.T) {
	for text, want := range map[string]lean{
		"and before?":                surely,
		"how come?":                  surely,
		"how often?":                 surely,
		"what if I don't have one?":  surely,
		"do they really matter?":     surely,
		"what about a glass of wine": surely,
		"does insurance cover massage for lower back pain": never,
		"": never,
	} {
		if got := leans(text); got != want {
			t.Errorf("leans(%q) = %v, want %v", text, got, want)
		}
	}
}
