package discord

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// Discord's limits, in characters unless said otherwise. A request that
// exceeds one is refused as a whole.
const (
	maxText        = 4000 // all text displays of a message together
	maxComponents  = 40   // components of a message, nested ones included
	maxRowButtons  = 5    // buttons in a row
	maxLabel       = 80   // a button's label
	maxOptions     = 25   // options of a menu, choices of an autocomplete
	maxOption      = 100  // label, value or description of an option; name or value of a choice
	maxPlaceholder = 150  // a menu's placeholder
	maxCustomID    = 100  // the custom id of a component
	maxModalTitle  = 45   // the title of a modal, and the label of its input
	maxTags        = 5    // tags on a forum post
)

// width counts characters as Discord's strictest client does: in UTF-16 units.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// clip shortens s to at most n characters, at the end of a word where there is
// one, and marks the cut with an ellipsis.
func clip(s string, n int) string {
	if s = strings.ToValidUTF8(s, "\uFFFD"); width(s) <= n {
		return s
	}
	used, end, word := 0, 0, 0
	for i, r := range s {
		if used += max(1, utf16.RuneLen(r)); used > n-1 {
			break
		}
		end = i + len(string(r))
		if unicode.IsSpace(r) {
			word = i
		}
	}
	if word > end/2 {
		end = word
	}
	return strings.TrimRightFunc(s[:end], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:.", r) }) + "…"
}
