package discord

import (
	"encoding/json"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// What Discord sends, as far as we look at it. The types are our own since
// discordgo's fail as a whole on a component they do not know, and leave nil
// where a field is missing. Here a missing field is its zero value.

type user struct {
	ID     string `json:"id"`
	Bot    bool   `json:"bot"`
	System bool   `json:"system"`
}

type member struct {
	User        user   `json:"user"`
	Permissions string `json:"permissions"` // of the member in the channel, a number in decimal
}

// may reports whether the member has the permission.
func (m member) may(permission int64) bool {
	have, err := strconv.ParseInt(m.Permissions, 10, 64)
	return err == nil && have&permission != 0
}

type incoming struct {
	ID         string                 `json:"id"`
	ChannelID  string                 `json:"channel_id"`
	GuildID    string                 `json:"guild_id"` // empty in a direct message
	Content    string                 `json:"content"`  // empty without the message content intent, unless it is addressed to us
	Type       discordgo.MessageType  `json:"type"`
	Flags      discordgo.MessageFlags `json:"flags"`
	Author     user                   `json:"author"`
	WebhookID  string                 `json:"webhook_id"`
	Mentions   []user                 `json:"mentions"`
	Components json.RawMessage        `json:"components"`
	Referenced *incoming              `json:"referenced_message"` // nil unless it is a reply
}

type interaction struct {
	ID            string                            `json:"id"`
	ApplicationID string                            `json:"application_id"`
	Type          discordgo.InteractionType         `json:"type"`
	Token         string                            `json:"token"`
	Data          json.RawMessage                   `json:"data"`
	GuildID       string                            `json:"guild_id"`
	ChannelID     string                            `json:"channel_id"`
	Context       *discordgo.InteractionContextType `json:"context"`
	Member        member                            `json:"member"` // in a guild
	User          user                              `json:"user"`   // elsewhere
	Message       incoming                          `json:"message"`
	Locale        discordgo.Locale                  `json:"locale"`
}

// asker is the id of the person.
func (in *interaction) asker() string {
	if in.Member.User.ID != "" {
		return in.Member.User.ID
	}
	return in.User.ID
}

// public reports whether others are in the channel: everywhere but in a direct
// message with us.
func (in *interaction) public() bool {
	if in.Context != nil {
		return *in.Context != discordgo.InteractionContextBotDM
	}
	return in.GuildID != ""
}

type commandData struct {
	Name     string                           `json:"name"`
	Type     discordgo.ApplicationCommandType `json:"type"`
	Options  []option                         `json:"options"`
	TargetID string                           `json:"target_id"`
	Resolved struct {
		Messages map[string]incoming `json:"messages"`
	} `json:"resolved"`
}

type option struct {
	Name    string          `json:"name"`
	Value   json.RawMessage `json:"value"`
	Options []option        `json:"options"`
}

// find is the value of an option, or of one below a subcommand; "" when it is
// not there or of another type.
func find[T any](options []option, name string) (value T) {
	for _, o := range options {
		if o.Name == name && len(o.Value) > 0 {
			var v T
			if json.Unmarshal(o.Value, &v) == nil {
				return v
			}
		}
	}
	return value
}

type componentData struct {
	CustomID string   `json:"custom_id"`
	Values   []string `json:"values"`
}

// field is a component of a submitted modal, in either of the shapes that
// Discord has for them: rows with components, or labels with one.
type field struct {
	CustomID   string  `json:"custom_id"`
	Value      string  `json:"value"`
	Components []field `json:"components"`
	Component  *field  `json:"component"`
}

// text is the first value that somebody typed.
func (f field) text() string {
	if f.Value != "" {
		return f.Value
	}
	if f.Component != nil {
		return f.Component.text()
	}
	for _, c := range f.Components {
		if t := c.text(); t != "" {
			return t
		}
	}
	return ""
}

type modalData struct {
	CustomID   string  `json:"custom_id"`
	Components []field `json:"components"`
}

type channel struct {
	ID            string                `json:"id"`
	Type          discordgo.ChannelType `json:"type"`
	Name          string                `json:"name"`
	GuildID       string                `json:"guild_id"`
	ParentID      string                `json:"parent_id"`
	OwnerID       string                `json:"owner_id"`
	AvailableTags []struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"available_tags"`
	AppliedTags []string `json:"applied_tags"`
}

// application is what Discord tells a bot about itself.
type application struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Flags     int64  `json:"flags"`
	VerifyKey string `json:"verify_key"`
	Endpoint  string `json:"interactions_endpoint_url"` // empty: interactions come over the gateway
	Bot       user   `json:"bot"`
}

// Bits of application.Flags: the message content intent, as granted to a bot in
// many guilds and as switched on for one in few.
const contentFlags = 1<<18 | 1<<19

// self is the id of the bot's user, which is the application's for all but the
// oldest applications.
func (a application) self() string {
	if a.Bot.ID != "" {
		return a.Bot.ID
	}
	return a.ID
}
