package bot_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// TestExpired comes back long after every review has run out.
func TestExpired(t *testing.T) {
	b := open(t, bot.Config{Practice: practice, Now: func() time.Time { return longAfter }})
	fresh := plain(t)
	for _, c := range []struct {
		text, id string
		withheld bool
		who      string
	}{
		{"Does insurance cover medical massage?", "insurance.md#covered", true, "616-555-0100"},
		{"How much does a massage session cost?", "cost.md#price", true, "616-555-0100"},
		{"Is massage safe?", "safety.md#is-it-safe", true, "your doctor, or "},
		{"is massage ok on blood thinners", "safety.md#blood-thinners", true, "your doctor, or "},
		{"Is it normal to be sore afterwards?", "aftercare.md#soreness", false, ""},
		{"What should I wear?", "preparation.md#wear", false, ""},
	} {
		p, ok := fresh.Passage(c.id, knowledge.Public)
		if got := ask(t, fresh, bot.Question{Text: c.text}); !ok || !shows(got, c.id) || strings.Contains(got.Text, "Last reviewed") {
			t.Fatalf("today %q gets %s %v: %s", c.text, got.Kind, shownIDs(got), got.Text)
		}
		r := ask(t, b, bot.Question{Text: c.text})
		if c.withheld {
			if r.Kind != bot.Unknown || len(r.Passages) > 0 || strings.Contains(r.Text, p.Text) || !strings.Contains(r.Text, p.Title) || !strings.Contains(r.Text, c.who) {
				t.Errorf("%q: %s %v: %s", c.text, r.Kind, shownIDs(r), r.Text)
			}
			continue
		}
		last := "Last reviewed " + p.Reviewed.Format("2 January 2006")
		if r.Kind != bot.Answer || !strings.Contains(r.Text, last) || !strings.Contains(r.Passages[0].Text, last) {
			t.Errorf("%q: %s: %s", c.text, r.Kind, r.Text)
		}
	}
}

// TestHidden lists, fetches and suggests as each audience, today and long after.
func TestHidden(t *testing.T) {
	f, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	late := open(t, bot.Config{Now: func() time.Time { return longAfter }})
	for _, c := range []struct {
		name string
		b    *bot.Bot
		a    knowledge.Audience
		sees func(knowledge.Passage) bool
	}{
		{"the public", plain(t), knowledge.Public, func(p knowledge.Passage) bool { return p.Audience == knowledge.Public }},
		{"nobody in particular", plain(t), "", func(p knowledge.Passage) bool { return p.Audience == knowledge.Public }},
		{"staff", plain(t), knowledge.Staff, func(p knowledge.Passage) bool { return p.Audience != knowledge.Outside }},
		{"the public, late", late, knowledge.Public, func(p knowledge.Passage) bool { return p.Audience == knowledge.Public && !p.Sensitive() }},
	} {
		var want, got []string
		for i, p := range f.Passages {
			found, ok := c.b.Passage(p.ID, c.a)
			if ok != c.sees(p) || ok && found.Title != p.Title || !ok && found.Text != "" {
				t.Errorf("%s: passage %s is seen: %v", c.name, p.ID, ok)
			}
			if c.sees(p) {
				want = append(want, p.ID)
			}
			if i%4 > 0 && p.Audience == knowledge.Public {
				continue
			}
			for _, s := range c.b.Suggest(t.Context(), p.Title, c.a, 5) {
				if !c.sees(s) {
					t.Errorf("%s: typing %q suggests %s", c.name, p.Title, s.ID)
				}
			}
		}
		for _, p := range c.b.Passages(c.a) {
			got = append(got, p.ID)
		}
		if !slices.Equal(got, want) || len(want) == 0 {
			t.Errorf("%s: %d passages, want %d", c.name, len(got), len(want))
		}
	}
	if _, ok := plain(t).Passage("none.md#none", knowledge.Staff); ok {
		t.Error("a passage that is not")
	}
}

func TestSuggest(t *testing.T) {
	b := plain(t)
	if got := b.Suggest(t.Context(), "does insur", knowledge.Public, 3); len(got) != 3 || !strings.Contains(got[0].Title, "insurance") {
		t.Errorf("%d suggestions: %v", len(got), got)
	}
	for _, text := range append([]string{"", " "}, hostile...) {
		for _, p := range b.Suggest(t.Context(), text, knowledge.Public, 3) {
			if p.Audience != knowledge.Public {
				t.Errorf("%.40q suggests %s", text, p.ID)
			}
		}
	}
}

