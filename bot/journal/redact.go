package journal

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// What stands where something personal stood.
const (
	emailToken   = "[email]"
	phoneToken   = "[phone]"
	numberToken  = "[number]" // anything that identifies: SSN, card, account, member, claim, record
	dateToken    = "[date]"
	addressToken = "[address]"
	nameToken    = "[name]"
	handleToken  = "[handle]"
	linkToken    = "[link]"
	ipToken      = "[ip]"
	secretToken  = "[secret]"
)

// tokens finds what an earlier Redact put in: it is left alone, and nothing is
// read across it.
var tokens = regexp.MustCompile(`\[(?:email|phone|number|date|address|name|handle|link|ip|secret)\]`)

// rounds is how often the text is gone over. What is found hardly ever uncovers
// something else; where it does, the next round finds it, so that redacting
// redacted text changes nothing.
const rounds = 4

// Redact returns s with what could tell who wrote it replaced by a word in
// brackets: "call me at [phone]". It knows e-mail addresses, phone, card,
// account, social security, licence and insurance numbers, full dates and dates
// of birth, street addresses, names that are announced as such, handles, links
// that lead to more than a site, network addresses and passwords, also as
// people write them who hide them from machines. It keeps what a question is
// about: procedure and diagnosis codes, amounts, durations, counts, ages, years,
// blood pressure. Where it cannot tell, a long number goes and a short one stays.
//
// Look-alike digits, dashes and spaces come back as plain ones. The time taken
// grows with the length of s, and redacting twice is the same as once.
func Redact(s string) string {
	s = fold(s)
	for range rounds {
		t := newText(s)
		for _, find := range finders {
			find(t)
		}
		if len(t.spans) == 0 {
			break
		}
		s = t.replaced()
	}
	return s
}

// finders go from the certain to the likely; what one has found the next leave alone.
var finders = []func(*text){
	(*text).findWeb,
	(*text).findDates,
	(*text).findAddresses,
	(*text).findLabelled,
	(*text).findSpelled,
	(*text).findNumbers,
	(*text).findNames,
}

// fold makes look-alikes equal: digits of all scripts and full-width letters
// become ASCII, every dash '-', every space ' ', every apostrophe straight;
// what cannot be seen goes.
func fold(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Map(foldRune, strings.ToValidUTF8(s, "\uFFFD"))
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] < ' ' {
			return false
		}
	}
	return true
}

func foldRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case unicode.IsSpace(r) || r == '\u2800' || r == '\u3164':
		return ' '
	case r < ' ' || r == 0x7F:
		return -1
	case r < 0x80:
		return r
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		return r - 0xFEE0
	case r == '\u2018' || r == '\u2019' || r == '\u02BC' || r == '\u00B4':
		return '\''
	case r == '\u201C' || r == '\u201D':
		return '"'
	case r == '\u2212' || r == '\u2043' || unicode.Is(unicode.Pd, r):
		return '-'
	case r == '\u2215' || r == '\u2044':
		return '/'
	case r == '\u2024' || r == '\u00B7' || r == '\u2022' || r == '\u2219' || r == '\u3002':
		return '.'
	case unicode.Is(unicode.Nd, r):
		return '0' + digitValue(r)
	case circled(r) >= 0:
		return '0' + circled(r)
	case unicode.In(r, unicode.Cf, unicode.Cc), r == '\u20E3', r >= '\uFE00' && r <= '\uFE0F', r >= '\u0300' && r <= '\u036F':
		return -1 // zero-width characters, keycaps and variants of emoji, accents written apart
	}
	return r
}

// digitValue relies on Unicode's promise that decimal digits come in runs of ten.
func digitValue(r rune) rune {
	for _, run := range unicode.Nd.R16 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return (r - rune(run.Lo)) % 10
		}
	}
	for _, run := range unicode.Nd.R32 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return (r - rune(run.Lo)) % 10
		}
	}
	return 0
}

// circled is the value of a raised, lowered or circled digit, or -1.
func circled(r rune) rune {
	switch {
	case r == '\u00B9':
		return 1
	case r == '\u00B2' || r == '\u00B3':
		return r - '\u00B0'
	case r == '\u2070' || r >= '\u2074' && r <= '\u2079':
		return r - '\u2070'
	case r >= '\u2080' && r <= '\u2089':
		return r - '\u2080'
	case r >= '\u2460' && r <= '\u2468':
		return r - '\u245F'
	case r == '\u24EA':
		return 0
	}
	return -1
}

// A span is a stretch of the text to be replaced.
type span struct {
	start, end int
	token      string
}

// replaced is the text with its spans replaced; of spans that overlap the one
// that starts first, or else the longest, gives the word.
func (t *text) replaced() string {
	slices.SortFunc(t.spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	var b strings.Builder
	at := 0
	for _, s := range t.spans {
		if s.start >= at {
			b.WriteString(t.s[at:s.start])
			b.WriteString(s.token)
		}
		at = max(at, s.end)
	}
	b.WriteString(t.s[at:])
	return b.String()
}
