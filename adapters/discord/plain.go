package discord

import (
	"regexp"
	"strings"
)

// maxRead is how much of a message is looked at, in bytes: four times Discord's
// longest message.
const maxRead = 16000

// No count stands in these: they are as fast on hostile text as on any.
var (
	mentions  = regexp.MustCompile(`<(?:@[!&]?|#|id:)\w*>|@(?i:everyone|here)\b`)
	emojis    = regexp.MustCompile(`<a?:\w+:\d+>`)
	times     = regexp.MustCompile(`<t:-?\d+(?::\w)?>`)
	commands  = regexp.MustCompile(`</([\w -]+):\d+>`)
	fences    = regexp.MustCompile("```(?:[a-zA-Z0-9+-]*\n)?")
	maskLink  = regexp.MustCompile(`\[([^\[\]\n]*)\]\(<?https?://[^\s)]*\)`)
	lineStart = regexp.MustCompile(`(?m)^[ \t]*(?:#{1,3}|-#)[ \t]+`)
	quoted    = regexp.MustCompile(`(?m)^[ \t]*>(?:>>)?[ \t].*$`)
	marks     = strings.NewReplacer("||", " ", "**", "", "__", "", "~~", "", "`", "")
)

// said is what a person said in a message: without mentions, emoji, quotes of
// others and Discord's marks. A message that is all quote is read as it is.
func said(content string) string {
	if len(content) > maxRead {
		content = strings.ToValidUTF8(content[:maxRead], "")
	}
	if own := quoted.ReplaceAllString(content, ""); strings.TrimSpace(unmark(own)) != "" {
		content = own
	}
	return strings.TrimSpace(unmark(content))
}

func unmark(s string) string {
	s = mentions.ReplaceAllString(s, " ")
	s = emojis.ReplaceAllString(s, " ")
	s = times.ReplaceAllString(s, " ")
	s = commands.ReplaceAllString(s, "$1")
	s = fences.ReplaceAllString(s, " ")
	s = maskLink.ReplaceAllString(s, "$1")
	s = lineStart.ReplaceAllString(s, "")
	s = strings.ReplaceAll(s, "> ", " ")
	return marks.Replace(s)
}

// calls reports whether content names the user outright, rather than by replying.
func calls(content, id string) bool {
	return id != "" && (strings.Contains(content, "<@"+id+">") || strings.Contains(content, "<@!"+id+">"))
}
