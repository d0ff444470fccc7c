package journal

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"massagefaq/bot"
)

// Lines of the text form; the JSON form has everything.
const (
	textUnanswered = 30
	textPassages   = 30
	textComments   = 3 // of a passage
)

// kinds are the columns of the table, in the order in which they please.
var kinds = []bot.Kind{bot.Answer, bot.Choices, bot.Unknown, bot.Handoff, bot.SmallTalk, bot.Urgent}

// WriteText writes the report for a person at a terminal.
func (r Report) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	from := "since the beginning"
	if !r.Since.IsZero() {
		from = "since " + r.Since.Format(time.DateOnly)
	}
	if r.Questions == 0 {
		fmt.Fprintf(b, "No questions %s.\n", from)
		return b.Flush()
	}
	fmt.Fprintf(b, "%s %s\n\n", plural(r.Questions, "question"), from)
	r.writeCounts(b)
	r.writeUnanswered(b)
	r.writePassages(b)
	if len(r.Comments) > 0 {
		fmt.Fprint(b, "\nComments where no passage was shown\n")
		for _, c := range r.Comments[:min(len(r.Comments), textPassages)] {
			fmt.Fprintf(b, "  %s\n", c)
		}
	}
	if len(r.Urgent) > 0 {
		fmt.Fprint(b, "\nUrgent messages\n")
		for _, d := range r.Urgent {
			fmt.Fprintf(b, "  %s  %d\n", d.Date, d.Times)
		}
	}
	return b.Flush()
}

// writeCounts writes a line for each channel with a column for each kind.
func (r Report) writeCounts(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "channel\t")
	for _, k := range kinds {
		fmt.Fprintf(t, "%s\t", k)
	}
	fmt.Fprint(t, "all\t\n")
	for _, channel := range r.channels() {
		fmt.Fprintf(t, "%s\t", channel)
		var all int64
		for _, c := range r.Counts {
			if c.Channel == channel {
				all += c.Questions
			}
		}
		for _, k := range kinds {
			fmt.Fprintf(t, "%d\t", r.questions(channel, string(k)))
		}
		fmt.Fprintf(t, "%d\t\n", all)
	}
	t.Flush()
}

func (r Report) channels() []string {
	var names []string
	for _, c := range r.Counts {
		if !slices.Contains(names, c.Channel) {
			names = append(names, c.Channel)
		}
	}
	return names
}

func (r Report) questions(channel, kind string) int64 {
	for _, c := range r.Counts {
		if c.Channel == channel && c.Kind == kind {
			return c.Questions
		}
	}
	return 0
}

func (r Report) writeUnanswered(w io.Writer) {
	if len(r.Unanswered) == 0 {
		return
	}
	fmt.Fprintf(w, "\nWithout an answer (%s)\n", plural(int64(len(r.Unanswered)), "different question"))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "  times\tlast\tquestion\n")
	for _, u := range r.Unanswered[:min(len(r.Unanswered), textUnanswered)] {
		fmt.Fprintf(t, "  %d\t%s\t%s\n", u.Times, u.Last.Format(time.DateOnly), u.Question)
	}
	t.Flush()
	writeRest(w, len(r.Unanswered)-textUnanswered)
}

func (r Report) writePassages(w io.Writer) {
	if len(r.Passages) == 0 {
		return
	}
	fmt.Fprint(w, "\nPassages, least helpful first\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "  shown\thelpful\tnot helpful\tpassage\n")
	for _, p := range r.Passages[:min(len(r.Passages), textPassages)] {
		fmt.Fprintf(t, "  %d\t%d\t%d\t%s\n", p.Shown, p.Helpful, p.NotHelpful, p.Passage)
		for _, c := range p.Comments[:min(len(p.Comments), textComments)] {
			fmt.Fprintf(t, "  \t\t\t  %q\n", c)
		}
	}
	t.Flush()
	writeRest(w, len(r.Passages)-textPassages)
}

// writeRest says that there is more than was written.
func writeRest(w io.Writer, more int) {
	if more > 0 {
		fmt.Fprintf(w, "  and %d more: -json lists them all\n", more)
	}
}

func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
