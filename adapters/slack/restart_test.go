package slack

import (
	"strings"
	"testing"
)

// TestAnotherReplicaGoesOn has one replica answer and another, which knows
// nothing of it, follow the thread, the edits and the deletion.
func TestAnotherReplicaGoesOn(t *testing.T) {
	f, first, send := inWorkspace(t, nil)
	_, m := f.asks(send, "what should I wear to a session?")
	first.idle()
	if len(f.said("CDESK")) != 1 {
		t.Fatal("no reply to begin with")
	}

	second := adapter(t, f, nil)
	send = f.byHTTP(serve(t, second))
	s := &story{t: t, f: f, a: second, send: send, typed: m, in: "CDESK", root: m.TS}
	s.write("UMARIA", "CDESK", m.TS, "should I eat before a massage?")
	second.idle()
	if said := f.said("CDESK"); len(said) != 2 || said[1].Thread != m.TS {
		t.Fatalf("the thread is not followed by another replica: %d messages", len(said))
	}

	third := adapter(t, f, nil)
	s.a, s.send, s.typed = third, f.byHTTP(serve(t, third)), m
	s.edit("@massagefaq can I pay with my HSA or FSA?")
	third.idle()
	if said := f.said("CDESK"); len(said) != 2 || !strings.Contains(see(said[0].Blocks), "HSA") {
		t.Errorf("the reply of another replica is not edited:\n%s", see(said[0].Blocks))
	}
	s.remove()
	third.idle()
	if said := f.said("CDESK"); len(said) != 1 {
		t.Errorf("the reply of another replica is not removed: %d messages", len(said))
	}
}

// TestQuietOutlastsARestart has someone tell the bot to be quiet.
func TestQuietOutlastsARestart(t *testing.T) {
	f, first, send := inWorkspace(t, nil)
	_, m := f.asks(send, "what should I wear to a session?")
	s := &story{t: t, f: f, a: first, send: send, in: "CDESK", root: m.TS}
	s.write("USAM", "CDESK", m.TS, "please be quiet")
	first.idle()
	second := adapter(t, f, nil)
	s.a, s.send = second, f.byHTTP(serve(t, second))
	s.write("UMARIA", "CDESK", m.TS, "should I eat before a massage?")
	second.idle()
	if said := f.said("CDESK"); len(said) != 2 {
		t.Errorf("%d messages, want the answer and the promise to be quiet", len(said))
	}
}

// TestDirectMessagesWithoutPanel are answered at the top level, and edited by a
// replica that knows nothing of them.
func TestDirectMessagesWithoutPanel(t *testing.T) {
	f := newFakeSlack(t)
	f.scopes = "chat:write"
	a := adapter(t, f, nil)
	s := &story{t: t, f: f, a: a, send: f.byHTTP(serve(t, a))}
	s.write("UMARIA", "DMARIA", "", "what should I wear to a session?")
	a.idle()
	said := f.said("DMARIA")
	if len(said) != 1 || said[0].Thread != "" || f.count("assistant.threads.setStatus") != 0 {
		t.Fatalf("answered with %+v", said)
	}
	other := adapter(t, f, nil)
	s.a, s.send = other, f.byHTTP(serve(t, other))
	s.edit("should I eat before a massage?")
	other.idle()
	if said := f.said("DMARIA"); len(said) != 1 || !strings.Contains(see(said[0].Blocks), "light meal") {
		t.Errorf("not edited: %s", see(said[0].Blocks))
	}
}

// TestThreadsOfOthersAreLookedUpOnce keeps a busy channel from costing a call for
// each message.
func TestThreadsOfOthersAreLookedUpOnce(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	m := f.types("USAM", "CDESK", "", "who has the keys?")
	s := &story{t: t, f: f, a: a, send: send}
	for range 5 {
		s.write("UMARIA", "CDESK", m.TS, "do you have them?")
	}
	a.idle()
	if n := f.count("conversations.replies"); n != 1 {
		t.Errorf("%d look-ups of one thread", n)
	}
	if len(f.said("CDESK")) != 0 {
		t.Error("spoke unaddressed")
	}
}
