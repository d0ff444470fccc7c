package safety

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxRunes bounds the work on one message. The bot looks at 2,000 characters;
// twice that is margin for other callers.
const maxRunes = 4000

// fold lower-cases, takes accents off and makes one apostrophe of many.
func fold(text string) string {
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		if len(text) > maxRunes {
			text = text[:maxRunes]
		}
		return strings.ToLower(text)
	}
	var b strings.Builder
	n := 0
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(cutRunes(text), " ")) {
		if n++; n > 2*maxRunes {
			break
		}
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		case r == '’' || r == '‘' || r == '´' || r == 'ʼ' || r == '＇':
			b.WriteByte('\'')
		case r == '—' || r == '–' || r == '…':
			b.WriteString(" - ")
		case r == '¿' || r == '¡':
			b.WriteByte(' ')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// cutRunes keeps the first maxRunes characters.
func cutRunes(text string) string {
	n := 0
	for i := range text {
		if n++; n > maxRunes {
			return text[:i]
		}
	}
	return text
}

// scan cuts folded text into words with the breaks between them, and adds them to out.
func scan(out []token, text string) []token {
	comma, stop := false, false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !wordRune(r) {
			switch r {
			case '.', '!', '?', '\n', ';':
				stop = stop || !decimal(text, i)
			case ',', ':', '(', ')', '"':
				comma = true
			case '-':
				comma = comma || i > 0 && text[i-1] == ' '
			}
			i += size
			continue
		}
		end := wordEnd(text, i)
		first := len(out)
		if out = parts(out, text[i:end]); len(out) > first {
			out[first].comma, out[first].stop = comma, stop
			comma, stop = false, false
		}
		i = end
	}
	return out
}

// decimal reports whether the point at i stands within a number, an address or
// an abbreviation such as "e.r.".
func decimal(text string, i int) bool {
	return text[i] == '.' && i > 0 && i+1 < len(text) && asciiWord(text[i-1]) && asciiWord(text[i+1])
}

func asciiWord(b byte) bool { return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' }

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' }

// wordEnd finds the end of the word that starts at i. "w/", "w/o" and "c/o"
// are words; the slash in "neck/jaw" parts two.
func wordEnd(text string, i int) int {
	start := i
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '/' && i-start == 1 && text[start] >= 'a' && text[start] <= 'z' {
			i += size
			continue
		}
		if !wordRune(r) {
			break
		}
		i += size
	}
	return i
}

// parts takes the apostrophes out of a word and parts "5yrs" into number and unit.
func parts(out []token, w string) []token {
	if strings.IndexByte(w, '\'') >= 0 {
		w = strings.Trim(w, "'")
		if stem, ok := strings.CutSuffix(w, "'s"); ok && !pronounS[stem] {
			w = stem
		}
		if stem, ok := strings.CutSuffix(w, "'d"); ok && stem != "" { // "nobody'd notice"
			return append(parts(out, stem), token{text: "would"})
		}
		w = strings.ReplaceAll(w, "'", "")
	}
	w = squeeze(w)
	if w == "" {
		return out
	}
	if w[0] < '0' || w[0] > '9' || shortDigits[w] {
		return append(out, token{text: w})
	}
	return runs(out, w)
}

// runs parts numbers and letters: "34w3d" into "34", "w", "3" and "d".
func runs(out []token, w string) []token {
	for w != "" {
		cut := max(numberEnd(w), lettersEnd(w))
		out, w = append(out, token{text: w[:cut]}), w[cut:]
	}
	return out
}

func lettersEnd(w string) int {
	i := 0
	for i < len(w) && (w[i] < '0' || w[i] > '9') {
		i++
	}
	return i
}

// pronounS are the words whose 's is a verb worth keeping.
var pronounS = map[string]bool{"it": true, "he": true, "she": true, "that": true, "what": true, "who": true, "there": true, "let": true, "where": true, "how": true}

// shortDigits are chat spellings that begin with a number.
var shortDigits = map[string]bool{"2day": true, "2nite": true, "2night": true, "2moro": true, "2morrow": true, "4ever": true, "4got": true, "1st": true}

func numberEnd(w string) int {
	i := 0
	for i < len(w) && w[i] >= '0' && w[i] <= '9' {
		i++
	}
	return i
}

// squeeze writes a letter that is drawn out ("heeeelp", "sooo") twice at most.
func squeeze(w string) string {
	run := 0
	for i := 1; i < len(w); i++ {
		if w[i] != w[i-1] || w[i] < 'a' {
			run = 0
		} else if run++; run == 2 {
			return squeezeAll(w)
		}
	}
	return w
}

func squeezeAll(w string) string {
	b := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if n := len(b); n >= 2 && w[i] == b[n-1] && w[i] == b[n-2] && w[i] >= 'a' {
			continue
		}
		b = append(b, w[i])
	}
	return string(b)
}
