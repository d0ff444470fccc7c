package slack

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// replies are one of each kind, and some at the edges.
func replies() map[string]bot.Reply {
	found := func(id, title, text string, more func(*knowledge.Passage)) bot.Found {
		p := knowledge.Passage{ID: id, Title: title, Text: text, Audience: knowledge.Public,
			Reviewed: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}
		if more != nil {
			more(&p)
		}
		return bot.Found{Passage: p, Score: .9}
	}
	eat := found("preparation.md#eat", "Should I eat before a massage?", "Have a light meal.", nil)
	wear := found("preparation.md#wear", "What should I wear?", "Something *comfortable*.", func(p *knowledge.Passage) {
		p.Sources = []knowledge.Source{{Title: "A | <b>", URL: "https://example.com/a|b?c=<d>"}, {Title: "No address"}}
	})
	desk := found("staff.md#x", "Desk: which code?", "**97124**", func(p *knowledge.Passage) { p.Audience = knowledge.Staff })
	return map[string]bot.Reply{
		"answer":   {ID: "r", Kind: bot.Answer, Text: wear.Text, Passages: []bot.Found{wear}, Suggestions: []string{eat.Title, "A question that is much longer than what a button on a phone can show to anybody"}},
		"staff":    {ID: "r", Kind: bot.Answer, Text: desk.Text, Passages: []bot.Found{desk}},
		"parts":    {ID: "r", Kind: bot.Answer, Text: "**What should I wear?**\n\nSomething.\n\n**Desk: which code?**\n\n**97124**", Passages: []bot.Found{wear, desk}, Cut: true},
		"choices":  {ID: "r", Kind: bot.Choices, Text: "Did you mean one of these?\n\n- Should I eat before a massage?\n- What should I wear?", Passages: []bot.Found{eat, wear}, Suggestions: []string{eat.Title, wear.Title}},
		"near":     {ID: "r", Kind: bot.Unknown, Text: "I don't have a reviewed answer to that. The nearest I know:\n\n- Should I eat before a massage?\n- What should I wear?\n\nFor anything else, call 616-555-0100.", Suggestions: []string{eat.Title, wear.Title}},
		"unknown":  {ID: "r", Kind: bot.Unknown, Text: "I don't have a reviewed answer to that.", Suggestions: []string{eat.Title}},
		"urgent":   {ID: "r", Kind: bot.Urgent, Resource: knowledge.Call911, Text: "Call 911 now. Chest pain can be a heart attack."},
		"crisis":   {ID: "r", Kind: bot.Urgent, Resource: knowledge.Crisis988, Text: "I am glad you said this. Please call or text 988 now."},
		"one line": {ID: "r", Kind: bot.Urgent, Resource: knowledge.ER, Text: "Go to the emergency room now"},
		"handoff":  {ID: "r", Kind: bot.Handoff, Text: "Call 616-555-0100, or book at <https://example.com/book>."},
		"talk":     {ID: "r", Kind: bot.SmallTalk, Text: "Hello.", Suggestions: []string{eat.Title}},
		"empty":    {ID: "r", Kind: bot.SmallTalk},
	}
}

// TestRender holds each kind of reply against testdata/render.txt.
func TestRender(t *testing.T) {
	a := adapter(t, newFakeSlack(t), nil)
	var out strings.Builder
	all := replies()
	for _, name := range []string{"answer", "staff", "parts", "choices", "near", "unknown", "urgent", "crisis", "one line", "handoff", "talk"} {
		m := a.render(all[name], look{question: "what to wear", private: name == "answer"})
		fmt.Fprintf(&out, "%s\n%s  text: %q\n\n", name, see(decoded(t, m.blocks)), m.text)
	}
	want, _ := os.ReadFile("testdata/render.txt") // missing counts as empty
	compare(t, "testdata/render.txt", want, []byte(out.String()))
}

// decoded is blocks as Slack gets them.
func decoded(t testing.TB, blocks []slackgo.Block) []any {
	t.Helper()
	data, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var out []any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRenderWithinLimits renders replies far beyond what anybody writes.
func TestRenderWithinLimits(t *testing.T) {
	a := adapter(t, newFakeSlack(t), nil)
	sentence := "This is a sentence of an answer that does not end where it should. "
	long := map[string]string{
		"sentences":  strings.Repeat(sentence, 250),
		"paragraphs": strings.Repeat(sentence+"\n\n", 250),
		"lines":      strings.Repeat("- **item** with <https://example.com/a/long/link>\n", 300),
		"one word":   strings.Repeat("x", 20_000),
		"wide":       strings.Repeat("\U0001F486", 9_000),
		"escaped":    strings.Repeat("&<>", 9_000),
		"link":       "[text](https://example.com/" + strings.Repeat("x", 5_000) + ")",
	}
	for name, text := range long {
		for kind, r := range replies() {
			r.Text += text
			r.Suggestions = append(r.Suggestions, text, strings.Repeat("q ", 2000))
			for i := range r.Passages {
				p := &r.Passages[i].Passage
				p.Text, p.Title, p.URL = text, text, "https://example.com/"+text
				for range 20 {
					p.Sources = append(p.Sources, knowledge.Source{Title: text, URL: "https://example.com/" + text})
				}
			}
			m := a.render(r, look{question: text, private: true, limits: limited("x")})
			if bad := checkMessage(m.text, decoded(t, m.blocks)); len(bad) > 0 && kind != "empty" {
				t.Errorf("%s in %s: %v", name, kind, bad)
			}
		}
	}
}

func TestEmptyReplyIsStillAMessage(t *testing.T) {
	a := adapter(t, newFakeSlack(t), nil)
	m := a.render(replies()["empty"], look{})
	if m.text == "" {
		t.Error("a message without text, which Slack refuses")
	}
}

func TestHomeWithinLimits(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	var ps []knowledge.Passage
	for i := range 150 {
		ps = append(ps, knowledge.Passage{ID: fmt.Sprintf("x.md#%d", i), Title: fmt.Sprintf("Question %d? ", i) + strings.Repeat("long ", 100), Text: "Text.",
			Topic: knowledge.Topics[i%2], Audience: knowledge.Public, Reviewed: today, ReviewBy: today})
	}
	b, err := bot.New(bot.Config{Content: knowledge.Folder{Body: knowledge.Body{Passages: ps}, Safety: testSafety(t)}, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	a.bot = b
	send(eventsAPI, f.callbackFor(map[string]any{"type": "app_home_opened", "user": "UMARIA", "tab": "home"}))
	a.idle()
	send(interactive, f.inView("UMARIA", f.homes["UMARIA"], actHomeTopic, ""))
	a.idle()
	if n := f.count("views.publish"); n != 2 {
		t.Errorf("%d pages published, want 2", n)
	}
}

func testSafety(t *testing.T) knowledge.SafetyRules {
	t.Helper()
	content, err := knowledge.LoadFolder(os.DirFS("testdata/content"))
	if err != nil {
		t.Fatal(err)
	}
	return content.Safety
}
