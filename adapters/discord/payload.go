package discord

import (
	"github.com/bwmarrin/discordgo"
)

// A message is what we send, by whichever of Discord's requests. Every message
// is made of components (version 2) and mentions nobody. discordgo's own types
// cannot be used: some lack the flags, others send a content that is not allowed
// beside components.
type message struct {
	Components []discordgo.MessageComponent `json:"components"`
	Flags      discordgo.MessageFlags       `json:"flags"`
	Mentions   noMentions                   `json:"allowed_mentions"`
	Reference  *reference                   `json:"message_reference,omitempty"` // the message it replies to
	// With a nonce, a message that is sent twice appears once.
	Nonce        string `json:"nonce,omitempty"` // at most 25 characters
	EnforceNonce bool   `json:"enforce_nonce,omitempty"`
}

// noMentions is the one allowed_mentions that we ever send. Its fields are not
// for changing: there is no way to make a message that calls somebody.
type noMentions struct{}

func (noMentions) MarshalJSON() ([]byte, error) {
	return []byte(`{"parse":[],"replied_user":false}`), nil
}

type reference struct {
	MessageID string `json:"message_id"`
	// False: when the question is deleted meanwhile, the answer stands by itself.
	FailIfNotExists bool `json:"fail_if_not_exists"`
}

// newMessage is a message of components; private shows it to one person only.
func newMessage(private bool, components ...discordgo.MessageComponent) message {
	m := message{Components: components, Flags: discordgo.MessageFlagsIsComponentsV2}
	if private {
		m.Flags |= discordgo.MessageFlagsEphemeral
	}
	return m
}

// note is a message of one short text.
func note(private bool, text string) message {
	return newMessage(private, box(grey, discordgo.TextDisplay{Content: clip(text, maxText)}))
}

// Colours of a card's edge. They repeat what the words say, never more.
const (
	teal  = 0x2A9D8F // an answer
	amber = 0xE9C46A // a choice to make, or something held back
	grey  = 0x8D99AE // nothing known, or talk
	red   = 0xC0392B // stop and call
)

func box(colour int, parts ...discordgo.MessageComponent) discordgo.Container {
	return discordgo.Container{AccentColor: &colour, Components: parts}
}

func row(parts ...discordgo.MessageComponent) discordgo.ActionsRow {
	return discordgo.ActionsRow{Components: parts}
}

// rows puts every button on a line of its own, so that long labels stay readable
// on a phone.
func rows(buttons []discordgo.MessageComponent) []discordgo.MessageComponent {
	var out []discordgo.MessageComponent
	for _, b := range buttons {
		out = append(out, row(b))
	}
	return out
}

func button(label string, style discordgo.ButtonStyle, id string) discordgo.MessageComponent {
	return discordgo.Button{Label: clip(label, maxLabel), Style: style, CustomID: id}
}

func linkButton(label, address string) discordgo.MessageComponent {
	return discordgo.Button{Label: clip(label, maxLabel), Style: discordgo.LinkButton, URL: address}
}

// A response answers an interaction.
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// deferral holds an interaction open.
type deferral struct {
	Flags discordgo.MessageFlags `json:"flags,omitempty"`
}

type choices struct {
	Choices []choice `json:"choices"`
}

type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type modal struct {
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}
