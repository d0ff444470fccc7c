package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"
)

// token is one word of a text, as the index sees it.
type token struct {
	word string // lower case, accents folded, contractions opened: "do", "not", "elbow"
	stem string // what is compared: "elbow" for "elbows"
}

// analyze turns text into tokens. Unlike the usual English analyzers it keeps
// before, after, not, without and during: here they carry the meaning.
func analyze(text string) []token {
	tokens := make([]token, 0, len(text)/5+1)
	eachWord(text, func(w string) {
		if open, ok := shorthand[w]; ok {
			for _, part := range open {
				tokens = append(tokens, token{part, stem(part)})
			}
			return
		}
		tokens = append(tokens, token{w, stem(w)})
	})
	return tokens
}

// eachWord calls f for every word of text, lower-cased and accent-folded.
// Apostrophes inside a word are dropped ("can't" is "cant", which shorthand
// opens), a possessive 's goes, and a point between digits stays (M54.5).
func eachWord(text string, f func(string)) {
	text = fold(text)
	start := -1
	for i, r := range text {
		if isWord(text, i, r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			emit(text[start:i], f)
			start = -1
		}
	}
	if start >= 0 {
		emit(text[start:], f)
	}
}

func isWord(text string, i int, r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return true
	case r == ' ':
		return false
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
		return true
	}
	if i == 0 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
	switch r {
	case '\'':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '.':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

func emit(w string, f func(string)) {
	if strings.IndexByte(w, '\'') >= 0 {
		w = strings.TrimSuffix(w, "'s")
		w = strings.ReplaceAll(w, "'", "")
	}
	if w != "" {
		f(w)
	}
}

// fold lower-cases, unifies apostrophes and strips accents. Plain ASCII, which
// is nearly everything, takes one pass without allocating when already lower.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return openSlashes(strings.ReplaceAll(strings.ToLower(s), "`", "'"))
	}
	s = strings.ToValidUTF8(s, " ")
	s = apostrophes.Replace(s)
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.Is(unicode.Cf, r):
		default:
			if latin, ok := lookalikes[r]; ok {
				r = latin
			}
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return openSlashes(b.String())
}

// openSlashes opens the two abbreviations that a word splitter would tear apart,
// where they stand alone: "w/ my back", not "elbow/knee".
func openSlashes(s string) string {
	if !strings.Contains(s, "w/") {
		return s
	}
	return slashes.Replace(" " + s + " ")
}

var slashes = strings.NewReplacer(" w/o ", " without ", " w/o?", " without ", " w/o.", " without ", " w/o,", " without ", " w/", " with ")

var apostrophes = strings.NewReplacer("\u2019", "'", "\u2018", "'", "\u02bc", "'", "`", "'", "\u00b4", "'", "\uff07", "'")

// lookalikes maps Cyrillic and Greek letters that are drawn like Latin ones, so
// that a pasted "іnsurаnсе" is still about insurance.
var lookalikes = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'ѕ': 's', 'ј': 'j', 'ԁ': 'd', 'һ': 'h',
	'А': 'a', 'В': 'b', 'Е': 'e', 'К': 'k', 'М': 'm', 'Н': 'h', 'О': 'o', 'Р': 'p', 'С': 'c', 'Т': 't', 'У': 'y', 'Х': 'x', 'І': 'i',
	'α': 'a', 'ο': 'o', 'ν': 'v', 'Α': 'a', 'Β': 'b', 'Ε': 'e', 'Ζ': 'z', 'Η': 'h', 'Ι': 'i', 'Κ': 'k', 'Μ': 'm', 'Ν': 'n', 'Ο': 'o', 'Ρ': 'p', 'Τ': 't', 'Υ': 'y', 'Χ': 'x',
}

// stem is Snowball's English stemmer (Porter 2), https://snowballstem.org,
// also known as Porter 2.
func stem(w string) string {
	if len(w) < 3 || w[0] < 'a' || w[0] > 'z' {
		return w
	}
	if s, ok := irregular[w]; ok {
		return s
	}
	env := snowballstem.NewEnv(w)
	english.Stem(env)
	return env.Current()
}

// irregular forms that a suffix stripper cannot join.
var irregular = map[string]string{
	"felt": "feel", "hurts": "hurt", "paid": "pay", "ate": "eat", "eaten": "eat", "wore": "wear", "worn": "wear", "drank": "drink", "drunk": "drink",
	"feet": "foot", "teeth": "tooth", "women": "woman", "men": "man", "children": "child", "kids": "kid", "broke": "break", "broken": "break",
	"gave": "give", "given": "give", "took": "take", "taken": "take", "went": "go", "gone": "go", "said": "say", "told": "tell",
	"wrote": "write", "written": "write", "chose": "choose", "chosen": "choose", "came": "come", "got": "get", "gotten": "get",
	"knew": "know", "known": "know", "slept": "sleep", "tore": "tear", "torn": "tear", "bought": "buy", "brought": "bring",
	"kept": "keep", "left": "leave", "met": "meet", "sat": "sit", "stood": "stand", "saw": "see", "seen": "see", "spent": "spend",
	"better": "better", "insurer": "insur", "insurers": "insur", "therapist": "therapist", "therapists": "therapist",
	"swollen": "swell", "swole": "swell", "healed": "heal", "healthier": "health", "healthy": "health",
	"diagnoses": "diagnos", "diagnosis": "diagnos", "diagnosed": "diagnos", "prescription": "prescrib", "prescriptions": "prescrib",
	"prescribed": "prescrib", "reimbursement": "reimburs", "necessity": "necess", "necessary": "necess", "arthritic": "arthrit",
	"pregnancy": "pregnant", "pregnancies": "pregnant", "surgical": "surgeri", "surgeries": "surgeri", "infected": "infect",
	"flexibility": "flexibl", "flexible": "flexibl", "mobility": "mobil", "tightness": "tight", "stiffness": "stiff", "soreness": "sore",
	"sweaty": "sweat", "itchy": "itch", "bruises": "bruis", "anxious": "anxieti", "payment": "pay", "payments": "pay",
	"licensed": "licens", "licence": "licens", "licenced": "licens", "referral": "refer", "referrals": "refer", "referred": "refer",
	"breathe": "breath", "breathing": "breath",
}
