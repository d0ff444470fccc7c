package discord

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"massagefaq/bot"
)

// What discordgo would deliver as an empty event, or die of, is passed over; what
// comes after it is answered.
func TestEventsWithoutSense(t *testing.T) {
	w := newWorld(t, nil)
	for _, e := range []struct{ kind, data string }{
		{"MESSAGE_CREATE", `{}`},
		{"MESSAGE_CREATE", `null`},
		{"MESSAGE_CREATE", `[]`},
		{"MESSAGE_CREATE", `{"id":"1","channel_id":"2","content":"hi"}`},
		{"MESSAGE_CREATE", `{"id":"1","channel_id":"2","content":"hi","author":null,"mentions":null}`},
		{"MESSAGE_CREATE", `{"id":"1","channel_id":"2","content":"hi","author":{"id":7}}`},
		{"MESSAGE_CREATE", `{"id":1,"channel_id":{},"author":[]}`},
		{"MESSAGE_CREATE", `{"id":"3","channel_id":"2","guild_id":"5","content":"hi","author":{"id":"9"},"referenced_message":null,"type":19}`},
		{"INTERACTION_CREATE", `{}`},
		{"INTERACTION_CREATE", `{"id":"1","type":2,"token":"t","data":null,"member":null,"user":null}`},
		{"INTERACTION_CREATE", `{"id":"1","type":2,"token":"t","user":{"id":"9"},"data":7}`},
		{"INTERACTION_CREATE", `{"id":"2","type":3,"token":"t","user":{"id":"9"},"data":[1]}`},
		{"INTERACTION_CREATE", `{"id":"3","type":4,"token":"t","user":{"id":"9"},"data":{"options":[]}}`},
		{"INTERACTION_CREATE", `{"id":"4","type":5,"token":"t","user":{"id":"9"},"data":"x"}`},
		{"INTERACTION_CREATE", `{"id":"5","type":77,"token":"t","user":{"id":"9"},"data":{}}`},
		{"UNHEARD_OF", `{"x":1}`},
	} {
		w.fake.emitRaw(e.kind, e.data)
	}
	if got := w.ask(ana, general, "How long does a session take?"); !strings.Contains(wording(got), "75 minutes") {
		t.Errorf("answer: %s", show(got))
	}
	if w.fake.connections != 1 {
		t.Errorf("%d connections, want 1", w.fake.connections)
	}
}

// Components that discordgo does not know lose it the whole message.
func TestUnknownComponents(t *testing.T) {
	w := newWorld(t, nil)
	m := w.said(ana, general, mention("How long does a session take?"), nil)
	m["components"] = []any{map[string]any{"type": 18, "component": map[string]any{"type": 99}}}
	if got := w.say(m); !strings.Contains(wording(got), "75 minutes") {
		t.Errorf("answer: %s", show(got))
	}
}

func TestPanics(t *testing.T) {
	w := newWorld(t, nil)
	w.adapter.ask = func(context.Context, bot.Question) (bot.Reply, error) { panic("boom") }
	if got := w.ask(ana, general, "How long does a session take?"); !strings.Contains(wording(got), "went wrong on my side") || !isPrivate(got) {
		t.Errorf("answer: %s", show(got))
	}
	w.fake.emit("MESSAGE_CREATE", w.said(ana, directly, "How long does a session take?", nil))
	w.settle()
	if n := strings.Count(w.log.String(), "boom"); n != 2 {
		t.Errorf("%d panics in the log, want 2", n)
	}
	for range 5 {
		w.adapter.begin(t.Context(), "test", func(context.Context) { panic("again") })
	}
	w.settle()
	if n := len(w.adapter.busy); n != 0 {
		t.Errorf("%d places for answers are lost", n)
	}
}

func TestBotFails(t *testing.T) {
	w := newWorld(t, nil)
	w.adapter.ask = func(context.Context, bot.Question) (bot.Reply, error) {
		return bot.Reply{}, errors.New("index is closed")
	}
	if got := w.ask(ana, general, "my SECRET knee"); !strings.Contains(wording(got), "call 616-555-0100") || !isPrivate(got) {
		t.Errorf("answer: %s", show(got))
	}
	if got := w.say(w.said(ana, directly, "my SECRET knee", nil)); !strings.Contains(wording(got), "went wrong on my side") {
		t.Errorf("answer: %s", show(got))
	}
	if log := w.log.String(); strings.Contains(log, "SECRET") || !strings.Contains(log, "index is closed") {
		t.Errorf("log:\n%s", log)
	}
}

