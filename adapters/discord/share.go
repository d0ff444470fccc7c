package discord

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/bwmarrin/discordgo"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// post shows everybody what one person saw, and says who did.
func (t *turn) post(ctx context.Context, p press) {
	found := t.passages(p.arg(2))
	if len(found) == 0 {
		t.reply(ctx, gone())
		return
	}
	r := t.whole(found...)
	r.ID = p.arg(1)
	m := t.card(r, setting{thread: p.arg(0)})
	m.Components = append([]discordgo.MessageComponent{small(t.sharer(p.arg(3)))}, m.Components...)
	if !t.sent(t.first(ctx, response{discordgo.InteractionResponseUpdateMessage, t.without(actPost)})) {
		return
	}
	if !t.further(ctx, m) {
		t.further(ctx, note(true, "I may not write in this channel. Somebody who runs the server can give me the permission Send Messages."))
	}
}

// sharer says who shares the answer, and for which message. Naming somebody
// does not call them: no message of ours does.
func (t *turn) sharer(about string) string {
	s := "Shared by <@" + t.in.asker() + ">"
	if snowflake.MatchString(about) && snowflake.MatchString(t.in.GuildID) {
		s += " for [this message](https://discord.com/channels/" + t.in.GuildID + "/" + t.in.ChannelID + "/" + about + ")"
	}
	return s
}

// without is the message with the button, that button switched off.
func (t *turn) without(acts ...action) message {
	m := message{Flags: t.in.Message.Flags & discordgo.MessageFlagsIsComponentsV2}
	var tree []any
	json.Unmarshal(t.in.Message.Components, &tree)
	for _, c := range tree {
		t.disable(c, acts)
		m.Components = append(m.Components, verbatim{c})
	}
	return m
}

// disable switches off the buttons below c that do one of acts.
func (t *turn) disable(c any, acts []action) {
	node, ok := c.(map[string]any)
	if !ok {
		return
	}
	if id, ok := node["custom_id"].(string); ok {
		act, _, ours := t.ids.read(id)
		for _, a := range acts {
			if ours && act == a {
				node["disabled"] = true
			}
		}
	}
	if children, ok := node["components"].([]any); ok {
		for _, child := range children {
			t.disable(child, acts)
		}
	}
}

// verbatim is a component as Discord sent it.
type verbatim struct{ tree any }

func (v verbatim) MarshalJSON() ([]byte, error) { return json.Marshal(v.tree) }

// Type is not needed to send it.
func (verbatim) Type() discordgo.ComponentType { return 0 }

// private gives the answer that was held back in a channel, to the one who asked.
func (t *turn) private(ctx context.Context, p press) {
	if p.arg(2) != askerKey(t.in.asker()) {
		t.reply(ctx, note(true, "That answer is for the person who asked. Ask me your own question with /massage ask, and choose private."))
		return
	}
	found := t.passages(p.arg(4))
	if len(found) == 0 {
		t.reply(ctx, gone())
		return
	}
	r := t.whole(found...)
	r.ID = p.arg(3)
	switch p.arg(1) {
	case string(bot.Choices[:1]):
		r.Kind, r.Text = bot.Choices, "Did you mean one of these?"
	case string(bot.Unknown[:1]):
		r = bot.Reply{Kind: bot.Unknown, Text: "I don't have a reviewed answer to that. The nearest I know:", Suggestions: titles(found)}
	}
	t.reply(ctx, t.card(r, setting{private: true, thread: p.arg(0)}))
}

func titles(ps []knowledge.Passage) []string {
	var out []string
	for _, p := range ps {
		out = append(out, p.Title)
	}
	return out
}

// threadIn finds the conversation that one of our messages belongs to: every
// button and menu carries it.
func (a *Adapter) threadIn(components json.RawMessage) string {
	var tree any
	if json.Unmarshal(components, &tree) != nil {
		return ""
	}
	thread := ""
	var walk func(any)
	walk = func(c any) {
		switch c := c.(type) {
		case []any:
			for _, child := range c {
				walk(child)
			}
		case map[string]any:
			if id, ok := c["custom_id"].(string); ok && thread == "" {
				if _, args, ok := a.ids.read(id); ok {
					thread = strings.Join(args[:min(1, len(args))], "")
				}
			}
			walk(c["components"])
			walk(c["accessory"])
		}
	}
	walk(tree)
	return thread
}
