package discord

import (
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"massagefaq/knowledge"
)

// topicsCard lists the topics, for the one who asked.
func (t *turn) topicsCard() message {
	parts := []discordgo.MessageComponent{discordgo.TextDisplay{Content: "### What I know about\nPick a topic to see its questions. Only you see this."}}
	if m := t.topicMenu(t.thread()); m != nil {
		parts = append(parts, row(m))
	}
	return newMessage(true, box(teal, parts...))
}

func (a *Adapter) topicMenu(thread string) discordgo.MessageComponent {
	count := map[knowledge.Topic]int{}
	for _, p := range a.bot.Passages(knowledge.Public) {
		count[p.Topic]++
	}
	var options []discordgo.SelectMenuOption
	for _, topic := range knowledge.Topics {
		if n := count[topic]; n > 0 {
			options = append(options, discordgo.SelectMenuOption{
				Label: clip(topic.Title(), maxOption), Value: clip(string(topic), maxOption), Description: questions(n),
			})
		}
	}
	return menu(a.ids.id(actTopic, thread), "Topics", options)
}

func questions(n int) string {
	if n == 1 {
		return "1 question"
	}
	return strconv.Itoa(n) + " questions"
}

// questionsCard lists the questions of a topic, as many menus as that takes, with
// the topics to go back to.
func (t *turn) questionsCard(topic knowledge.Topic, thread string) message {
	var options []discordgo.SelectMenuOption
	for _, p := range t.bot.Passages(knowledge.Public) {
		if p.Topic == topic {
			options = append(options, discordgo.SelectMenuOption{Label: clip(p.Title, maxOption), Value: "p" + passageKey(p.ID)})
		}
	}
	if len(options) == 0 {
		return gone()
	}
	parts := []discordgo.MessageComponent{discordgo.TextDisplay{Content: "### " + escape(topic.Title()) + "\nPick a question."}}
	for n := 0; len(options) > 0 && n < 8; n++ {
		page := options[:min(maxOptions, len(options))]
		options = options[len(page):]
		placeholder := "Questions"
		if n > 0 {
			placeholder = "More questions"
		}
		parts = append(parts, row(menu(t.ids.id(actAsk, thread, strconv.Itoa(n)), placeholder, page)))
	}
	parts = append(parts, row(t.topicMenu(thread)))
	return newMessage(true, box(teal, parts...))
}

// aboutCard says what this is, what it is not, and how to use it.
func (t *turn) aboutCard(private bool) message {
	var b strings.Builder
	b.WriteString("### " + escape(t.title()) + "\n")
	b.WriteString("I look up answers about medical massage that people wrote and reviewed, and I show where they come from. I do not make up text. It is general information, not medical advice; in an emergency call 911, or your own country's number.\n\n")
	b.WriteString("- **/massage ask**: a question; personal ones only you see\n- **/massage topics**: browse by topic\n- **Apps, Find an FAQ answer** on somebody's message: look it up for them\n- Mention me, reply to me, or send me a direct message\n\n")
	b.WriteString("I keep questions with personal details removed, so that missing answers can be written, and nothing at all of a message that sounds like an emergency.")
	parts := []discordgo.MessageComponent{discordgo.TextDisplay{Content: b.String()}}
	if facts := t.contact(); facts != "" {
		parts = append(parts, discordgo.Separator{}, discordgo.TextDisplay{Content: facts})
	}
	var links []discordgo.MessageComponent
	if booking := webLink(t.bot.Practice().Booking); booking != "" {
		links = append(links, linkButton("Book online", booking))
	}
	if t.base != "" {
		links = append(links, linkButton("All answers on the web", webLink(t.base)))
	}
	if len(links) > 0 {
		parts = append(parts, row(links...))
	}
	return newMessage(private, box(teal, parts...))
}

func (a *Adapter) title() string {
	if name := a.bot.Practice().Name; name != "" {
		return clip(name, 100)
	}
	return "Medical massage FAQ"
}

// contact is how to reach the practice, as far as it has said.
func (a *Adapter) contact() string {
	p := a.bot.Practice()
	var lines []string
	for _, f := range []struct{ label, value string }{{"Phone", p.Phone}, {"Hours", p.Hours}, {"Address", p.Address}} {
		if f.value != "" {
			lines = append(lines, "**"+f.label+"**: "+escape(clip(f.value, 300)))
		}
	}
	return strings.Join(lines, "\n")
}

// noneCard follows when none of the choices was meant.
func (t *turn) noneCard(private bool) message {
	text := "Sorry. Try it in other words, or look through the topics."
	if phone := t.bot.Practice().Phone; phone != "" {
		text += " You can also call " + escape(phone) + "."
	}
	parts := []discordgo.MessageComponent{discordgo.TextDisplay{Content: text}}
	if m := t.topicMenu(t.thread()); m != nil && (private || !t.in.public()) {
		parts = append(parts, row(m))
	}
	return newMessage(private, box(grey, parts...))
}
