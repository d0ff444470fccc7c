package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"massagefaq/index"
	"massagefaq/knowledge"
)

// composer is a bot without content: all that compose needs.
func composer(now time.Time) (*Bot, *content) {
	b := &Bot{now: func() time.Time { return now }, practice: knowledge.Practice{Phone: "616-555-0100"}}
	c := &content{byID: map[string]*knowledge.Passage{}}
	for i, topic := range []knowledge.Topic{knowledge.About, knowledge.Insurance} {
		c.passages = append(c.passages, knowledge.Passage{ID: string(rune('x' + i)), Title: "Start with " + string(topic), Topic: topic, Audience: knowledge.Public})
	}
	return b, c
}

func titled(title string, a knowledge.Audience, confidence float64) index.Hit {
	return index.Hit{Passage: &knowledge.Passage{ID: title, Title: title, Text: "About " + title + ".", Audience: a, Topic: knowledge.Session}, Confidence: confidence}
}

// TestDeclining names what is near, the likeliest first, and never what is not for the asker.
func TestDeclining(t *testing.T) {
	b, c := composer(time.Now())
	old := titled("old", knowledge.Public, 0.07)
	old.Passage.Topic, old.Passage.ReviewBy = knowledge.Insurance, time.Now().AddDate(-1, 0, 0)
	near, next := titled("near", knowledge.Public, 0.07), titled("next", knowledge.Public, nearAt)
	for _, test := range []struct {
		name string
		hits []index.Hit
		as   knowledge.Audience
		want []string
		text string
	}{
		{"nothing", nil, "", []string{"Start with about", "Start with insurance"}, "I know about medical massage"},
		{"nothing near", []index.Hit{titled("far", knowledge.Public, nearAt/2)}, "", []string{"Start with about", "Start with insurance"}, "I know about medical massage"},
		{"one", []index.Hit{near}, "", []string{"near"}, "\u201cnear\u201d"},
		{"two", []index.Hit{near, next}, "", []string{"near", "next"}, "- near\n- next"},
		{"three at most", []index.Hit{near, next, next, next}, "", []string{"near", "next", "next"}, "- near"},
		{"staff's is not named", []index.Hit{titled("desk", knowledge.Staff, 0.07), near}, knowledge.Public, []string{"near"}, "\u201cnear\u201d"},
		{"but to staff", []index.Hit{titled("desk", knowledge.Staff, 0.07)}, knowledge.Staff, []string{"desk"}, "\u201cdesk\u201d"},
		{"what is not answered is not named", []index.Hit{near, titled("dentist", knowledge.Outside, 0.06)}, knowledge.Staff, []string{"near"}, "\u201cnear\u201d"},
		{"nor what is withheld", []index.Hit{old, next}, "", []string{"next"}, "\u201cnext\u201d"},
	} {
		r := b.compose(c, Question{Audience: test.as}, decision{findings: findings{hits: test.hits}, kind: Unknown})
		if diff := cmp.Diff(test.want, r.Suggestions); r.Kind != Unknown || diff != "" || !strings.Contains(r.Text, test.text) {
			t.Errorf("%s: %s %q (-want +got):\n%s", test.name, r.Kind, r.Text, diff)
		}
		human := "616-555-0100"
		if test.as == knowledge.Staff {
			human = "colleague"
		}
		if !strings.Contains(r.Text, human) {
			t.Errorf("%s: a dead end: %q", test.name, r.Text)
		}
	}
}

func TestDecliningOutside(t *testing.T) {
	b, c := composer(time.Now())
	p := knowledge.Passage{ID: "o", Title: "Which dentist?", Text: "I only know massage.", Audience: knowledge.Outside}
	r := b.compose(c, Question{}, decision{kind: Unknown, outside: &p, findings: findings{hits: []index.Hit{titled("near", knowledge.Public, 0.07)}}})
	if r.Kind != Unknown || r.Text != p.Text || len(r.Passages) > 0 || slices.Contains(r.Suggestions, p.Title) || len(r.Suggestions) != 2 || r.Suggestions[0] != "near" {
		t.Errorf("%+v", r)
	}
}

func TestChoices(t *testing.T) {
	b, c := composer(time.Now())
	shown := []Found{{*titled("one", knowledge.Public, 0).Passage, 0.12}, {*titled("two", knowledge.Public, 0).Passage, 0.1}}
	r := b.compose(c, Question{}, decision{kind: Choices, shown: shown})
	want := Reply{Kind: Choices, Text: "Did you mean one of these?\n\n- one\n- two", Passages: shown, Suggestions: []string{"one", "two"}}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestWithheldIsNoChoice: two choices are left, or it declines.
func TestWithheldIsNoChoice(t *testing.T) {
	b, c := composer(time.Now())
	old := *titled("old", knowledge.Public, 0).Passage
	old.Topic, old.ReviewBy = knowledge.Insurance, time.Now().AddDate(-1, 0, 0)
	one, two := *titled("one", knowledge.Public, 0).Passage, *titled("two", knowledge.Public, 0).Passage
	shown := []Found{{old, 0.13}, {one, 0.12}, {two, 0.1}}
	if r := b.compose(c, Question{}, decision{kind: Choices, shown: shown}); r.Kind != Choices || !slices.Equal(r.Suggestions, []string{"one", "two"}) || len(r.Passages) != 2 {
		t.Errorf("%+v", r)
	}
	if r := b.compose(c, Question{}, decision{kind: Choices, shown: shown[:2]}); r.Kind != Unknown || len(r.Passages) > 0 || strings.Contains(r.Text, old.Title) {
		t.Errorf("%+v", r)
	}
	if shown[0].ID != "old" {
		t.Error("the decision itself was changed")
	}
}

// TestOneWithheldPart: an answer of which one part is withheld shows nothing of that part.
func TestOneWithheldPart(t *testing.T) {
	b, c := composer(time.Now())
	old := *titled("old", knowledge.Public, 0).Passage
	old.Topic, old.ReviewBy = knowledge.Cost, time.Now().AddDate(-1, 0, 0)
	r := b.compose(c, Question{}, decision{kind: Answer, shown: []Found{{*titled("one", knowledge.Public, 0).Passage, 0.9}, {old, 0.9}}})
	if strings.Contains(r.Text, old.Text) || slices.ContainsFunc(r.Passages, func(f Found) bool { return f.ID == "old" }) {
		t.Errorf("%+v", r)
	}
}

// TestReviewHoldsThroughItsDay: the day named is still good.
func TestReviewHoldsThroughItsDay(t *testing.T) {
	day := time.Date(2027, 5, 20, 0, 0, 0, 0, time.UTC)
	p := *titled("fee", knowledge.Public, 0).Passage
	p.Topic, p.ReviewBy = knowledge.Cost, day
	for at, want := range map[time.Time]Kind{day: Answer, day.Add(23 * time.Hour): Answer, day.Add(25 * time.Hour): Unknown} {
		b, c := composer(at)
		if r := b.compose(c, Question{}, decision{kind: Answer, shown: []Found{{p, 0.9}}}); r.Kind != want {
			t.Errorf("at %v: %s, want %s", at, r.Kind, want)
		}
	}
}
