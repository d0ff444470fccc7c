package slack

import (
	"context"
	"encoding/json"
	"errors"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// act does what a button says.
func (a *Adapter) act(ctx context.Context, i *interaction, act action) error {
	if i.View.Type == "home" {
		switch family(act.ID) {
		case actAsk, actPick, actHomeSearch, actHomeTopic, actHomeShow, actHomeBack:
			return a.homeAct(ctx, i, act)
		}
	}
	switch family(act.ID) {
	case actAsk:
		return a.askAgain(ctx, i, act.Value)
	case actPick:
		return a.pick(ctx, i, act.Value)
	case actAlone:
		m, err := a.privately(ctx, act.Value, i.Team.ID, i.Channel.ID, i.User.ID)
		return errors.Join(a.tell(ctx, i.ResponseURL, m, whisper), err)
	case actShare:
		return a.share(ctx, i, act.Value)
	case actCopy:
		return a.copyText(ctx, i, act.Value)
	case actHelpful:
		return a.helpful(ctx, i, act.Value)
	case actUnhelpful:
		return a.unhelpful(ctx, i, act.Value)
	case actColleague:
		return a.colleague(ctx, i, act.Value)
	case actFindSearch, actFindPick:
		return a.findAgain(ctx, i, act)
	}
	a.log.Debug("slack button we do not know", "action", family(act.ID))
	return nil
}

// place is the conversation that a button stands in, as a question of its user.
func (i *interaction) place(text string) question {
	return question{
		team:    i.Team.ID,
		channel: i.Channel.ID,
		user:    i.User.ID,
		ts:      i.Container.MessageTS,
		root:    i.Container.ThreadTS,
		text:    text,
		direct:  direct(i.Channel.ID),
		mention: true,
	}
}

// askAgain answers a related question below the message with its button.
func (a *Adapter) askAgain(ctx context.Context, i *interaction, text string) error {
	if i.Container.Ephemeral {
		m, err := a.privately(ctx, text, i.Team.ID, i.Channel.ID, i.User.ID)
		return errors.Join(a.tell(ctx, i.ResponseURL, m, whisper), err)
	}
	self, err := a.whoami(ctx)
	if err != nil {
		return err
	}
	q := i.place(text)
	m, _, asking := a.consider(ctx, q, self)
	q.ts = "" // nobody's message: there is nothing to edit it with
	if q.root == "" && !(q.direct && !self.panel) {
		q.root = i.Container.MessageTS
	}
	_, err = a.post(ctx, q, self, m, replied)
	return errors.Join(err, asking)
}

// pick puts the answer in the place of the choices.
func (a *Adapter) pick(ctx context.Context, i *interaction, text string) error {
	if i.Container.Ephemeral {
		m, err := a.privately(ctx, text, i.Team.ID, i.Channel.ID, i.User.ID)
		return errors.Join(a.tell(ctx, i.ResponseURL, m, replace), err)
	}
	self, err := a.whoami(ctx)
	if err != nil {
		return err
	}
	m, _, asking := a.consider(ctx, i.place(text), self)
	return errors.Join(a.tell(ctx, i.ResponseURL, m, replace), asking)
}

// share posts an answer for everyone in the channel, as far as everyone there
// may see it.
func (a *Adapter) share(ctx context.Context, i *interaction, value string) error {
	v := a.audience(ctx, i.User.ID, i.Channel.ID, everyone)
	s, ps := a.recall(value, v.audience)
	if len(ps) == 0 {
		text := "That answer has changed. Please ask again."
		if v.reason != "" {
			text = "I did not share it, since it is for staff only. " + v.reason
		}
		return a.say(ctx, i, text)
	}
	m := a.render(bot.Reply{ID: s.Reply, Kind: bot.Answer, Text: joined(ps), Passages: ps}, look{})
	name := "a colleague"
	if p, err := a.person(ctx, i.User.ID); err == nil && p.name != "" {
		name = p.name
	}
	m.blocks = append(m.blocks, small("Shared by "+plain(name)))
	if err := a.tell(ctx, i.ResponseURL, m, aloud); err != nil {
		return err
	}
	const done = "Shared in the channel."
	return a.tell(ctx, i.ResponseURL, message{done, []slackgo.Block{small(done)}}, replace)
}

// recall finds the passages that a button remembers and the audience may see.
func (a *Adapter) recall(value string, audience knowledge.Audience) (shown, []bot.Found) {
	var s shown
	var ps []bot.Found
	if json.Unmarshal([]byte(value), &s) != nil {
		return s, nil
	}
	for _, id := range s.Passages {
		if p, ok := a.bot.Passage(id, audience); ok {
			ps = append(ps, bot.Found{Passage: p})
		}
	}
	return s, ps
}

// joined is the text of the passages, with their titles if there are several.
func joined(ps []bot.Found) string {
	var text string
	for n, p := range ps {
		if n > 0 {
			text += "\n\n"
		}
		if len(ps) > 1 {
			text += "**" + knowledge.Escape(p.Title) + "**\n\n"
		}
		text += p.Text
	}
	return text
}

// copyText opens the public part of an answer as plain text with its link, to be
// copied into a mail or a text message.
func (a *Adapter) copyText(ctx context.Context, i *interaction, value string) error {
	_, ps := a.recall(value, knowledge.Public)
	if len(ps) == 0 {
		return a.say(ctx, i, "That answer has changed. Please ask again.")
	}
	v := modal("Copy for a client", "Done", "copy", []slackgo.Block{
		field("text", "Select all, then copy", a.clientText(ps), true),
		small("Public wording only. Nothing is sent from here."),
	})
	_, err := a.api.OpenViewContext(ctx, i.TriggerID, v)
	return err
}

// clientText is passages as one would mail them.
func (a *Adapter) clientText(ps []bot.Found) string {
	var text string
	for _, p := range ps {
		if text != "" {
			text += "\n\n"
		}
		if len(ps) > 1 {
			text += p.Title + "\n"
		}
		text += knowledge.Plain(p.Text)
		if u := a.link(p.Passage); u != "" {
			text += "\n\nMore: " + u
		}
	}
	if name := a.bot.Practice().Name; name != "" {
		text += "\n\n" + name
	}
	return text
}

// modal is a form.
func modal(title, submit, id string, blocks []slackgo.Block) slackgo.ModalViewRequest {
	v := slackgo.ModalViewRequest{
		Type:       slackgo.VTModal,
		Title:      label(shorten(title, maxTitle)),
		Close:      label("Close"),
		CallbackID: id,
		Blocks:     slackgo.Blocks{BlockSet: blocks[:min(len(blocks), maxViewBlocks)]},
	}
	if submit != "" {
		v.Submit = label(submit)
	}
	return v
}

// say tells the person who used a button something, for their eyes only. The
// Home tab has no messages, so that a small window says it.
func (a *Adapter) say(ctx context.Context, i *interaction, text string) error {
	if i.ResponseURL != "" {
		return a.tell(ctx, i.ResponseURL, message{text, sections(text)}, whisper)
	}
	_, err := a.api.OpenViewContext(ctx, i.TriggerID, modal("massagefaq", "", "said", sections(text)))
	return err
}
