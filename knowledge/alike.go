package knowledge

import (
	"slices"
	"strings"
	"unicode"
)

// Words are the words of a question that carry its meaning, in lower case and
// without endings, sorted, each once. "before" and "after", "not" and "can't"
// are among them: here they carry the meaning.
func Words(question string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(question), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '\u2019'
	}) {
		w = strings.ReplaceAll(strings.Trim(w, "'\u2019"), "\u2019", "'")
		w = strings.TrimSuffix(w, "'s")
		if w != "" && !idle[w] {
			words = append(words, stem(w))
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// idle are words that two questions may differ in and still be the same.
var idle = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("a an the is are was am be been do does did i i'm im me my we our you your it its it's " +
		"to of for in on at and or so that this there please hi hello hey just really") {
		m[w] = true
	}
	return m
}()

// stem takes the commonest endings off a word, so that "massages" and
// "massage", "covered" and "covers" are the same. It need not find real words.
func stem(w string) string {
	if len(w) <= 3 || strings.ContainsFunc(w, unicode.IsDigit) {
		return w
	}
	for _, end := range []string{"ing", "ed", "es", "s", "e"} {
		if rest, ok := strings.CutSuffix(w, end); ok && len(rest) >= 3 && !(end == "s" && strings.HasSuffix(rest, "s")) {
			w = rest
			break
		}
	}
	return strings.TrimSuffix(w, "e")
}

// Alike is how alike two questions are by their Words: the share of words that
// they have in common, 0 to 1.
func Alike(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i], b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
