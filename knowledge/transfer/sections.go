package transfer

import (
	"regexp"
	"strings"
	"unicode"

	"massagefaq/knowledge"
)

// A section is a heading with the Markdown below it.
type section struct{ title, text string }

var (
	atx       = regexp.MustCompile(`^ {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	bold      = regexp.MustCompile(`^\*\*([^*]+)\*\*:?$|^__([^_]+)__:?$`)
	underline = regexp.MustCompile(`^ {0,3}(?:=+|-{2,})[ \t]*$`)
	fence     = regexp.MustCompile("^ {0,3}(?:```|~~~)")
)

// split cuts Markdown into sections. A bold line by itself is a heading when it
// is a question, as in pages whose builder knew no headings.
//
// Text before the first heading has no title.
func split(md string) []section {
	var out []section
	title, body, fenced := "", []string{}, false
	end := func() {
		text := tidyText(strings.Join(body, "\n"))
		if title != "" || text != "" {
			out = append(out, section{title, text})
		}
		body = nil
	}
	lines := strings.Split(md, "\n")
	for i, line := range lines {
		if fence.MatchString(line) {
			fenced = !fenced
		}
		t, ok := "", false
		switch {
		case fenced:
		case underline.MatchString(line) && len(body) > 0 && strings.TrimSpace(body[len(body)-1]) != "" && lone(body):
			t, ok = body[len(body)-1], true
			body = body[:len(body)-1]
		default:
			t, ok = headed(lines, i)
		}
		if !ok {
			body = append(body, line)
			continue
		}
		end()
		title = tidyTitle(t)
	}
	end()
	return out
}

// lone reports whether the last line stands by itself: then a line of dashes
// below it makes it a heading.
func lone(body []string) bool {
	return len(body) < 2 || strings.TrimSpace(body[len(body)-2]) == ""
}

// headed is the heading on a line, if it is one.
func headed(lines []string, i int) (string, bool) {
	if m := atx.FindStringSubmatch(lines[i]); m != nil {
		return m[1], true
	}
	m := bold.FindStringSubmatch(strings.TrimSpace(lines[i]))
	if m == nil || i > 0 && strings.TrimSpace(lines[i-1]) != "" || i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" {
		return "", false
	}
	t := m[1] + m[2]
	return t, strings.HasSuffix(strings.TrimSpace(t), "?")
}

var (
	numbering = regexp.MustCompile(`^(?:(?:Q(?:uestion)?[ ]*\d*|\d{1,2})[ ]*\\?[.):]|Q[ ]*\d*[ ]*-)[ \t]+`)
	inlineBox = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	answerIs  = regexp.MustCompile(`^\**A(?:nswer)?[ ]*\d*[ ]*[.:]\**[ \t]+`)
)

// tidyTitle makes a heading a plain question: no marks, no "Q1:".
func tidyTitle(t string) string {
	t = tidyRunes(inlineBox.ReplaceAllString(t, "$1"))
	t = knowledge.Plain(strings.TrimSpace(strings.Trim(strings.TrimSpace(t), "*_")))
	t = strings.Join(strings.Fields(numbering.ReplaceAllString(t, "")), " ")
	return strings.TrimFunc(strings.TrimRight(t, " +\u25BC\u25BE\u2304\u203A"), func(r rune) bool { return unicode.IsSpace(r) || bullets[r] })
}

// passage is a section as a passage, which needs a name and a topic yet.
func passage(s section) knowledge.Passage {
	return knowledge.Passage{Title: s.title, Text: s.text}
}
