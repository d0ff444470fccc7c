package check

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// A quantity is a number with what it counts, as said in an answer.
type quantity struct {
	kind       string  // "time", "money", "percent", "code", "phone", "year", or what is counted: "visit"
	low, high  float64 // in hours for a time; equal for a single number; Inf for "at least"
	bound      int     // -1 at least, +1 at most, 0 exact or about
	exact      string  // codes and phone numbers are compared as they stand
	start, end int     // bytes in the text searched
}

const (
	oneNumber = `\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|sixty|ninety|half an?`
	span      = `(` + oneNumber + `)(?:\s*(?:-|\x{2013}|to|or|and)\s*(` + oneNumber + `))?`
)

var (
	counted = regexp.MustCompile(`(?i)\b` + span + `[\s-]+(business days?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|visits?|sessions?|units?|appointments?|percent|weeks? pregnant)\b`)
	percent = regexp.MustCompile(`(?i)\b` + span + `\s?%`)
	money   = regexp.MustCompile(`\$\s?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s*(?:-|\x{2013}|to)\s*\$?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?))?`)
	phone   = regexp.MustCompile(`\b(?:1-)?\d{3}-\d{3}-\d{4}\b`)
	code    = regexp.MustCompile(`\b9\d{4}\b|\b[A-Z]\d{2}(?:\.\d+)\b`)
	year    = regexp.MustCompile(`\b(?:19|20)\d{2}\b`)
)

// quantities finds the numbers in a text.
func quantities(text string) []quantity {
	var out []quantity
	if !numbered(text) {
		return nil
	}
	taken := func(from, to int) bool {
		for _, q := range out {
			if from < q.end && to > q.start {
				return true
			}
		}
		return false
	}
	for _, m := range phone.FindAllStringIndex(text, -1) {
		out = append(out, quantity{kind: "phone", exact: strings.TrimPrefix(text[m[0]:m[1]], "1-"), start: m[0], end: m[1]})
	}
	for _, m := range money.FindAllStringSubmatchIndex(text, -1) {
		out = append(out, numeric(text, m, "money", 1))
	}
	for _, m := range percent.FindAllStringSubmatchIndex(text, -1) {
		out = append(out, numeric(text, m, "percent", 1))
	}
	for _, m := range counted.FindAllStringSubmatchIndex(text, -1) {
		if !taken(m[0], m[1]) {
			kind, scale := unit(strings.ToLower(text[m[6]:m[7]]))
			out = append(out, numeric(text, m, kind, scale))
		}
	}
	for _, m := range code.FindAllStringIndex(text, -1) {
		if !taken(m[0], m[1]) {
			out = append(out, quantity{kind: "code", exact: text[m[0]:m[1]], start: m[0], end: m[1]})
		}
	}
	for _, m := range year.FindAllStringIndex(text, -1) {
		if !taken(m[0], m[1]) {
			out = append(out, quantity{kind: "year", exact: text[m[0]:m[1]], start: m[0], end: m[1]})
		}
	}
	return out
}

// numbered reports whether there may be a number: a quick look that spares
// most clauses the search.
func numbered(text string) bool {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if w[0] >= '0' && w[0] <= '9' || unicode.IsDigit(rune(w[len(w)-1])) || words[strings.ToLower(w)] > 0 || strings.EqualFold(w, "half") {
			return true
		}
	}
	return false
}

// numeric is the quantity of a match whose groups 1 and 2 are its numbers.
func numeric(text string, m []int, kind string, scale float64) quantity {
	q := quantity{kind: kind, start: m[0], end: m[1]}
	q.low = scale * value(text[m[2]:m[3]])
	q.high = q.low
	if m[4] >= 0 {
		q.high = max(q.low, scale*value(text[m[4]:m[5]]))
	}
	q.bound = bound(text[:q.start], text[q.end:])
	return q
}

// unit is what a word counts and, for times, how many hours one of it is.
func unit(word string) (kind string, hours float64) {
	switch strings.TrimSuffix(word, "s") {
	case "minute", "min":
		return "time", 1.0 / 60
	case "hour", "hr":
		return "time", 1
	case "day":
		return "time", 24
	case "week":
		return "time", 7 * 24
	case "month":
		return "time", 30 * 24
	case "year":
		return "time", 365 * 24
	case "session", "appointment", "visit":
		return "visit", 1
	}
	return strings.TrimSuffix(word, "s"), 1
}

var words = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90,
	"half a": 0.5, "half an": 0.5,
}

func value(s string) float64 {
	if v, ok := words[strings.ToLower(s)]; ok {
		return v
	}
	v, _ := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64) // the pattern lets only numbers through
	return v
}

var (
	atLeast = regexp.MustCompile(`(?i)\b(?:at least|more than|over|past|after|longer than|beyond|minimum of|not before)\s+(?:about |the )?$`)
	atMost  = regexp.MustCompile(`(?i)\b(?:at most|up to|within|under|less than|no more than|no later than|in the first|maximum of|fewer than)\s+(?:about |the )?$`)
	orMore  = regexp.MustCompile(`(?i)^\s+(?:or|and) (?:more|longer|above|over|older)\b`)
	orLess  = regexp.MustCompile(`(?i)^\s+or (?:less|fewer|sooner|under)\b`)
)

func bound(before, after string) int {
	switch {
	case atLeast.MatchString(before), orMore.MatchString(after):
		return -1
	case atMost.MatchString(before), orLess.MatchString(after):
		return 1
	}
	return 0
}

// agrees reports whether two quantities can both be true of one thing. Two
// limits of the same kind have to be the same limit: within 24 hours is not
// within 48, while 48 is within 24 to 72.
func (q quantity) agrees(o quantity) bool {
	if q.exact != "" || o.exact != "" {
		return q.exact == o.exact
	}
	if q.bound == o.bound && q.bound != 0 {
		return close(q.low, o.low) && close(q.high, o.high)
	}
	ql, qh := q.reach()
	ol, oh := o.reach()
	return ql <= oh*1.05 && ol <= qh*1.05
}

// reach is the interval of values that a quantity allows.
func (q quantity) reach() (low, high float64) {
	switch q.bound {
	case -1:
		return q.low, math.Inf(1)
	case 1:
		return 0, q.high
	}
	return q.low, q.high
}

// close forgives rounding: 72 hours and 3 days, 4 weeks and a month.
func close(a, b float64) bool { return math.Abs(a-b) <= 0.08*max(a, b) }
