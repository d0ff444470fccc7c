package discord

import (
	"net/http"
	"slices"
	"testing"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"
)

// A goodbye at the end tells Discord that the bot is gone, after what was under
// way is answered.
func TestStop(t *testing.T) {
	w := prepare(t, nil)
	asked, release := make(chan bool), make(chan bool)
	w.holdAsk(asked, release)
	w.run()
	in := w.interactionFrom(ana, general, discordgo.InteractionApplicationCommand, slash("ask", opt("question", "How long does a session take?")))
	w.fake.emit("INTERACTION_CREATE", in)
	<-asked
	w.stop()
	w.fake.until("a goodbye", func() bool { return slices.Contains(w.fake.goodbyes, 1000) })
	close(release)
	w.fake.await("POST", "/callback")
	if err := w.result(); err != nil {
		t.Errorf("Run = %v", err)
	}
}

// Nothing is left behind when Run has ended.
func TestNoLeaks(t *testing.T) {
	w := prepare(t, nil)
	before := goleak.IgnoreCurrent()
	w.fake.shards = 2
	w.start()
	w.fake.connected(2)
	w.ask(ana, general, "How long does a session take?")
	w.fake.drop()
	w.fake.until("connections after a cut", func() bool { return w.fake.connections >= 4 })
	w.fake.connected(2)
	if err := w.end(); err != nil {
		t.Errorf("Run = %v", err)
	}
	w.fake.until("the gateway empty", func() bool { return len(w.fake.peers) == 0 })
	w.fake.server.Close()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	goleak.VerifyNone(t, before)
}