// TestStaffOnly asks every question of the desk's passages as the public.
func TestStaffOnly(t *testing.T) {
	f, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	b, asked := plain(t), 0
	for _, p := range f.Passages {
		if p.Audience == knowledge.Public {
			continue
		}
		for _, text := range append([]string{p.Title}, p.Asks[:min(len(p.Asks), 6)]...) {
			sound(t, text, ask(t, b, bot.Question{Text: text}))
			asked++
		}
	}
	if asked < 100 {
		t.Errorf("only %d questions", asked)
	}
	if r := ask(t, b, bot.Question{Text: "Which massage gun, chair, pillow or device should I buy or use?", Audience: knowledge.Staff}); r.Kind != bot.Unknown || len(r.Suggestions) == 0 {
		t.Errorf("what we do not answer gets %s %v", r.Kind, shownIDs(r))
	}
}

func TestReplace(t *testing.T) {
	b := open(t, bot.Config{Practice: practice})
	old := b.Digest()
	broken := knowledge.Folder{}
	broken.Passages = []knowledge.Passage{{ID: "new.md#a", Title: "What should I wear?", Text: "New.", Audience: knowledge.Public, Topic: knowledge.About}}
	broken.Digest = "new"
	broken.Safety = shippedRules(t)
	broken.Safety.Rules = append(slices.Clone(broken.Safety.Rules), knowledge.SafetyRule{ID: "bad", Resource: knowledge.ER, Say: "x", Signs: []knowledge.Phrase{{Text: "(never closed", Line: 7}}})
	if err := b.Replace(broken); err == nil || !strings.Contains(err.Error(), "safety.yaml:7") {
		t.Fatalf("broken safety rules: %v", err)
	}
	if r := ask(t, b, bot.Question{Text: "What should I wear?"}); b.Digest() != old || !shows(r, "preparation.md#wear") {
		t.Errorf("after a mistake: digest %q, %s %v", b.Digest(), r.Kind, shownIDs(r))
	}
	if r := ask(t, b, bot.Question{Text: "crushing chest pain, left arm numb"}); r.Kind != bot.Urgent {
		t.Errorf("after a mistake an emergency is %s", r.Kind)
	}

	good := broken
	good.Safety = shippedRules(t)
	good.Passages = []knowledge.Passage{{ID: "new.md#a", Title: "What should I wear?", Text: "New. {phone: Call PHONE. | Ask.}", Audience: knowledge.Public, Topic: knowledge.About}}
	if err := b.Replace(good); err != nil {
		t.Fatal(err)
	}
	r := ask(t, b, bot.Question{Text: "What should I wear?"})
	if b.Digest() != "new" || !shows(r, "new.md#a") || !strings.Contains(r.Text, practice.Phone) {
		t.Errorf("replaced: digest %q, %s %v %q", b.Digest(), r.Kind, shownIDs(r), r.Text)
	}
	if _, ok := b.Passage("preparation.md#wear", knowledge.Public); ok {
		t.Error("the old passage is still there")
	}
}

func shippedRules(t *testing.T) knowledge.SafetyRules {
	f, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return f.Safety
}

// TestReplaceWhileAsking: a question is answered from one edition, by its rules
// and from its passages. It is for the race detector, too.
func TestReplaceWhileAsking(t *testing.T) {
	f, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	edition := func(name string) knowledge.Folder {
		small := f
		small.Digest, small.Passages = name, slices.Clone(f.Passages[:20])
		for i := range small.Passages {
			small.Passages[i].ID = name + ".md#" + strconv.Itoa(i)
		}
		return small
	}
	journal := &notes{}
	b := open(t, bot.Config{Content: edition("new"), Journal: journal})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 6 {
			if err := b.Replace(edition([]string{"old", "new"}[i%2])); err != nil {
				t.Errorf("replace: %v", err)
			}
		}
	}()
	for {
		select {
		case <-done:
			return
		default:
		}
		ask(t, b, bot.Question{Text: f.Passages[0].Title, Thread: "r"})
		if e := journal.last(t); len(e.Passages) == 0 || !strings.HasPrefix(e.Passages[0], e.Content+".md#") {
			t.Errorf("edition %s answers with %v", e.Content, e.Passages)
		}
		b.Suggest(t.Context(), "what is", knowledge.Public, 3)
	}
}

// TestReplaceAfterClose: nothing is opened that nobody closes.
func TestReplaceAfterClose(t *testing.T) {
	f, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	f.Passages = f.Passages[:5]
	b, err := bot.New(bot.Config{Content: f})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Close(), b.Close()); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if err := b.Replace(f); err == nil {
		t.Error("content is replaced after Close")
	}
	if _, err := b.Ask(t.Context(), bot.Question{Text: f.Passages[0].Title}); err == nil {
		t.Error("a question is answered after Close")
	}
}