// An answer that may come after three seconds is promised first. Since nobody
// knows yet what it will be, only the asker sees it.
func TestDeferred(t *testing.T) {
	w := prepare(t, nil)
	w.adapter.pace.slow = 20 * time.Millisecond
	asked, release := make(chan bool, 2), make(chan bool)
	w.holdAsk(asked, release)
	w.run()
	got := w.ask(ana, general, "How long does a session take?")
	if number(got["type"]) != 5 || !isPrivate(got) {
		t.Fatalf("answer: %s, want it deferred, for the asker alone", show(got))
	}
	close(release)
	edit := w.fake.await("PATCH", "/messages/@original$").Body.(map[string]any)
	if _, _, _, ok := component(edit["components"], "Post publicly"); !ok || !strings.Contains(wording(edit), "75 minutes") {
		t.Errorf("edit: %s, want the answer and a way to post it", show(edit))
	}
}

func TestDeferredUpdate(t *testing.T) {
	w := newWorld(t, nil)
	w.ask(mod, general, "what is the capital of France?")
	w.adapter.pace.slow = 20 * time.Millisecond
	asked, release := make(chan bool, 2), make(chan bool)
	w.holdAsk(asked, release)
	got := w.press(mod, general, "Is massage safe during pregnancy?")
	if number(got["type"]) != 6 {
		t.Fatalf("answer: %s, want a deferred update", show(got))
	}
	close(release)
	edit := w.fake.await("PATCH", "/messages/@original$").Body.(map[string]any)
	if !strings.Contains(wording(edit), "midwife") {
		t.Errorf("edit: %s", show(edit))
	}
}

// Too late is too late: nothing more is tried, and the log says what happened.
func TestUnknownInteraction(t *testing.T) {
	w := newWorld(t, nil)
	w.fake.fail("POST", "/callback", 1, 404, `{"message":"Unknown interaction","code":10062}`)
	w.ask(ana, general, "How long does a session take?")
	w.settle()
	if n := w.fake.count("POST", "/callback"); n != 2 { // and that of settle
		t.Errorf("%d answers, want 2", n)
	}
	if !strings.Contains(w.log.String(), "three seconds") {
		t.Errorf("log:\n%s", w.log)
	}
}

// A second try that finds the first had arrived is no trouble.
func TestLostReceipt(t *testing.T) {
	w := newWorld(t, nil)
	w.fake.fail("POST", "/callback", 1, 502, "bad gateway")
	w.fake.fail("POST", "/callback", 1, 400, `{"message":"Interaction has already been acknowledged.","code":40060}`)
	w.ask(ana, general, "How long does a session take?")
	w.fake.await("POST", "/callback")
	w.settle()
	if strings.Contains(w.log.String(), "could not be answered") {
		t.Errorf("log:\n%s", w.log)
	}
}

// A missing permission is explained to the admin once for each channel.
func TestMissingPermissions(t *testing.T) {
	w := newWorld(t, nil)
	w.fake.fail("POST", "/channels/"+general+"/messages", -1, 403, `{"message":"Missing Permissions","code":50013}`)
	for range 3 {
		w.fake.emit("MESSAGE_CREATE", w.said(ana, general, mention("How long does a session take?"), nil))
	}
	w.settle()
	if n := strings.Count(w.log.String(), "give my role the permissions"); n != 1 {
		t.Errorf("explained %d times, want once; log:\n%s", n, w.log)
	}
}

// Replying takes a permission that writing does not.
func TestWithoutReadHistory(t *testing.T) {
	w := newWorld(t, nil)
	w.fake.fail("POST", "/messages$", 1, 400, `{"message":"Cannot reply without permission to read message history","code":160002}`)
	w.fake.emit("MESSAGE_CREATE", w.said(ana, general, mention("How long does a session take?"), nil))
	w.fake.await("POST", "/messages$")
	if got := w.fake.await("POST", "/messages$"); got.Status != 200 || got.Body.(map[string]any)["message_reference"] != nil {
		t.Errorf("second try: %s", show(got))
	}
}

