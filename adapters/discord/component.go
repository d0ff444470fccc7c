package discord

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// rateLimit is how long a rating may take of the three seconds.
const rateLimit = 1500 * time.Millisecond

// component answers a button or a menu.
func (t *turn) component(ctx context.Context) {
	var d componentData
	if !t.read("component", t.in.Data, &d) {
		return
	}
	act, args, ok := t.ids.read(d.CustomID)
	if !ok {
		t.reply(ctx, note(true, "That button is from before a change here, and I cannot tell any more what it was for. Please ask again with /massage ask."))
		return
	}
	p := press{args: args}
	if len(d.Values) > 0 {
		p.value = d.Values[0]
	}
	if wait := t.throttle.wait(t.in.asker(), ""); wait > 0 {
		t.reply(ctx, note(true, pleaseWait(wait)))
		return
	}
	t.press(ctx, act, p)
}

// press is what a component's id and value say.
type press struct {
	args  []string
	value string
}

// arg is the nth argument, or "".
func (p press) arg(n int) string {
	if n < len(p.args) {
		return p.args[n]
	}
	return ""
}

func (t *turn) press(ctx context.Context, act action, p press) {
	thread := p.arg(0)
	switch act {
	case actHelpful:
		t.thank(ctx, bot.Rating{Reply: p.arg(1), Helpful: true})
	case actNot:
		t.missing(ctx, thread, p.arg(1))
	case actNone:
		t.record(ctx, bot.Rating{Reply: p.arg(1)})
		t.replace(ctx, thread, t.noneCard)
	case actShow:
		t.show(ctx, p.arg(1), thread)
	case actAsk:
		t.picked(ctx, p.value, thread)
	case actTopic:
		t.tell(ctx, discordgo.InteractionResponseUpdateMessage, t.questionsCard(knowledge.Topic(p.value), thread))
	case actPost:
		t.post(ctx, p)
	case actPrivate:
		t.private(ctx, p)
	case actSolved:
		t.solved(ctx, p)
	default:
		t.reply(ctx, note(true, "That button does nothing any more. Please ask again with /massage ask."))
	}
}

func (t *turn) reply(ctx context.Context, m message) {
	t.tell(ctx, discordgo.InteractionResponseChannelMessageWithSource, m)
}

// record keeps a rating and reports whether it is kept.
func (t *turn) record(ctx context.Context, r bot.Rating) bool {
	if r.Reply == "" {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, rateLimit)
	defer cancel()
	err := t.rate(ctx, r)
	if err != nil && !errors.Is(err, bot.ErrUnknownReply) {
		t.log.Error("discord: rating could not be kept", "err", err)
	}
	return err == nil
}

// thank keeps a rating and says so, to the one who gave it.
func (t *turn) thank(ctx context.Context, r bot.Rating) {
	if t.record(ctx, r) {
		t.reply(ctx, note(true, "Thank you. That helps to keep the answers right."))
		return
	}
	t.reply(ctx, note(true, "Thank you. I could not keep your vote this time."))
}

// missing keeps the rating and asks what was missing.
func (t *turn) missing(ctx context.Context, thread, reply string) {
	if !t.record(ctx, bot.Rating{Reply: reply}) {
		t.reply(ctx, note(true, "Thank you. I could not keep your vote this time."))
		return
	}
	t.sent(t.first(ctx, response{discordgo.InteractionResponseModal, modal{
		CustomID: t.ids.id(actComment, thread, reply),
		Title:    "Thank you. What was missing?",
		Components: []discordgo.MessageComponent{row(discordgo.TextInput{
			CustomID: "comment", Label: "A few words, nothing personal", Style: discordgo.TextInputParagraph,
			Placeholder: "It did not say how long it takes", MaxLength: 500,
		})},
	}}))
}

// submitted takes the comment.
func (t *turn) submitted(ctx context.Context) {
	var d modalData
	if !t.read("modal", t.in.Data, &d) {
		return
	}
	act, args, ok := t.ids.read(d.CustomID)
	comment := strings.TrimSpace(field{Components: d.Components}.text())
	if ok && act == actComment && comment != "" {
		t.record(ctx, bot.Rating{Reply: press{args: args}.arg(1), Comment: comment})
	}
	t.reply(ctx, note(true, "Thank you. A person reads these."))
}

// show gives the passage that somebody chose.
func (t *turn) show(ctx context.Context, key, thread string) {
	found := t.passages(key)
	if len(found) == 0 {
		t.reply(ctx, gone())
		return
	}
	p := found[0]
	t.answer(ctx, t.inPlace(thread), func(ctx context.Context) func(bool) message {
		r := t.chosen(ctx, p, thread)
		return func(bool) message { return t.card(r, setting{private: t.hidden(thread), thread: thread}) }
	})
}

func gone() message {
	return note(true, "That answer is not here any more, or its review is out of date. Please ask again with /massage ask.")
}

// chosen asks the bot for the passage, so that follow-ups and ratings know of it.
func (t *turn) chosen(ctx context.Context, p knowledge.Passage, thread string) bot.Reply {
	r, err := t.ask(ctx, t.question(p.Title, t.in.asker(), thread))
	same := func(f bot.Found) bool { return f.ID == p.ID }
	if err == nil && r.Kind == bot.Answer && len(r.Passages) == 1 && slices.ContainsFunc(r.Passages, same) {
		return r
	}
	return t.whole(p)
}

// whole is a passage as a reply of its own, which cannot be rated.
func (a *Adapter) whole(ps ...knowledge.Passage) bot.Reply {
	r := bot.Reply{Kind: bot.Answer}
	for _, p := range ps {
		r.Passages = append(r.Passages, bot.Found{Passage: p, Score: 1})
		for _, id := range p.Related {
			if q, ok := a.bot.Passage(id, knowledge.Public); ok {
				r.Suggestions = append(r.Suggestions, q.Title)
			}
		}
	}
	return r
}

// hidden reports whether what we send now is for the presser alone: in a channel
// it is, unless the message is the one that answers them.
func (t *turn) hidden(thread string) bool {
	return t.in.public() && (t.ephemeral() || thread != t.thread())
}

func (t *turn) ephemeral() bool { return t.in.Message.Flags&discordgo.MessageFlagsEphemeral != 0 }

// inPlace changes the message with the button, if that is the presser's own;
// for everybody else the answer is a new one.
func (t *turn) inPlace(thread string) manner {
	if t.ephemeral() || !t.in.public() || thread == t.thread() {
		return asUpdate
	}
	return asMessage
}

// replace shows a card in place of the message, or to the presser alone.
func (t *turn) replace(ctx context.Context, thread string, card func(private bool) message) {
	t.tell(ctx, t.inPlace(thread).now, card(t.hidden(thread)))
}

// picked answers the choice from a menu of questions: a new message, for the
// picker alone where others are.
func (t *turn) picked(ctx context.Context, value, thread string) {
	own := t.thread()
	if key, ok := strings.CutPrefix(value, "p"); ok {
		found := t.passages(key)
		if len(found) == 0 {
			t.reply(ctx, gone())
			return
		}
		how := asMessage
		if t.ephemeral() {
			how = asUpdate
		}
		t.answer(ctx, how, func(ctx context.Context) func(bool) message {
			r := t.chosen(ctx, found[0], own)
			s := setting{private: t.in.public(), thread: own, post: t.in.public()}
			return func(bool) message { return t.card(r, s) }
		})
		return
	}
	if text, ok := strings.CutPrefix(value, "q"); ok {
		t.consult(ctx, inquiry{text: text, private: true, thread: own})
		return
	}
	t.reply(ctx, gone())
}
