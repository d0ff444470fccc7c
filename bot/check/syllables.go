package check

import (
	"regexp"
	"strings"
	"unicode"
)

// syllables is how many syllables words have, as far as counted.
type syllables map[string]int

// grade is the Flesch-Kincaid grade of an answer: the years of US school that
// its reader needs. Words is how many words it has.
func (counted syllables) grade(markdown string) (grade float64, words int) {
	count, total := 0, 0
	for _, s := range sentences(markdown) {
		n := 0
		for _, w := range strings.FieldsFunc(s.text, notInWord) {
			if strings.ContainsFunc(w, wordly) {
				n++
				total += counted.in(w)
			}
		}
		if n > 0 {
			count++
			words += n
		}
	}
	if words == 0 {
		return 0, 0
	}
	return 0.39*float64(words)/float64(count) + 11.8*float64(total)/float64(words) - 15.59, words
}

func notInWord(r rune) bool { return unicode.IsSpace(r) || r == '\u2014' || r == '\u2013' || r == '/' }

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// in counts the syllables of a word as it is spoken. A number is read as one,
// a code or an abbreviation in capitals letter by letter.
func (counted syllables) in(word string) int {
	if n := counted[word]; n > 0 {
		return n
	}
	n := 0
	for _, part := range strings.FieldsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '\u2019' }) {
		n += spoken(part)
	}
	counted[word] = max(n, 1)
	return counted[word]
}

func spoken(part string) int {
	part = strings.Trim(strings.ReplaceAll(part, "\u2019", "'"), "'")
	if len(part) > 1 && len(part) <= 5 && part == strings.ToUpper(part) && !vowelly(part) {
		return len(part) // HSA, CPT, DVT
	}
	w := strings.ToLower(part)
	w = strings.TrimSuffix(w, "'s")
	if n, ok := odd[w]; ok {
		return n
	}
	if n, ok := odd[strings.TrimSuffix(w, "s")]; ok {
		return n
	}
	return max(1, vowels(w))
}

// vowelly reports whether capitals are read as a word: COVID, TRICARE, PIN.
func vowelly(w string) bool {
	switch w {
	case "HSA", "FSA", "ID", "IRS", "VA", "ICD", "OK", "US", "EOB", "FAQ", "IASTM", "AMTA", "TIA", "OON", "UHC", "PIP":
		return w == "PIP"
	}
	return strings.ContainsAny(w, "AEIOU")
}

var (
	group      = regexp.MustCompile(`[aeiouy]+`)
	silent     = regexp.MustCompile(`[^aeiouy]e\b|[^aeiouytd]ed\b|[^aeiouycsxzgh]es\b|thes\b|[^aeiou]eness|[^aeiou]ely\b|[^aeiou]eful|[^aeiou]eless|[^aeiou]ement|[gq]ue\b|[gq]ues\b|^(?:some|home|side|fore|life|guide|base|there|where|care|time)[^aeiouyds]`)
	soundedEnd = regexp.MustCompile(`[^aeiouylr]le\b|[^aeiouyl]les\b`)
	split      = regexp.MustCompile(`[aeiou]ing\b|[^qgtcsx]ia|[^tcsgx]io|[^q]uou|ua[lrt]|[^g]eo[nupr]|iu|uity|[aeiouy]l?ism\b|[^aeiou]sm\b|eate|[^r]eal\w|creat|iety|ying\b|[^dcst]ier|[^tc]ien|[^v]iet|[aou]ye|[^qgb]ui[dn]|[sd]n't\b|oope|oord|oolog`)
)

// vowels counts groups of vowels, and corrects for silent and split ones.
func vowels(w string) int {
	n := len(group.FindAllString(w, -1))
	n -= len(silent.FindAllString(w, -1))
	n += len(soundedEnd.FindAllString(w, -1))
	n += len(split.FindAllString(w, -1))
	return n
}

// odd are words that the rules get wrong and that people use here.
var odd = map[string]int{
	"ache": 1, "headache": 2, "backache": 2, "area": 3, "argue": 2, "associate": 4, "appreciate": 4, "business": 2, "camera": 2, "coinsurance": 4, "crooked": 2,
	"diabetes": 4, "easier": 3, "evening": 2, "every": 2, "everything": 3, "fibromyalgia": 6, "graduate": 4, "hundred": 2,
	"idea": 3, "lifestyle": 2, "museum": 3, "naked": 2, "osteoarthritis": 6, "people": 2, "physiotherapist": 6, "poem": 2,
	"preauthorization": 6, "preeclampsia": 4, "ratio": 3, "react": 2, "reaction": 3, "recipe": 3, "reimburse": 3,
	"reimbursement": 4, "resume": 3, "rhythm": 2, "rugged": 2, "sacred": 2, "sciatica": 4, "science": 2, "someone": 2,
	"stereo": 3, "treated": 2, "video": 3, "wednesday": 2, "wicked": 2,
}
