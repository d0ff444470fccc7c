package check

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// TestLeaks: a bot that let staff content through would be caught, however it
// did so. The bot itself does not, so the replies are made up here.
func TestLeaks(t *testing.T) {
	folder, err := knowledge.LoadFolder(knowledge.Content())
	if err != nil {
		t.Fatal(err)
	}
	var staff, public *knowledge.Passage
	for i, p := range folder.Passages {
		if p.Audience == knowledge.Staff {
			staff = &folder.Passages[i]
		} else {
			public = &folder.Passages[i]
		}
	}
	folder.Passages = []knowledge.Passage{*staff, *public}
	b, err := bot.New(bot.Config{Content: folder})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	ask := trial{passage: staff, text: "anything", line: 7, channel: bot.Discord, leak: true}
	tests := []struct {
		reply bot.Reply
		want  string // "" for no leak
	}{
		{bot.Reply{Kind: bot.Answer, Text: public.Text, Passages: []bot.Found{{Passage: *public}}, Suggestions: []string{public.Title}}, ""},
		{bot.Reply{Kind: bot.Choices, Text: "?", Passages: []bot.Found{{Passage: *public}, {Passage: *staff}}}, "the public gets the staff passage " + staff.ID},
		{bot.Reply{Kind: bot.Answer, Text: "Well: " + (knowledge.Practice{}).Place(staff.Text)}, "the public gets the words of the staff passage " + staff.ID},
		{bot.Reply{Kind: bot.Unknown, Text: "?", Suggestions: []string{"x", staff.Title}}, "the public gets the title of the staff passage " + staff.ID},
	}
	for _, tt := range tests {
		f := ask.judge(b, tt.reply)
		switch {
		case f == nil && tt.want != "":
			t.Errorf("reply %+v is no finding, want %q", tt.reply, tt.want)
		case f != nil && (tt.want == "" || !strings.Contains(f.Text, tt.want) || f.Severity != Error || f.Line != 7):
			t.Errorf("finding %v, want %q", f, tt.want)
		}
	}
}

// TestForemost: large content is asked its doubtful questions.
func TestForemost(t *testing.T) {
	trials := []trial{{text: "a", first: 0.1}, {text: "b", first: 0.9}, {text: "c", first: 0.9}}
	if got := foremost(trials, 2); len(got) != 2 || got[0].text != "b" || got[1].text != "c" {
		t.Errorf("foremost %+v, want b and c", got)
	}
	if got := foremost(trials[:1], 2); len(got) != 1 {
		t.Errorf("foremost of one %+v", got)
	}
}

// TestContest: a question all of whose words another passage has is doubtful,
// unless that passage is for others.
func TestContest(t *testing.T) {
	ps := []knowledge.Passage{
		{Title: "What is cupping?", Text: "Suction.", Audience: knowledge.Public},
		{Title: "Do cups hurt?", Text: "Cupping is suction with cups.", Audience: knowledge.Public},
		{Title: "Desk: refunds", Text: "Refunds after forty days.", Audience: knowledge.Staff},
	}
	lists := [][]string{knowledge.Words(ps[0].Title), knowledge.Words(ps[1].Title + ps[1].Text), knowledge.Words(ps[2].Title + ps[2].Text)}
	d := newDictionary(lists)
	r := newRivals(ps, nil, &d)
	contest := r.contest()
	for _, tt := range []struct {
		own       int
		text, why string
		want      float64
	}{
		{0, "cupping suction", "another has both words", 1},
		{0, "refunds after forty days", "the public cannot read the other", 0},
		{2, "cupping suction", "staff reads public passages too", 1},
	} {
		if c := contest(&ps[tt.own], d.numbers(knowledge.Words(tt.text))); c < tt.want-0.01 || c > tt.want+0.01 {
			t.Errorf("%q of passage %d: contest %.2f, want %.0f: %s", tt.text, tt.own, c, tt.want, tt.why)
		}
		if lost := r.lost(&ps[tt.own], d.numbers(knowledge.Words(tt.text))); lost != (tt.want == 1) {
			t.Errorf("%q of passage %d: lost %t, but the contest is %.0f: %s", tt.text, tt.own, lost, tt.want, tt.why)
		}
	}
}

// TestJudge: what a question leads to is judged by whether its own passage is
// among what is shown.
func TestJudge(t *testing.T) {
	own := knowledge.Passage{ID: "a.md#own", Title: "Own?", File: "a.md", Audience: knowledge.Public}
	other := knowledge.Passage{ID: "b.md#other", Title: "Other?", Audience: knowledge.Public}
	outside := own
	outside.Audience = knowledge.Outside
	found := func(ps ...knowledge.Passage) (out []bot.Found) {
		for _, p := range ps {
			out = append(out, bot.Found{Passage: p})
		}
		return out
	}
	tests := []struct {
		name    string
		passage knowledge.Passage
		reply   bot.Reply
		want    string
	}{
		{"own answer", own, bot.Reply{Kind: bot.Answer, Passages: found(own)}, ""},
		{"one of the parts", own, bot.Reply{Kind: bot.Answer, Passages: found(other, own)}, ""},
		{"one of the choices", own, bot.Reply{Kind: bot.Choices, Passages: found(other, own)}, ""},
		{"another", own, bot.Reply{Kind: bot.Answer, Passages: found(other)}, `"q" leads to b.md#other (Other?) instead`},
		{"other choices", own, bot.Reply{Kind: bot.Choices, Passages: found(other)}, `"q" leads to b.md#other (Other?) instead`},
		{"unknown", own, bot.Reply{Kind: bot.Unknown}, `"q" gets "I don't know"`},
		{"urgent", own, bot.Reply{Kind: bot.Urgent}, ""},
		{"handoff", own, bot.Reply{Kind: bot.Handoff}, ""},
		{"declined", outside, bot.Reply{Kind: bot.Unknown}, ""},
		{"not declined", outside, bot.Reply{Kind: bot.Answer, Passages: found(other)}, `"q" leads to b.md#other (Other?) instead`},
	}
	for _, tt := range tests {
		f := trial{passage: &tt.passage, text: "q", file: "a.asked.md", line: 3}.judge(nil, tt.reply)
		if got := f != nil; got != (tt.want != "") || got && (!strings.HasPrefix(f.Text, tt.want) || f.File != "a.asked.md" || f.Line != 3) {
			t.Errorf("%s: finding %v, want %q", tt.name, f, tt.want)
		}
	}
}

// TestSafetyRules: a folder with safety rules of its own has to have the
// passages that they lead to; one with the shipped rules need not.
func TestSafetyRules(t *testing.T) {
	rules, err := fs.ReadFile(knowledge.Content(), knowledge.SafetyFile)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"a.md": {Data: []byte("---\ntopic: about\n---\n## What is it?  {#what}\n\nHands-on work.\n")}}
	missing := func() (n int) {
		r, err := Run(t.Context(), fsys, Options{Now: today})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			if f.Rule == "safety" && strings.Contains(f.Text, "does not exist") {
				n++
			}
		}
		return n
	}
	if n := missing(); n != 0 {
		t.Errorf("%d passages are missed by the shipped rules, want none", n)
	}
	fsys[knowledge.SafetyFile] = &fstest.MapFile{Data: rules}
	if n := missing(); n < 5 {
		t.Errorf("%d passages are missed by rules of its own, want one for each condition", n)
	}
}
