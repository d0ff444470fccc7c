package slack

import (
	"context"
	"errors"
	"net/url"
	"strings"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
)

// command answers "/massage question", for the asker's eyes only.
func (a *Adapter) command(ctx context.Context, c command) error {
	text, _, _ := spoken(event{Text: c.Text}, "")
	if howto.MatchString(text) {
		return a.tell(ctx, c.ResponseURL, howTo(), whisper)
	}
	m, err := a.privately(ctx, text, c.TeamID, c.ChannelID, c.UserID)
	if sendErr := a.tell(ctx, c.ResponseURL, m, whisper); sendErr != nil {
		return sendErr
	}
	return err
}

// privately asks the bot on behalf of someone who alone sees the reply. With an
// error comes an apology to show.
func (a *Adapter) privately(ctx context.Context, text, team, channel, user string) (message, error) {
	v := a.audience(ctx, user, channel, onlyAsker)
	l := look{question: text, limits: v, private: true}
	r, err := a.bot.Ask(ctx, bot.Question{
		Text:     text,
		Asker:    lane(team, user),
		Thread:   lane(team, channel, user),
		Channel:  bot.Slack,
		Audience: v.audience,
	})
	if err != nil {
		return a.apology(l), err
	}
	return a.render(r, l), nil
}

// manner is how a message is sent to a response address.
type manner int

const (
	whisper manner = iota // a new message that only the person sees
	aloud                 // a new message for all in the channel
	replace               // instead of the message with the button
)

// tell sends a message to the response address of a command or a button. Slack
// takes up to five within half an hour.
func (a *Adapter) tell(ctx context.Context, responseURL string, m message, how manner) error {
	if !a.trusted(responseURL) {
		return errors.New("slack gave no response address of its own")
	}
	options := m.options()
	switch how {
	case whisper:
		options = append(options, slackgo.MsgOptionResponseURL(responseURL, slackgo.ResponseTypeEphemeral))
	case aloud:
		options = append(options, slackgo.MsgOptionResponseURL(responseURL, slackgo.ResponseTypeInChannel))
	case replace:
		options = append(options, slackgo.MsgOptionReplaceOriginal(responseURL))
	}
	_, _, err := a.api.PostMessageContext(ctx, "", options...)
	return err
}

// trusted reports whether a response address is Slack's.
func (a *Adapter) trusted(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	if own, err := url.Parse(a.cfg.APIURL); err == nil && a.cfg.APIURL != "" {
		return u.Host == own.Host
	}
	return u.Scheme == "https" && (u.Host == "slack.com" || strings.HasSuffix(u.Host, ".slack.com"))
}
