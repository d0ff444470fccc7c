package slack

import (
	"context"
	"errors"
	"strings"

	slackgo "github.com/slack-go/slack"
)

// colleague posts a question in the help channel, for people to answer.
func (a *Adapter) colleague(ctx context.Context, i *interaction, text string) error {
	said, err := a.askColleague(ctx, i, text)
	return errors.Join(a.say(ctx, i, said), err)
}

// askColleague posts the question, and returns what to tell the asker.
func (a *Adapter) askColleague(ctx context.Context, i *interaction, text string) (string, error) {
	p, err := a.person(ctx, i.User.ID)
	if err != nil || !p.member {
		return "Only full members of this workspace can ask in the help channel.", err
	}
	key := "colleague/" + i.Channel.ID + "/" + i.Container.MessageTS + "/" + i.User.ID
	if !a.seen.first(key, struct{}{}) {
		return "Your question is in the help channel already.", nil
	}
	place := "a direct message"
	switch {
	case i.Channel.ID == "":
		place = "the Home tab"
	case !direct(i.Channel.ID):
		place = "<#" + i.Channel.ID + ">"
	}
	blocks := []slackgo.Block{
		slackgo.NewSectionBlock(markup("*"+plain(p.name)+"* asks, from "+place+":"), nil, nil),
		note("", text),
	}
	if u := a.permalink(ctx, i); u != "" {
		blocks = append(blocks, small("<"+u+"|Go to the thread>"))
	}
	m := message{plain(p.name) + " asks: " + plain(shorten(text, 200)), blocks}
	if _, _, err := a.api.PostMessageContext(ctx, a.cfg.HelpChannel, m.options()...); err != nil {
		a.seen.drop(key)
		return "I could not post in the help channel. Ask whoever runs me to check that I am a member of it.", err
	}
	if strings.ContainsRune("CG", rune(a.cfg.HelpChannel[0])) {
		return "Posted in <#" + a.cfg.HelpChannel + ">.", nil
	}
	return "Posted in the help channel.", nil
}

// permalink is the address of the message with the button, empty for one that
// only its user sees.
func (a *Adapter) permalink(ctx context.Context, i *interaction) string {
	if i.Container.Ephemeral || i.Container.MessageTS == "" {
		return ""
	}
	u, err := a.api.GetPermalinkContext(ctx, &slackgo.PermalinkParameters{Channel: i.Channel.ID, Ts: i.Container.MessageTS})
	if err != nil {
		a.log.Debug("slack permalink not had", "err", err)
		return ""
	}
	return linkTarget(u)
}
