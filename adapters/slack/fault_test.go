package slack

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// inWorkspace is an adapter by HTTP in a fresh workspace.
func inWorkspace(t *testing.T, change func(*Config)) (*fakeSlack, *Adapter, deliver) {
	t.Helper()
	f := newFakeSlack(t)
	a := adapter(t, f, change)
	return f, a, f.byHTTP(serve(t, a))
}

func TestRateLimitIsObeyed(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	f.fail("chat.postMessage", fault{status: http.StatusTooManyRequests, after: "1"})
	start := time.Now()
	f.asks(send, "what should I wear to a session?")
	f.await("chat.postMessage", 1)
	// A second reply must wait too, though nobody has told it to.
	m := f.types("UMARIA", "CHELP", "", "<@"+fakeBot+"> should I eat before a massage?")
	send(eventsAPI, f.callbackFor(f.messageEvents("CHELP", m)[1]))
	a.idle()
	if took := time.Since(start); took < time.Second {
		t.Errorf("posted again after %v, Slack asked for a second", took)
	}
	if n := f.count("chat.postMessage"); n != 3 {
		t.Errorf("%d calls for two replies and one refusal, want 3", n)
	}
	if len(f.said("CDESK")) != 1 || len(f.said("CHELP")) != 1 {
		t.Error("a reply was lost")
	}
}

func TestRateLimitOfHoursGivesUp(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	f.fail("chat.postMessage", fault{status: http.StatusTooManyRequests, after: "7200"})
	f.asks(send, "what should I wear to a session?")
	a.idle()
	if n := f.count("chat.postMessage"); n != 1 {
		t.Errorf("%d calls", n)
	}
}

func TestServerErrors(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	f.fail("chat.postMessage", fault{status: 500}, fault{status: 503}, fault{hangUp: true})
	f.fail("users.info", fault{status: 502})
	f.asks(send, "what should I wear to a session?")
	a.idle()
	if len(f.said("CDESK")) != 1 {
		t.Error("the reply was lost to errors that pass")
	}
	f.fail("chat.postMessage", fault{status: 500}, fault{status: 500}, fault{status: 500}, fault{status: 500}, fault{status: 500})
	f.asks(send, "should I eat before a massage?")
	a.idle()
	if n := f.count("chat.postMessage"); n != 4+attempts {
		t.Errorf("%d calls in all, want the second question to give up after %d", n, attempts)
	}
}

// TestSlowSlack has Slack take its time after it has posted: the reply is not
// posted a second time.
func TestSlowSlack(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	a.calls.client.Timeout = time.Second
	f.fail("chat.postMessage", fault{posted: true, delay: patience, status: 200})
	f.asks(send, "what should I wear to a session?")
	a.idle()
	a.calls.client.Timeout = attemptTimeout
	if n := f.count("chat.postMessage"); n != 1 {
		t.Errorf("%d calls, want 1: the first may have been posted", n)
	}
	f.asks(send, "should I eat before a massage?")
	a.idle()
	if n := len(f.said("CDESK")); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
}

// TestWhatCannotBeFoundOut has the look-ups fail: whoever it is sees public
// answers only.
func TestWhatCannotBeFoundOut(t *testing.T) {
	for method, question := range map[string]string{"users.info": "account", "conversations.info": "channel", "conversations.members": "guests"} {
		f, a, send := inWorkspace(t, nil)
		f.fail(method, fault{err: "internal_error"}, fault{err: "internal_error"}, fault{err: "internal_error"})
		f.asks(send, "which CPT code goes on the claim?")
		a.idle()
		said := f.said("CDESK")
		if len(said) != 1 || strings.Contains(see(said[0].Blocks), "97140") || !strings.Contains(see(said[0].Blocks), question) {
			t.Errorf("%s fails: %s", method, see(said[0].Blocks))
		}
	}
}

func TestBotThatCannotAnswer(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	a.bot = openBot(t, nil)
	a.bot.Close()
	f.asks(send, "what should I wear to a session?")
	send(slash, f.slashCommand("UMARIA", "CDESK", "what should I wear to a session?"))
	a.idle()
	for _, method := range []string{"chat.postMessage", "response_url"} {
		c := f.await(method, 1)
		text := see(c.Args["blocks"])
		if !strings.Contains(text, "Something went wrong on my side") || !strings.Contains(text, "Ask a colleague") || strings.Contains(text, "index") {
			t.Errorf("%s shows:\n%s", method, text)
		}
	}
}

func TestPanicHarmsNobodyElse(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	a.do("lane", "test", nil)
	a.do("T1/CDESK", "test", nil)
	f.asks(send, "what should I wear to a session?")
	f.await("chat.postMessage", 1)
}

func TestFormTellsWhatIsWrong(t *testing.T) {
	for refusal, want := range map[string]string{
		"not_in_channel": "/invite", "is_archived": "archived", "restricted_action": "rules", "fatal_error": "try again",
	} {
		f, _, send := inWorkspace(t, nil)
		m := f.types("USAM", "CDESK", "", "what should I wear to a session?")
		send(interactive, f.messageShortcut("UMARIA", "CDESK", m))
		f.await("views.open", 1)
		f.fail("chat.postMessage", fault{err: refusal})
		v := f.views[f.screen]
		answer := send(interactive, f.submit("UMARIA", v, map[string]any{inputBlock(v, wordingBlock): map[string]any{"value": "text"}}))
		if !strings.Contains(string(answer), want) || !strings.Contains(string(answer), `"response_action":"errors"`) {
			t.Errorf("%s: the form says %s", refusal, answer)
		}
	}
}

// TestFormInTime has Slack be slow to post: the form closes within its three
// seconds, and the writer is told when it fails in the end.
func TestFormInTime(t *testing.T) {
	f, a, send := inWorkspace(t, nil)
	m := f.types("USAM", "CDESK", "", "what should I wear to a session?")
	send(interactive, f.messageShortcut("UMARIA", "CDESK", m))
	f.await("views.open", 1)
	a.calls.client.Timeout = 2 * formTime
	f.fail("chat.postMessage", fault{delay: patience, status: 500})
	v := f.views[f.screen]
	answer := send(interactive, f.submit("UMARIA", v, map[string]any{inputBlock(v, wordingBlock): map[string]any{"value": "text"}}))
	if len(answer) > 0 {
		t.Errorf("the form answers %s", answer)
	}
	if told := f.await("chat.postMessage", 2); str(told.Args, "channel") != "UMARIA" || !strings.Contains(str(told.Args, "text"), "could not post") {
		t.Errorf("told with %v", told.Args)
	}
}

func TestHelpChannelClosed(t *testing.T) {
	f, a, send := inWorkspace(t, func(c *Config) { c.HelpChannel = "COUT" })
	send(slash, f.slashCommand("UMARIA", "CDESK", "quantum chromodynamics lattice"))
	a.idle()
	_, m := (&story{t: t, f: f}).newest("Ask a colleague")
	for range 2 {
		send(interactive, f.press("UMARIA", "CDESK", m, "Ask a colleague"))
		a.idle()
	}
	for n := 2; n <= 3; n++ {
		if c := f.await("response_url", n); !strings.Contains(str(c.Args, "text"), "could not post in the help channel") {
			t.Errorf("answer %d: %s", n, c.Args["text"])
		}
	}
}
