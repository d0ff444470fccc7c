package discord

import (
	"regexp"
	"strings"
)

var (
	bareLink   = regexp.MustCompile(`https?://[^\s<>()]+[^\s<>().,;:!?'"]`)
	specials   = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "~", `\~`, "|", `\|`, "`", "\\`", "[", `\[`, "<", `\<`)
	lineMarks  = regexp.MustCompile(`(?m)^([ \t]*)(#{1,3}|-#|[-+])([ \t]|$)`)
	lineNumber = regexp.MustCompile(`(?m)^([ \t]*\d+)\.([ \t]|$)`)
	callsAll   = regexp.MustCompile(`(?i)^@(everyone|here)`)
	quickQuote = regexp.MustCompile(`(?m)^([ \t]*)>`)
)

// escape makes text show as it stands: no emphasis, spoiler, link, mention,
// emoji or timestamp comes to life. Web addresses stay, since a backslash in one
// would become part of it.
func escape(s string) string {
	var b strings.Builder
	last := 0
	for _, at := range bareLink.FindAllStringIndex(s, -1) {
		b.WriteString(escapeText(s[last:at[0]]))
		b.WriteString(s[at[0]:at[1]])
		last = at[1]
	}
	b.WriteString(escapeText(s[last:]))
	return b.String()
}

// escapeText leaves the @ of an e-mail address alone, and parts every other from
// the name that it would call.
func escapeText(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		at := strings.IndexByte(s[i:], '@')
		if at < 0 {
			b.WriteString(specials.Replace(s[i:]))
			break
		}
		b.WriteString(specials.Replace(s[i : i+at]))
		if before := i + at - 1; before >= 0 && isWord(s[before]) && !callsAll.MatchString(s[i+at:]) {
			b.WriteByte('@')
		} else {
			b.WriteString("@\u200b")
		}
		i += at + 1
	}
	return b.String()
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// guardLines keeps the lines of a paragraph from becoming headings, quotes,
// lists or small print. A star is escaped already.
func guardLines(s string) string {
	s = lineMarks.ReplaceAllString(s, `$1\$2$3`)
	s = lineNumber.ReplaceAllString(s, `$1\.$2`)
	return quickQuote.ReplaceAllString(s, `$1\>`)
}
