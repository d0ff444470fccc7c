package safety

import (
	"slices"
	"strings"
)

// maxTokens bounds the work on one message.
const maxTokens = 900

// A token is one word of a message, as the patterns see it.
type token struct {
	text     string
	clause   int32 // counts up through the message
	sentence int32 // the same for sentences
	comma    bool  // a comma, colon, bracket or dash stands before it
	stop     bool  // a sentence ended before it
}

// speller turns people's typing into the words of the patterns.
type speller struct {
	short  map[string][]string // "b4" to "before"
	filler map[string]bool     // passed over
	odd    func(string) bool   // whether a word may be misspelled
	fix    func(string) string // nearest word worth correcting, or the word itself; nil corrects nothing
}

// tokens adds the words of a text, as scan finds them, to out: with chat spellings
// written out, slips corrected and fillers left out. fixed remembers what was
// corrected; it may be nil where fix is.
func (s *speller) tokens(out, words []token, fixed map[string]string) []token {
	out = slices.Grow(out, len(words))
	news := 0
	for _, w := range words {
		if len(out) >= maxTokens {
			break
		}
		if s.fix != nil && s.short[w.text] == nil && s.odd(w.text) {
			w.text = s.once(fixed, w.text, &news)
		}
		out = s.expand(out, w)
	}
	return out
}

// maxFixed bounds how many different words of one message are corrected.
const maxFixed = 100

// once corrects each different word once.
func (s *speller) once(fixed map[string]string, w string, news *int) string {
	f, ok := fixed[w]
	switch {
	case ok:
		return f
	case *news >= maxFixed:
		return w
	}
	*news++
	f = s.fix(w)
	fixed[w] = f
	return f
}

// expand adds a word, or the words that a chat spelling stands for.
func (s *speller) expand(out []token, w token) []token {
	long, short := s.short[w.text]
	if !short && strings.IndexByte(w.text, ' ') < 0 {
		return s.add(out, w)
	}
	if !short {
		long = strings.Fields(w.text) // "chestpain" was parted
	}
	for _, part := range long {
		out = s.add(out, token{text: part, comma: w.comma, stop: w.stop})
		w.comma, w.stop = false, false
	}
	return out
}

func (s *speller) add(out []token, w token) []token {
	if n := len(out); n > 0 && !w.stop {
		if joined := join(out[n-1].text, w.text); joined != "" {
			out[n-1].text = joined
			return out
		}
	}
	if s.filler[w.text] {
		return carry(out, w)
	}
	return append(out, w)
}

// carry drops a filler and keeps the break that stood before it, by leaving an
// empty word behind only where a break has to be remembered.
func carry(out []token, w token) []token {
	if w.comma || w.stop {
		w.text = ""
		return append(out, w)
	}
	return out
}

// join makes one word of "can not", "do not", "my self".
func join(a, b string) string {
	if b == "not" {
		switch a {
		case "can":
			return "cant"
		case "will":
			return "wont"
		case "do", "does", "did", "is", "are", "was", "were", "would", "have", "has", "had", "could", "should":
			return a + "nt"
		}
	}
	if b == "self" || b == "selves" {
		switch a {
		case "my", "him", "her", "your", "them", "our":
			return a + b
		}
	}
	return ""
}
