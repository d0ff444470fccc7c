package discord

import (
	"context"
	"sync"
	"sync/atomic"
)

// keepGiven is for how many messages we remember our reply, for when they are
// edited or deleted. After a restart, the older ones are left as they are.
const keepGiven = 2000

// given is our reply to a message. It is locked while the reply is being made, so
// that an edit or a deletion that comes meanwhile finds it.
type given struct {
	sync.Mutex
	id     string                   // of the reply; "" for silence
	text   string                   // gist of the message it answers
	latest atomic.Pointer[incoming] // the message as last edited, in the order of events
}

// giving is the reply that is about to be made, locked.
func (a *Adapter) giving(messageID string) *given {
	g := &given{}
	g.Lock()
	a.given.Add(messageID, g)
	return g
}

// gist stands for what a message says, so that it need not be kept.
func gist(m *incoming) string { return digest(16, "gist", said(m.Content)) }

// editing notes the newest state of a message that we answered, and has the
// answer changed to it. It is called in the order of events; what it begins is
// not.
func (a *Adapter) editing(ctx context.Context, m *incoming) {
	g, ok := a.given.Get(m.ID)
	if !ok || !human(m, a.self()) {
		return
	}
	g.latest.Store(m)
	a.begin(ctx, "edit", func(ctx context.Context) { a.edited(ctx, g) })
}

// edited answers a changed question by changing the answer. Discord also sends
// an update when it adds a preview, which changes nothing.
func (a *Adapter) edited(ctx context.Context, g *given) {
	g.Lock()
	defer g.Unlock()
	if m := g.latest.Load(); said(m.Content) != "" && g.text != gist(m) {
		a.answerTo(ctx, m, g)
	}
}

// removal is the deletion of one message or of several.
type removal struct {
	ID        string   `json:"id"`
	IDs       []string `json:"ids"`
	ChannelID string   `json:"channel_id"`
	GuildID   string   `json:"guild_id"`
}

// deleted takes back what we said to a message that is gone: whoever deletes a
// question does not want to be seen with the answer.
func (a *Adapter) deleted(ctx context.Context, d *removal) {
	for _, id := range append(d.IDs, d.ID) {
		if g, ok := a.given.Get(id); ok {
			a.given.Remove(id)
			a.takeBack(ctx, d, g)
		}
	}
}

func (a *Adapter) takeBack(ctx context.Context, d *removal, g *given) {
	g.Lock()
	defer g.Unlock()
	if g.id == "" {
		return
	}
	if err := a.rest.remove(ctx, d.ChannelID, g.id); code(err) != unknownMessage {
		a.sentTo(&incoming{ChannelID: d.ChannelID, GuildID: d.GuildID}, err)
	}
}
