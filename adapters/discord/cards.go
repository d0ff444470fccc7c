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
	parts := []discordgo.MessageComponent{discordgo.TextDisplay{Content: a.words(r)}}
	return newMessage(s.private, box(amber, append(parts, rows(buttons)...)...))
}

// talkCard is for the kinds that are mostly words: nothing known, a person
// wanted, small talk.
func (a *Adapter) talkCard(r bot.Reply, s setting) message {
	parts := []discordgo.MessageComponent{discordgo.TextDisplay{Content: a.words(r)}}
	switch r.Kind {
	case bot.Unknown:
		parts = append(parts, rows(a.questionButtons(r.Suggestions, s))...)
	case bot.SmallTalk:
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

// words is a reply's text without the list of questions that are buttons below.
func (a *Adapter) words(r bot.Reply) string {
	shown := map[string]bool{}
	for _, q := range r.Suggestions {
		shown["- "+q] = true
	}
	for _, f := range r.Passages {
		shown["- "+f.Title] = true
	}
	var lines []string
	for line := range strings.Lines(r.Text) {
		if !shown[strings.TrimSpace(line)] {
			lines = append(lines, strings.TrimRight(line, "\n"))
		}
	}
	text := fit(convert(strings.Join(lines, "\n"), a.resolve), maxText-200)
	if text == "" {
		return "…"
	}
	return text
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
	return newMessage(s.private, box(red, discordgo.TextDisplay{Content: text}, discordgo.Separator{}, small(caveat)))
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
