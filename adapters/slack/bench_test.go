package slack

import "testing"

// BenchmarkMention is a question in a channel, from Slack's signed request until
// the reply has been posted; Slack's own time and the network's come on top.
func BenchmarkMention(b *testing.B) {
	f := newFakeSlack(b)
	a := adapter(b, f, nil)
	send := f.byHTTP(serve(b, a))
	for b.Loop() {
		f.asks(send, "what should I wear to a session?")
		a.idle()
		f.mu.Lock()
		f.calls, f.channels["CDESK"].messages = nil, nil
		f.mu.Unlock()
	}
}

// BenchmarkRender is the form of a reply alone.
func BenchmarkRender(b *testing.B) {
	a := adapter(b, newFakeSlack(b), nil)
	r := replies()["answer"]
	for b.Loop() {
		a.render(r, look{question: "what to wear"})
	}
}
