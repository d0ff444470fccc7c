package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"massagefaq/bot"
)

// choiceCard offers each candidate as a button of its own.
func (a *Adapter) choiceCard(r bot.Reply, s setting) message {
	var buttons []discordgo.MessageComponent
	for _, f := range r.Passages {
		buttons = append(buttons, button(f.Title, discordgo.PrimaryButton, a.ids.id(actShow, s.thread, passageKey(f.ID))))
	}
	buttons = append(buttons, button("None of these", discordgo.SecondaryButton, a.ids.id(actNone, s.thread, r.ID)))
	return newMessage(s.private, box(amber, a.around(r, buttons)...))
}

// talkCard is for the kinds that are mostly words: nothing known, a person
// wanted, small talk.
func (a *Adapter) talkCard(r bot.Reply, s setting) message {
	var buttons []discordgo.MessageComponent
	if r.Kind == bot.Unknown {
		buttons = a.questionButtons(r.Suggestions, s)
	}
	parts := a.around(r, buttons)
	if r.Kind == bot.SmallTalk {
		if m := a.startMenu(r.Suggestions, s.thread); m != nil {
			parts = append(parts, row(m))
		}
	}
	if booking := webLink(a.bot.Practice().Booking); booking != "" && r.Kind != bot.SmallTalk {
		parts = append(parts, row(linkButton("Book online", booking)))
	}
	return newMessage(s.private, box(grey, parts...))
}

// questionButtons are those of the questions that we can answer.
func (a *Adapter) questionButtons(questions []string, s setting) []discordgo.MessageComponent {
	var out []discordgo.MessageComponent
	for _, q := range questions {
		if p, ok := a.titled(q); ok {
			out = append(out, button(p.Title, discordgo.PrimaryButton, a.ids.id(actShow, s.thread, passageKey(p.ID))))
		}
	}
	return out[:min(len(out), 4)]
}

func (a *Adapter) startMenu(questions []string, thread string) discordgo.MessageComponent {
	var options []discordgo.SelectMenuOption
	for _, q := range questions {
		options = append(options, a.askOption(q))
	}
	return menu(a.ids.id(actAsk, thread), "Questions people often ask", options)
}

// around is a reply's text with buttons where it lists the questions that are on
// them, or else below it.
func (a *Adapter) around(r bot.Reply, buttons []discordgo.MessageComponent) []discordgo.MessageComponent {
	listed := map[string]bool{}
	for _, q := range r.Suggestions {
		listed["- "+q] = true
	}
	for _, f := range r.Passages {
		listed["- "+f.Title] = true
	}
	var text [2]strings.Builder // before and after the list
	after := 0
	for line := range strings.Lines(r.Text) {
		if listed[strings.TrimSpace(line)] && len(buttons) > 0 {
			after = 1
			continue
		}
		text[after].WriteString(line)
	}
	parts := append(a.paragraphs(text[0].String()), rows(buttons)...)
	if parts = append(parts, a.paragraphs(text[1].String())...); len(parts) == 0 {
		return a.paragraphs("I have nothing to say to that.")
	}
	return parts
}

// paragraphs is Markdown as a text display, or nothing.
func (a *Adapter) paragraphs(md string) []discordgo.MessageComponent {
	if text := fit(convert(md, a.resolve), maxText/2-100); text != "" {
		return []discordgo.MessageComponent{discordgo.TextDisplay{Content: text}}
	}
	return nil
}

// abroad is what every urgent reply needs on a platform without borders.
const abroad = "These numbers are for the United States. Elsewhere, call your own emergency number, such as 112 or 999."

// crisis is added where the reply does not name the line itself.
const crisis = " In a mental health crisis in the US, call or text 988 at any hour."

// urgentCard is the fixed text and nothing to press: no menu, no rating.
func urgentCard(r bot.Reply, s setting) message {
	text := fit(convert(r.Text, nil), maxText-400)
	caveat := abroad
	if !strings.Contains(r.Text, "988") {
		caveat += crisis
	}
	parts := []discordgo.MessageComponent{discordgo.TextDisplay{Content: text}, discordgo.Separator{}, small(caveat)}
	if s.about != "" {
		parts = append([]discordgo.MessageComponent{small("If this is about the person who wrote that message, the words below are for them. Please pass them on, and stay in touch.")}, parts...)
	}
	return newMessage(s.private, box(red, parts...))
}

// pointerCard takes a personal question out of a public channel. It quotes
// nothing, and names no subject. ok is false when the reply gives nothing away.
func (a *Adapter) pointerCard(r bot.Reply, s setting, asker string) (m message, ok bool) {
	about := passagesOf(r)
	if r.Kind == bot.Unknown {
		for _, q := range r.Suggestions {
			if p, ok := a.titled(q); ok {
				about = append(about, p)
			}
		}
	}
	if len(about) == 0 || r.Kind == bot.Urgent {
		return message{}, false
	}
	id := a.ids.id(actPrivate, s.thread, string(r.Kind[:1]), askerKey(asker), r.ID, passageKeys(about))
	return newMessage(false, box(amber,
		discordgo.TextDisplay{Content: "That sounds personal, so I would rather not answer in front of everyone. Press the button and only you will see the answer. You can also send me a direct message."},
		row(button("Answer me privately", discordgo.PrimaryButton, id)))), true
}
