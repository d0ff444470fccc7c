package web

import (
	"html/template"
	"slices"
	"strings"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// replyView is a reply as a page shows it.
type replyView struct {
	bot.Reply
	HTML    template.HTML // the reply's text, sanitised by package knowledge
	Heading string
	Entries []*entry   // its passages
	Or      []nextView // what may have been meant instead
	Next    []nextView
	Actions []Action
	Hours   string // when a person is there, for replies that send to one
}

// nextView is a question to go on with.
type nextView struct {
	Title string
	Path  string // of its page; empty: ask it
}

// Action is something to do besides reading: a number to call, a page to book on.
type Action struct {
	Label string `json:"label"` // "Call 911"
	URL   string `json:"url"`   // tel:, sms: or a web address
}

func (s *Server) replyView(t *site, r bot.Reply) *replyView {
	v := &replyView{Reply: r, HTML: template.HTML(s.html.of(r.Text)), Actions: actions(r, s.bot.Practice()), Heading: pageHeading(r)}
	if r.Kind == bot.Unknown || r.Kind == bot.Handoff {
		v.Hours = s.bot.Practice().Hours
	}
	for _, f := range r.Passages {
		e := &entry{Passage: f.Passage, HTML: template.HTML(s.html.of(f.Text)), Path: passagePath(f.Passage)}
		v.Entries = append(v.Entries, e)
	}
	for _, title := range r.Suggestions {
		n := nextView{Title: title}
		if e := t.byTitle[strings.ToLower(title)]; e != nil {
			n.Path = e.Path
		}
		if slices.ContainsFunc(r.Otherwise, func(f bot.Found) bool { return f.Title == title }) {
			v.Or = append(v.Or, n)
			continue
		}
		v.Next = append(v.Next, n)
	}
	return v
}

// actions are what a reply invites to do: call for help when it is urgent, and
// the ways to the practice when only a person can help.
func actions(r bot.Reply, p knowledge.Practice) []Action {
	switch r.Kind {
	case bot.Urgent:
		return urgentActions[r.Resource]
	case bot.Handoff, bot.Unknown:
		return practiceActions(p)
	}
	return nil
}

// heading is an urgent reply in a few words; other replies need none.
func heading(r bot.Reply) string {
	if r.Kind != bot.Urgent {
		return ""
	}
	switch r.Resource {
	case knowledge.DoctorToday:
		return "Please see a doctor today"
	case knowledge.DoctorFirst:
		return "Please see a doctor first"
	case knowledge.Misconduct:
		return "You can get help with this"
	}
	return "Please get help now"
}

// pageHeading stands above a reply on a page of its own.
func pageHeading(r bot.Reply) string {
	switch r.Kind {
	case bot.Urgent:
		return heading(r)
	case bot.Unknown:
		return "No reviewed answer to that"
	case bot.Handoff:
		return "Talk to a person"
	case bot.Choices:
		return "Did you mean one of these?"
	}
	return "Reply"
}

var urgentActions = map[knowledge.Resource][]Action{
	knowledge.Call911:   {{"Call 911", "tel:911"}},
	knowledge.ER:        {{"Call 911", "tel:911"}},
	knowledge.Crisis988: {{"Call 988", "tel:988"}, {"Text 988", "sms:988"}},
}

func practiceActions(p knowledge.Practice) []Action {
	var out []Action
	if number := tel(p.Phone); number != "" {
		out = append(out, Action{"Call " + p.Phone, string(number)})
	}
	if strings.HasPrefix(p.Booking, "https://") || strings.HasPrefix(p.Booking, "http://") {
		out = append(out, Action{"Book online", p.Booking})
	}
	return out
}

// tel is a phone number as an address to tap; empty for what is no number.
// Ten digits are taken for a number in the United States.
func tel(phone string) template.URL {
	var digits strings.Builder
	main, _, _ := strings.Cut(strings.ToLower(phone), "ext")
	for _, c := range main {
		if c >= '0' && c <= '9' || c == '+' && digits.Len() == 0 {
			digits.WriteRune(c)
		}
	}
	number := digits.String()
	if len(strings.TrimPrefix(number, "+")) < 3 {
		return ""
	}
	if len(number) == 10 {
		number = "+1" + number
	}
	return template.URL("tel:" + number)
}

// link lets an action's address into a page: numbers to call and the web.
func link(url string) template.URL {
	for _, scheme := range []string{"tel:", "sms:", "https://", "http://"} {
		if strings.HasPrefix(url, scheme) {
			return template.URL(url)
		}
	}
	return ""
}
