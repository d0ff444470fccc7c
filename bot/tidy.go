package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxQuestion is how many characters of a message are looked at. People in pain
// ramble, but nobody's question begins after two thousand characters.
const maxQuestion = 2000

// tidy makes a message safe to read: valid UTF-8 in NFKC, without control and
// zero-width characters, white space single, at most maxQuestion characters.
// cut says whether something of it was left out for its length.
func tidy(text string) (tidied string, cut bool) {
	// A generous cut in bytes first, so that a huge message costs no more than a long one.
	if limit := 8 * maxQuestion; len(text) > limit {
		text, cut = text[:limit], true
	}
	text = norm.NFKC.String(strings.ToValidUTF8(text, " "))
	var b strings.Builder
	b.Grow(len(text))
	n, space := 0, false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
			space = true
			continue
		case !printable(r):
			continue
		}
		if space && n > 0 {
			b.WriteByte(' ')
			n++
		}
		space = false
		if n >= maxQuestion {
			return b.String(), true
		}
		b.WriteRune(r)
		n++
	}
	return b.String(), cut
}

// printable is false for what nobody can see or mean: controls, zero-width and
// direction marks, tags, private use, noncharacters.
func printable(r rune) bool {
	if r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) {
		return false
	}
	if r >= 0xFE00 && r <= 0xFE0F { // variation selectors: which drawing of an emoji
		return false
	}
	return r&0xFFFE != 0xFFFE && (r < 0xFDD0 || r > 0xFDEF)
}
