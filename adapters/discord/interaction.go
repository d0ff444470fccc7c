package discord

import (
	"context"
	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// event takes what the gateway delivers. Each is dealt with by itself: one that
// cannot be read, or that fails, leaves the others alone.
func (a *Adapter) event(ctx context.Context, kind string, data json.RawMessage) {
	switch kind {
	case "READY":
		a.log.Info("discord: connected")
	case "INTERACTION_CREATE":
		var in interaction
		if a.read(kind, data, &in) {
			a.begin(ctx, kind, func(ctx context.Context) {
				a.interact(ctx, &in, func(ctx context.Context, r response) error { return a.rest.respond(ctx, &in, r) })
			})
		}
	case "MESSAGE_CREATE":
		var m incoming
		if a.read(kind, data, &m) {
			a.message(ctx, &m)
		}
	case "MESSAGE_UPDATE":
		var m incoming
		if a.read(kind, data, &m) {
			a.editing(ctx, &m)
		}
	case "MESSAGE_DELETE", "MESSAGE_DELETE_BULK":
		var d removal
		if a.read(kind, data, &d) {
			a.begin(ctx, kind, func(ctx context.Context) { a.deleted(ctx, &d) })
		}
	}
}

func (a *Adapter) read(kind string, data json.RawMessage, into any) bool {
	if err := json.Unmarshal(data, into); err != nil {
		a.log.Warn("discord: event cannot be read", "kind", kind, "err", err)
		return false
	}
	return true
}

// A turn is one interaction being answered.
type turn struct {
	*Adapter
	in    *interaction
	first func(context.Context, response) error // sends the answer, once; what follows goes by REST
}

// interact answers an interaction, from whichever transport.
func (a *Adapter) interact(ctx context.Context, in *interaction, first func(context.Context, response) error) {
	if in.ID == "" || in.Token == "" || in.asker() == "" {
		return
	}
	if again, _ := a.seen.ContainsOrAdd(in.ID, true); again {
		return
	}
	t := &turn{a, in, first}
	switch in.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		t.complete(ctx)
	case discordgo.InteractionApplicationCommand:
		t.command(ctx)
	case discordgo.InteractionMessageComponent:
		t.component(ctx)
	case discordgo.InteractionModalSubmit:
		t.submitted(ctx)
	}
}

func (t *turn) thread() string { return threadOf(t.in.ChannelID, t.in.asker()) }

// command answers a slash command or a context menu.
func (t *turn) command(ctx context.Context) {
	var d commandData
	if !t.read("command", t.in.Data, &d) {
		return
	}
	if d.Type == discordgo.MessageApplicationCommand {
		t.lookUp(ctx, d)
		return
	}
	for _, sub := range d.Options {
		switch sub.Name {
		case "ask":
			text, private := find[string](sub.Options, "question"), find[bool](sub.Options, "private")
			t.consult(ctx, inquiry{text: text, private: private})
			return
		case "topics":
			t.tell(ctx, discordgo.InteractionResponseChannelMessageWithSource, t.topicsCard())
			return
		}
	}
	t.tell(ctx, discordgo.InteractionResponseChannelMessageWithSource, t.aboutCard(t.in.public()))
}

// lookUp answers "Find an FAQ answer" on somebody's message, for the one who chose
// it alone.
func (t *turn) lookUp(ctx context.Context, d commandData) {
	text := said(d.Resolved.Messages[d.TargetID].Content)
	if text == "" {
		t.tell(ctx, discordgo.InteractionResponseChannelMessageWithSource, note(true, "That message has no text that I could look up."))
		return
	}
	t.consult(ctx, inquiry{text: text, private: true, post: true, about: d.TargetID})
}

// An inquiry is a question on its way to the bot.
type inquiry struct {
	text    string
	private bool   // for the asker's eyes only
	post    bool   // and perhaps for everybody's after that
	about   string // id of the message that it is about, or ""
	thread  string // the conversation; "" is that of the person in the channel
}

// consult asks the bot and answers.
func (t *turn) consult(ctx context.Context, q inquiry) {
	if q.thread == "" {
		q.thread = t.thread()
	}
	shared := ""
	if t.in.public() && !q.private {
		shared = t.in.ChannelID
	}
	wait := t.throttle.wait(t.in.asker(), shared)
	t.answer(ctx, asMessage, func(ctx context.Context) func(bool) message {
		r, err := t.ask(ctx, t.question(q.text, t.in.asker(), q.thread))
		switch {
		case err != nil:
			t.log.Error("discord: question could not be answered", "err", err)
			return t.sorry
		case wait > 0 && r.Kind != bot.Urgent: // danger is never told to wait
			return func(bool) message { return note(true, pleaseWait(wait)) }
		}
		return func(deferred bool) message { return t.card(r, t.setting(q, r, deferred)) }
	})
}

// setting decides who sees the answer. In a direct message there is nobody else.
// In a channel, everybody sees an answer, unless it was asked for privately or
// tells of somebody's health; whatever is no answer only the asker sees.
func (t *turn) setting(q inquiry, r bot.Reply, deferred bool) setting {
	s := setting{thread: q.thread, about: q.about}
	if !t.in.public() {
		s.private = deferred
		return s
	}
	intimate := isPersonal(q.text, r)
	s.private = q.private || deferred || intimate || r.Kind != bot.Answer
	s.post = s.private && !intimate && (q.post || deferred && !q.private)
	return s
}

// isPersonal reports whether question or reply tell of somebody's own health.
func isPersonal(text string, r bot.Reply) bool {
	if personal(text) {
		return true
	}
	for _, p := range r.Passages {
		if p.Care && mentionsSelf(text) {
			return true
		}
	}
	return false
}

// complete offers questions while somebody types.
func (t *turn) complete(ctx context.Context) {
	var d commandData
	if !t.read("autocomplete", t.in.Data, &d) || len(d.Options) == 0 {
		return
	}
	typed := find[string](d.Options[0].Options, "question")
	list := choices{Choices: []choice{}}
	for _, p := range t.offers(ctx, typed) {
		list.Choices = append(list.Choices, choice{clip(p.Title, maxOption), clip(p.Title, maxOption)})
	}
	t.sent(t.first(ctx, response{discordgo.InteractionApplicationCommandAutocompleteResult, list}))
}

// offers are the questions that somebody may mean who typed this much; before
// anything is typed, the first of each topic.
func (t *turn) offers(ctx context.Context, typed string) []knowledge.Passage {
	if typed != "" {
		return t.bot.Suggest(ctx, typed, knowledge.Public, maxOptions)
	}
	var out []knowledge.Passage
	seen := map[knowledge.Topic]bool{}
	for _, p := range t.bot.Passages(knowledge.Public) {
		if !seen[p.Topic] && len(out) < maxOptions {
			seen[p.Topic] = true
			out = append(out, p)
		}
	}
	return out
}
