package discord

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// golden compares got with a file, or rewrites the file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got; -update rewrites it):\n%s", file, diff)
	}
}

// asBody is what goes over the wire.
func asBody(t *testing.T, m message) map[string]any {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal(marshal(m), &body); err != nil {
		t.Fatal(err)
	}
	return body
}

// sound fails the test when Discord would refuse the message.
func sound(t *testing.T, what string, m message) map[string]any {
	t.Helper()
	body := asBody(t, m)
	for _, p := range append(messageProblems(body), undescribed(t, "POST", "/webhooks/{w}/{t}", body)...) {
		t.Errorf("%s: %s", what, p)
	}
	return body
}

// Each kind of reply, as a person sees it.
func TestCards(t *testing.T) {
	a := prepare(t, nil).adapter
	all := a.bot.Passages(knowledge.Public)
	found := func(n ...int) []bot.Found {
		var out []bot.Found
		for _, i := range n {
			out = append(out, bot.Found{Passage: all[i], Score: 0.9})
		}
		return out
	}
	var out strings.Builder
	for _, c := range []struct {
		name  string
		reply bot.Reply
		at    setting
	}{
		{"choices", bot.Reply{ID: "r", Kind: bot.Choices, Text: "Did you mean one of these?\n\n- " + all[0].Title + "\n- " + all[1].Title, Passages: found(0, 1)}, setting{thread: "t"}},
		{"two parts", bot.Reply{ID: "r", Kind: bot.Answer, Passages: found(1, 3), Suggestions: []string{all[0].Title}}, setting{thread: "t"}},
		{"cut, only for one", bot.Reply{ID: "r", Kind: bot.Answer, Cut: true, Passages: found(3)}, setting{private: true, thread: "t", post: true, about: "900000000000000001"}},
		{"near", bot.Reply{ID: "r", Kind: bot.Unknown, Text: "I don't have a reviewed answer to that. The nearest I know:\n\n- " + all[2].Title + "\n\nFor anything else, call 616-555-0100.", Suggestions: []string{all[2].Title}}, setting{thread: "t"}},
		{"another language", bot.Reply{ID: "r", Kind: bot.Unknown, Text: "Solo tengo respuestas en inglés.\n\nI only have answers in English."}, setting{thread: "t"}},
		{"danger", bot.Reply{ID: "r", Kind: bot.Urgent, Resource: knowledge.Call911, Text: "Call 911 now."}, setting{thread: "t"}},
		{"danger on somebody's message", bot.Reply{ID: "r", Kind: bot.Urgent, Resource: knowledge.Crisis988, Text: "Call or text 988 now."}, setting{private: true, about: "900000000000000001"}},
		{"somebody writes to everyone", bot.Reply{ID: "r", Kind: bot.Unknown, Text: "Hi @everyone, <@&123> and ||you|| <:x:123> [a](javascript:alert(1)) https://example.com/a_b_c"}, setting{}},
	} {
		fmt.Fprintf(&out, "# %s\n%s\n", c.name, draw(sound(t, c.name, a.card(c.reply, c.at))))
	}
	golden(t, "testdata/cards.txt", out.String())
}

