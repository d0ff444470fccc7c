package slack

import (
	"context"
	"errors"
	"strings"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
)

// reasons are what may be wrong with an answer.
var reasons = []string{"It is wrong", "It is out of date", "It is not what I asked", "It is hard to understand", "Something is missing"}

// helpful rates a reply and says thank you.
func (a *Adapter) helpful(ctx context.Context, i *interaction, reply string) error {
	return a.rated(ctx, i, bot.Rating{Reply: reply, Helpful: true}, "Thank you, noted.")
}

// unhelpful rates a reply, and asks what is wrong with it. The rating counts
// also if the form is closed.
func (a *Adapter) unhelpful(ctx context.Context, i *interaction, reply string) error {
	var options []*slackgo.OptionBlockObject
	for _, r := range reasons {
		options = append(options, slackgo.NewOptionBlockObject(r, label(r), nil))
	}
	what := slackgo.NewInputBlock("reason", label("What is wrong with it?"), nil, slackgo.NewRadioButtonsBlockElement("reason", options...)).WithOptional(true)
	v := modal("Not helpful", "Send", "why", []slackgo.Block{
		what,
		field("comment", "In your words", "", true).WithOptional(true),
		small("Whoever keeps the answers reads this. Leave out names and health details of clients."),
	})
	v.PrivateMetadata = reply
	_, openErr := a.api.OpenViewContext(ctx, i.TriggerID, v)
	return errors.Join(openErr, a.rated(ctx, i, bot.Rating{Reply: reply}, ""))
}

// rated records a rating and says thanks, if there is something to say.
func (a *Adapter) rated(ctx context.Context, i *interaction, r bot.Rating, thanks string) error {
	err := a.bot.Rate(ctx, r)
	switch {
	case errors.Is(err, bot.ErrUnknownReply):
		thanks, err = "I no longer remember that answer, so I could not note it.", nil
	case err != nil:
		thanks = "I could not note that. Please try again later."
	}
	if thanks == "" {
		return err
	}
	return errors.Join(err, a.say(ctx, i, thanks))
}

// reasonGiven records what is wrong with an answer, and says thanks in the place
// of the form.
func (a *Adapter) reasonGiven(i *interaction) any {
	var parts []string
	for _, block := range []string{"reason", "comment"} {
		if s := strings.TrimSpace(i.View.typed(block)); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	_, err, _ := within(formTime, func() (any, error) {
		ctx, cancel := context.WithTimeout(a.jobs, attemptTimeout)
		defer cancel()
		return nil, a.bot.Rate(ctx, bot.Rating{Reply: i.View.Metadata, Comment: strings.Join(parts, ": ")})
	}, func(err error) { a.report("rating", err) })
	if err != nil {
		a.report("rating", err)
		return slackgo.NewErrorsViewSubmissionResponse(map[string]string{"comment": "I could not note that. Please try again later."})
	}
	thanks := modal("Not helpful", "", "said", sections("Thank you. Whoever keeps the answers will read it."))
	return slackgo.NewUpdateViewSubmissionResponse(&thanks)
}
