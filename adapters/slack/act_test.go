package slack

import (
	"strings"
	"testing"

	"massagefaq/bot"
)

// shows puts a message of the bot's into a channel, as if it had posted it; for
// is its only reader if it is ephemeral.
func (f *fakeSlack) shows(t *testing.T, channel, reader string, m message) fakeMessage {
	t.Helper()
	blocks := decoded(t, m.blocks)
	f.mu.Lock()
	defer f.mu.Unlock()
	shown := &fakeMessage{TS: f.tick(), User: fakeBot, Text: m.text, Blocks: blocks, For: reader}
	f.channels[channel].messages = append(f.channels[channel].messages, shown)
	return *shown
}

// choicesOf are two questions to choose from, which the test's bot can answer.
func choicesOf() bot.Reply {
	titles := []string{"What should I wear to a session?", "Desk: which CPT code goes on the claim?"}
	return bot.Reply{ID: "r", Kind: bot.Choices, Suggestions: titles,
		Text: "Did you mean one of these?\n\n- " + strings.Join(titles, "\n- ")}
}

func TestChoicesAreReplacedByTheAnswer(t *testing.T) {
	for name, test := range map[string]struct{ channel, reader, user, button, want string }{
		"in a channel":      {"CDESK", "", "UMARIA", "CPT code", "97140"},
		"for one's eyes":    {"CGUEST", "UMARIA", "UMARIA", "CPT code", "97140"},
		"by a guest":        {"CGUEST", "", "UGIL", "CPT code", "Public answers only"},
		"in direct message": {"DMARIA", "", "UMARIA", "wear", "comfortable"},
	} {
		f, a, send := inWorkspace(t, nil)
		m := f.shows(t, test.channel, test.reader, a.render(choicesOf(), look{question: "wear"}))
		send(interactive, f.press(test.user, test.channel, m, test.button))
		a.idle()
		now := f.find(test.channel, m.TS)
		if got := see(now.Blocks); !strings.Contains(got, test.want) || strings.Contains(got, "Did you mean") {
			t.Errorf("%s: the choices became\n%s", name, got)
		}
		if n := f.count("chat.postMessage"); n != 0 {
			t.Errorf("%s: %d new messages", name, n)
		}
	}
}

// TestOldButtons has people press buttons whose answer is gone: the content has
// changed, or the journal was lost.
func TestOldButtons(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	r := replies()["answer"]
	r.Passages[0].ID = "gone.md#gone"
	m := f.shows(t, "CDESK", "UMARIA", a.render(r, look{private: true}))
	for button, want := range map[string]string{"Share": "has changed", "Copy": "has changed", "Helpful": "no longer remember"} {
		before := f.count("response_url")
		send(interactive, f.press("UMARIA", "CDESK", m, button))
		if c := f.await("response_url", before+1); !strings.Contains(str(c.Args, "text"), want) {
			t.Errorf("%s of an old answer says %q", button, c.Args["text"])
		}
		a.idle()
	}
	for _, act := range []action{{ID: actShare, Value: "no JSON"}, {ID: actCopy}, {ID: "of another version:3"}, {ID: actFindPick, Value: "x"}} {
		i := interaction{Actions: []action{act}, User: reference{ID: "UMARIA"}, Channel: reference{ID: "CDESK"}}
		if err := a.act(t.Context(), &i, act); err == nil && act.ID == actFindPick {
			t.Errorf("%s without a form is fine", act.ID)
		}
	}
}

func TestRatings(t *testing.T) {
	journal := &ratings{}
	f, a, send := inWorkspace(t, func(c *Config) { c.Bot = testBot(t, journal) })
	send(slash, f.slashCommand("UMARIA", "CDESK", "what should I wear to a session?"))
	a.idle()
	_, m := (&story{t: t, f: f}).newest("Not helpful")
	send(interactive, f.press("UMARIA", "CDESK", m, "Not helpful"))
	a.idle()
	v := f.views[f.screen]
	answer := send(interactive, f.submit("UMARIA", v, map[string]any{
		"reason":  map[string]any{"selected_option": map[string]any{"value": reasons[1]}},
		"comment": map[string]any{"value": "codes changed"}}))
	if !strings.Contains(string(answer), `"response_action":"update"`) || !strings.Contains(string(answer), "Thank you") {
		t.Errorf("the form answers %s", answer)
	}
	if len(journal.rated) != 2 || journal.rated[1].Helpful || journal.rated[1].Comment != "It is out of date: codes changed" {
		t.Errorf("rated %+v", journal.rated)
	}
	if len(journal.entries) != 1 || journal.rated[0].Reply != journal.entries[0].Reply {
		t.Errorf("the rating is of another reply: %+v", journal.rated)
	}
}

// TestThreadsAreApart makes sure that no conversation borrows from another.
func TestThreadsAreApart(t *testing.T) {
	journal := &ratings{}
	f, a, send := inWorkspace(t, func(c *Config) { c.Bot = testBot(t, journal) })
	s := &story{t: t, f: f, a: a, send: send}
	s.write("UMARIA", "CDESK", "", "<@UBOT> what should I wear to a session?")
	s.write("UMARIA", "CDESK", "", "<@UBOT> what should I wear to a session?")
	s.write("UMARIA", "DMARIA", "", "what should I wear to a session?")
	send(slash, f.slashCommand("UMARIA", "CDESK", "what should I wear to a session?"))
	send(slash, f.slashCommand("USAM", "CDESK", "what should I wear to a session?"))
	a.idle()
	seen := map[string]bool{}
	for _, e := range journal.entries {
		if seen[e.Thread] || e.Thread == "" {
			t.Errorf("the conversation %q twice", e.Thread)
		}
		seen[e.Thread] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d conversations, want 5", len(seen))
	}
}
