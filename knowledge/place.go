package knowledge

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Place fills the practice's facts into an answer: {phone | fallback} becomes
// the phone number, or the fallback when it is not configured. Values are
// plain text, whatever signs they contain; a web address becomes a link.
func (p Practice) Place(text string) string {
	var b strings.Builder
	last := 0
	for _, s := range slots(text, func(int, string) {}) {
		value, _ := p.fact(s.fact)
		b.WriteString(text[last:s.start])
		b.WriteString(s.fill(plainValue(value)))
		last = s.end
	}
	b.WriteString(text[last:])
	return b.String()
}

// Place is the passages with the practice's facts filled into their answers.
// The passages given are left as they are.
func Place(ps []Passage, p Practice) []Passage {
	placed := slices.Clone(ps)
	for i := range placed {
		placed[i].Text = p.Place(placed[i].Text)
	}
	return placed
}

// Expire is the passages with Unreviewed set on each whose answer must not be
// shown any more on the day of now. The passages given are left as they are.
func Expire(ps []Passage, now time.Time) []Passage {
	expired := slices.Clone(ps)
	for i, p := range expired {
		expired[i].Unreviewed = p.Sensitive() && p.Expired(now)
	}
	return expired
}

// plainValue is a setting as Markdown that shows exactly what was configured.
func plainValue(value string) string {
	value = strings.Join(strings.Fields(value), " ")
	u, err := url.Parse(value)
	if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(value, "<> ") {
		return "<" + value + ">"
	}
	return Escape(value)
}

// Escape is plain text as Markdown that shows exactly that text on one line.
func Escape(text string) string {
	var b strings.Builder
	for i, r := range text {
		if special(r, text[:i], text[i+utf8.RuneLen(r):]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// special reports whether r between before and after would be read as Markdown.
func special(r rune, before, after string) bool {
	switch r {
	case '\\', '`', '*', '_', '{', '}', '[', ']', '<', '~':
		return true
	case '&':
		return entity.MatchString(after)
	case '#', '>', '+', '-', '=':
		return before == ""
	case '.', ')':
		return before != "" && strings.Trim(before, "0123456789") == ""
	}
	return false
}

var entity = regexp.MustCompile(`^(#[0-9xX]|[A-Za-z][A-Za-z0-9]*;)`)