func TestForumWithoutPermission(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Forums = []string{forum} })
	s := &storyteller{world: w}
	w.fake.mu.Lock()
	w.fake.channels[forum] = map[string]any{"id": forum, "type": 15, "available_tags": []any{map[string]any{"id": "5", "name": "Solved"}}}
	w.fake.mu.Unlock()
	w.fake.fail("PATCH", "/channels/", -1, 403, `{"message":"Missing Permissions","code":50013}`)
	for range 2 {
		s.forumPost(ana, "Does insurance cover medical massage? | asking")
		w.written(s.post)
		if got := w.press(mod, s.post, "This solved it"); !strings.Contains(wording(got), "Solved.") {
			t.Errorf("answer: %s", show(got))
		}
		w.settle()
	}
	if n := strings.Count(w.log.String(), "Manage Threads in this forum"); n != 1 {
		t.Errorf("explained %d times, want once; log:\n%s", n, w.log)
	}
	if r := w.journal.rated(); len(r) != 2 || !r[0].Helpful {
		t.Errorf("ratings: %+v", r)
	}
}

func TestPostWithoutPermission(t *testing.T) {
	w := newWorld(t, nil)
	w.lookUp(ben, general, "Does insurance cover medical massage?")
	w.fake.fail("POST", "^/api/v10/webhooks/", 1, 403, `{"message":"Missing Permissions","code":50013}`)
	w.press(ben, general, "Post publicly")
	w.fake.await("POST", "^/webhooks/")
	got := w.fake.await("POST", "^/webhooks/").Body.(map[string]any)
	if !isPrivate(got) || !strings.Contains(wording(got), "Send Messages") {
		t.Errorf("told: %s", show(got))
	}
}

func TestRatings(t *testing.T) {
	w := newWorld(t, nil)
	w.ask(ana, general, "How long does a session take?")
	w.press(ana, general, "Helpful")
	form := w.press(ben, general, "Not helpful")
	if number(form["type"]) != 9 {
		t.Fatalf("answer: %s, want a form", show(form))
	}
	w.interact(w.interactionFrom(ben, general, discordgo.InteractionModalSubmit, map[string]any{
		"custom_id": form["data"].(map[string]any)["custom_id"],
		// The newer of Discord's shapes for a form.
		"components": []any{map[string]any{"type": 18, "component": map[string]any{"type": 4, "custom_id": "comment", "value": " too short "}}},
	}))
	want := []bot.Rating{{Helpful: true}, {}, {Comment: "too short"}}
	if got := w.journal.rated(); len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("ratings %+v, want %+v", got, want)
	}
	w.journal.mu.Lock()
	w.journal.err = errors.New("disk is full")
	w.journal.mu.Unlock()
	for _, label := range []string{"Helpful", "Not helpful"} {
		if got := w.press(ana, general, label); !strings.Contains(wording(got), "could not keep your vote") {
			t.Errorf("answer: %s", show(got))
		}
	}
	if !strings.Contains(w.log.String(), "disk is full") {
		t.Error("nobody was told")
	}
}

// Buttons that we did not make, or that somebody changed, do nothing.
func TestForgedButtons(t *testing.T) {
	w := newWorld(t, nil)
	w.ask(ana, general, "How long does a session take?")
	id, _, _, _ := component(w.last["components"], "Helpful")
	other := newSigner("another secret")
	for _, forged := range []string{"", "x", "1h:", id[:len(id)-1] + "A", strings.Replace(id, "1h", "1n", 1), "2" + id[1:], id + id, other.id(actHelpful, "t", "r"), strings.Repeat(":", 100)} {
		if forged == id {
			continue
		}
		if got := w.pressOn(w.last, ana, general, forged, ""); !strings.Contains(wording(got), "before a change here") {
			t.Errorf("%q: %s", forged, show(got))
		}
		w.adapter.throttle = newThrottle(time.Now)
	}
	if len(w.journal.rated()) != 0 {
		t.Error("a forged button was counted")
	}
	for _, strange := range []action{actPost, actPrivate, actShow, actAsk, actTopic, actSolved, actNone, 'Z'} {
		got := w.pressOn(w.last, ana, general, w.adapter.ids.id(strange), "value")
		if got == nil {
			t.Errorf("%c: no answer", strange)
		}
		w.adapter.throttle = newThrottle(time.Now)
	}
}
