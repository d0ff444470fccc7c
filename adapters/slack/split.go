package slack

import (
	"strings"
	"unicode/utf16"
)

// size is the length of s as Slack's clients count it: in UTF-16 units, which
// is never less than the number of characters.
func size(s string) int { return len(utf16.Encode([]rune(s))) }

// prefix is as much of s as fits into n units, whole characters.
func prefix(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

// shorten is s if it fits into n units, or else its beginning, cut at a word
// where there is one, and an ellipsis.
func shorten(s string, n int) string {
	if size(s) <= n {
		return s
	}
	head := prefix(s, n-1)
	if i := strings.LastIndexByte(head, ' '); i > len(head)/2 {
		head = head[:i]
	}
	return strings.TrimRight(head, " ,;:.") + "\u2026"
}

// split parts mrkdwn into pieces of at most n units: between paragraphs where
// it can, else between lines, sentences, words, and only then anywhere; never
// within a link or an escaped sign.
func split(s string, n int) []string {
	var pieces []string
	for s = strings.TrimSpace(s); len(prefix(s, n)) < len(s); {
		head := outside(prefix(s, n))
		if i := cutAt(head); i > 0 {
			head = head[:i]
		}
		if head == "" { // one link or sign longer than n
			head = prefix(s, n)
		}
		if piece := strings.TrimSpace(head); piece != "" {
			pieces = append(pieces, piece)
		}
		s = strings.TrimSpace(s[len(head):])
	}
	if s != "" {
		pieces = append(pieces, s)
	}
	return pieces
}

// outside is s without an unfinished link or escaped sign at its end.
func outside(s string) string {
	if i := strings.LastIndexByte(s, '<'); i >= 0 && !strings.Contains(s[i:], ">") {
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '&'); i >= 0 && len(s)-i < len("&amp;") && !strings.Contains(s[i:], ";") {
		s = s[:i]
	}
	return s
}

// cutAt is where to end a piece that begins like s, 0 for no good place. A
// better place counts only if it leaves the piece at least a third full.
func cutAt(s string) int {
	for _, mark := range []string{"\n\n", "\n", ". ", "? ", "! ", " "} {
		if i := strings.LastIndex(s, mark); i > len(s)/3 {
			return i + len(mark)
		}
	}
	return 0
}