// However large the content, a message stays within Discord's limits.
func TestCardsWithinLimits(t *testing.T) {
	a := prepare(t, nil).adapter
	long := strings.Repeat("Massage may ease pain for a while. ", 400)
	huge := knowledge.Passage{
		ID: "x.md#y", Title: strings.Repeat("Why? ", 100), Topic: knowledge.Insurance,
		Text: "First *paragraph*.\n\n" + long + "\n\n- " + strings.Repeat("item ", 300) + "\n\n```\n" + long + "\n```",
	}
	for i := range 30 {
		huge.Sources = append(huge.Sources, knowledge.Source{Title: strings.Repeat("Title ", 30), URL: fmt.Sprintf("https://example.com/%d/%s", i, strings.Repeat("a", 200))})
	}
	var suggestions []string
	for i := range 60 {
		suggestions = append(suggestions, fmt.Sprintf("%d %s", i, strings.Repeat("long question ", 20)))
	}
	emoji := knowledge.Passage{ID: "e", Title: strings.Repeat("\U0001F486", 300), Text: strings.Repeat("\U0001F486 ", 5000), Topic: knowledge.Safety}
	for n := 1; n <= 4; n++ {
		for _, p := range []knowledge.Passage{huge, emoji} {
			r := bot.Reply{ID: strings.Repeat("r", 16), Suggestions: suggestions, Text: long + "\n\n" + long, Cut: true}
			for range n {
				r.Passages = append(r.Passages, bot.Found{Passage: p})
			}
			for _, kind := range []bot.Kind{bot.Answer, bot.Unknown, bot.Urgent, bot.Handoff, bot.SmallTalk} {
				r.Kind = kind
				sound(t, fmt.Sprintf("%d of %s", n, kind), a.card(r, setting{thread: strings.Repeat("t", 11), post: true, about: "90000000000000000001", solves: "aaaaaa"}))
			}
		}
	}
	r := bot.Reply{ID: "r", Kind: bot.Answer, Passages: []bot.Found{{Passage: huge}}}
	if body := asBody(t, a.card(r, setting{})); !strings.Contains(wording(body), "…") {
		t.Error("what is left out of an answer is not marked")
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"exactly 10", 10, "exactly 10"},
		{"does insurance cover it", 16, "does insurance…"},
		{"abcdefghijklmnop", 5, "abcd…"},
		{"\U0001F486\U0001F486\U0001F486", 4, "\U0001F486…"},
		{"a word, and more", 8, "a word…"},
	} {
		if got := clip(c.in, c.n); got != c.want || width(got) > c.n {
			t.Errorf("clip(%q, %d) = %q (%d wide), want %q", c.in, c.n, got, width(got), c.want)
		}
	}
}

// Nobody asked in a forum: we speak when we are sure, and when there is danger.
func TestSuggestion(t *testing.T) {
	a := prepare(t, nil).adapter
	p := a.bot.Passages(knowledge.Public)[0]
	m := &incoming{ID: "1", ChannelID: "1", Author: user{ID: ana}}
	for _, c := range []struct {
		kind  bot.Kind
		score float64
		want  bool
	}{{bot.Answer, 0.9, true}, {bot.Answer, 0.6, false}, {bot.Choices, 0.9, false}, {bot.Unknown, 0, false}, {bot.SmallTalk, 0, false}, {bot.Handoff, 0, false}, {bot.Urgent, 0, true}} {
		r := bot.Reply{ID: "r", Kind: c.kind, Text: "x", Passages: []bot.Found{{Passage: p, Score: c.score}}}
		if _, got := a.suggestion(r, "does insurance cover it", "t", m); got != c.want {
			t.Errorf("%s with %.1f: suggestion %v, want %v", c.kind, c.score, got, c.want)
		}
	}
}

// Every answer that ships is shown whole.
func TestShippedContent(t *testing.T) {
	content, err := knowledge.LoadFolder(knowledge.Content())
	if err != nil {
		t.Skipf("SKIPPED: the shipped content has mistakes of its own: %v", err)
	}
	b, err := bot.New(bot.Config{Content: content, Practice: practice, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	a := prepare(t, func(c *Config) { c.Bot = b }).adapter
	for _, p := range b.Passages(knowledge.Public) {
		body := sound(t, p.ID, a.card(a.whole(p), setting{thread: "t", post: true}))
		if strings.Contains(wording(body), "…") {
			t.Errorf("%s is cut", p.ID)
		}
		if width(p.Title) > maxLabel {
			t.Errorf("%s: the title has %d characters, a button %d", p.ID, width(p.Title), maxLabel)
		}
	}
	turn := &turn{Adapter: a, in: &interaction{ChannelID: general, User: user{ID: ana}}}
	sound(t, "topics", turn.topicsCard())
	sound(t, "about", turn.aboutCard(true))
	for _, topic := range knowledge.Topics {
		sound(t, string(topic), turn.questionsCard(topic, "t"))
	}
}
