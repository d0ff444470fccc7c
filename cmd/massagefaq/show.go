package main

import (
	"fmt"
	"io"
	"strings"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// lineWidth is what reads well in a terminal.
const lineWidth = 88

// show writes a reply as a person reads it.
func show(w io.Writer, r bot.Reply) {
	if r.Explained != nil {
		defer func() { fmt.Fprintf(w, "\n%s", r.Explained) }()
	}
	if r.Kind == bot.Urgent {
		fmt.Fprintf(w, "*** URGENT ***\n%s\n", wrap(knowledge.Plain(r.Text)))
		return
	}
	if r.Kind == bot.Answer && len(r.Passages) == 1 {
		fmt.Fprintf(w, "%s\n\n", r.Passages[0].Title)
	}
	fmt.Fprintln(w, wrap(knowledge.Plain(r.Text)))
	for _, p := range r.Passages {
		if r.Kind == bot.Answer {
			showSources(w, p)
		}
	}
	if len(r.Suggestions) > 0 {
		head := "People also ask:"
		if r.Kind == bot.Choices {
			head = "Pick one:"
		}
		fmt.Fprintf(w, "\n%s\n", head)
		for i, s := range r.Suggestions {
			fmt.Fprintf(w, "  %d. %s\n", i+1, s)
		}
	}
}

func showSources(w io.Writer, p bot.Found) {
	fmt.Fprintf(w, "\n[%s", p.ID)
	if !p.Reviewed.IsZero() {
		fmt.Fprintf(w, ", reviewed %s", p.Reviewed.Format("2006-01-02"))
	}
	fmt.Fprintln(w, "]")
	for _, s := range p.Sources {
		fmt.Fprintf(w, "  Source: %s\n          %s\n", s.Title, s.URL)
	}
}

// wrap breaks long lines at spaces; list items keep their indent.
func wrap(text string) string {
	var out strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		indent := ""
		if strings.HasPrefix(line, "- ") {
			indent = "  "
		}
		width := 0
		for j, word := range strings.Fields(line) {
			n := len([]rune(word))
			switch {
			case j == 0:
			case width+1+n > lineWidth:
				out.WriteString("\n" + indent)
				width = len(indent)
			default:
				out.WriteByte(' ')
				width++
			}
			out.WriteString(word)
			width += n
		}
	}
	return out.String()
}
