package safety

import "strings"

// clauseWords are the words that part clauses.
type clauseWords struct {
	breaks, starts, verbs map[string]bool
}

// mark numbers the clauses and sentences of a message. People in a chat leave
// out most commas, so that words have to tell: "but" and "because" always
// begin a clause, "my" or "he" after a comma, after "and" and after "ago". A wish
// to book at the end is a sentence of its own: its "massage" excuses nothing.
func (c *clauseWords) mark(tokens []token) {
	var clause, sentence int32
	for i := range tokens {
		t := &tokens[i]
		switch {
		case i == 0:
		case t.stop:
			sentence++
			clause++
		case c.begins(tokens, i):
			clause++
			if booking(tokens[i:]) {
				sentence++
				forgetTimes(tokens[i:])
			}
		}
		t.clause, t.sentence = clause, sentence
	}
}

// bookingReach is how soon a wish to book says what it is about.
const bookingReach = 7

// booking reports whether the words begin to ask for an appointment: "can i still
// come", "and i need a massage".
func booking(tokens []token) bool {
	if tokens[0].text == "and" {
		tokens = tokens[1:]
	}
	if len(tokens) < 2 || !wishes[tokens[0].text+" "+tokens[1].text] {
		return false
	}
	for _, t := range tokens[2:min(len(tokens), bookingReach)] {
		if t.stop {
			return false
		}
		if booked[t.text] {
			return true
		}
	}
	return false
}

// forgetTimes takes the times out of a wish to book, up to where somebody is spoken
// of again: "today" in "can i come today" says nothing of when it hurt.
func forgetTimes(tokens []token) {
	for i := 2; i < min(len(tokens), bookingReach+3) && !tokens[i].stop && !subjects[tokens[i].text]; i++ {
		if bookedFor[tokens[i].text] {
			tokens[i].text = ""
		}
	}
}

var (
	subjects  = set([]string{"i", "my", "he", "she", "his", "her", "we", "they", "it", "because", "but"})
	bookedFor = set([]string{"today", "tonight", "tomorrow", "now"})

	wishes = set([]string{"can i", "can she", "can he", "can we", "can you", "could i", "could you", "could we", "should i", "should she", "should he", "do you", "is a", "is it", "is my", "may i", "will you", "would you", "i need", "i want", "i would", "i still", "need a", "are you"})
	booked = set([]string{"book", "come", "massage", "massaged", "session", "appointment", "reschedule", "cancel", "opening", "openings", "slot", "slots", "squeeze", "fit", "available", "availability"})
)

func (c *clauseWords) begins(tokens []token, i int) bool {
	t, before := tokens[i], tokens[i-1].text
	switch {
	case c.breaks[t.text]:
		return true
	case inverted[t.text] && i+1 < len(tokens) && asked[tokens[i+1].text]:
		return true
	case t.text == "and" || t.text == "then":
		return c.clauseAfter(tokens, i)
	case t.comma:
		return c.starts[t.text] || t.text == ""
	case c.starts[t.text]:
		return before == "" || before == "ago" && !onlyTime(tokens, i)
	}
	return false
}

// onlyTime reports whether the clause before i is but a time: "5 years ago i
// had ..." is one clause, "had surgery a year ago my leg ..." is two.
func onlyTime(tokens []token, i int) bool {
	for j := i - 1; j >= 0 && tokens[j].clause == tokens[i-1].clause; j-- {
		if w := tokens[j].text; !timeWords[w] && numberEnd(w) == 0 {
			return false
		}
	}
	return true
}

var timeWords = set([]string{"ago", "a", "an", "about", "like", "around", "almost", "over", "couple", "few", "of", "several", "many", "some", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "long", "time", "while", "year", "years", "month", "months", "week", "weeks", "decade", "decades", "ages"})

// clauseAfter reports whether a new clause follows the "and" at i, rather than
// one more item of a list.
func (c *clauseWords) clauseAfter(tokens []token, i int) bool {
	if i+1 < len(tokens) && c.starts[tokens[i+1].text] {
		return true
	}
	if !c.verbBefore(tokens, i) { // "my hand and arm are swollen"
		return false
	}
	for j := i + 1; j < len(tokens) && j <= i+4; j++ {
		if tokens[j].stop || tokens[j].comma || tokens[j].text == "or" {
			return false
		}
		if c.verbs[tokens[j].text] {
			return true
		}
	}
	return false
}

// inverted and asked together begin a question, with or without a comma before
// it: "can i", "is it".
var (
	inverted = set([]string{"is", "are", "can", "could", "should", "do", "does", "will", "would", "am", "was"})
	asked    = set([]string{"it", "i", "we", "you", "this", "that", "massage", "there", "u"})
)

// verbBefore reports whether the clause that ends before i has a verb.
func (c *clauseWords) verbBefore(tokens []token, i int) bool {
	for j := i - 1; j >= 0 && tokens[j].clause == tokens[i-1].clause; j-- {
		w := tokens[j].text
		if c.verbs[w] || len(w) > 4 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing")) {
			return true
		}
	}
	return false
}
