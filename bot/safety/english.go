package safety

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed english.txt
var englishText string

// english are common English words in their simplest form.
var english = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool, 1<<14)
	for line := range strings.Lines(englishText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			words[w] = true
		}
	}
	return words
})

// endings that common words take on.
var endings = []string{"s", "es", "ed", "d", "ing", "ings", "er", "ers", "est", "ly", "ness"}

// minStem is the shortest word whose forms are left out of the list.
const minStem = 4

// isEnglish reports whether w is a common English word or a form of one.
func isEnglish(w string) bool {
	words := english()
	if words[w] {
		return true
	}
	for _, e := range endings {
		if stem, ok := strings.CutSuffix(w, e); ok && len(stem) >= minStem && isStem(words, stem, e) {
			return true
		}
	}
	return false
}

// isStem reports whether stem with its ending is a form of a listed word:
// "mov-ing" of move, "worri-ed" of worry, "stopp-ed" of stop.
func isStem(words map[string]bool, stem, ending string) bool {
	n := len(stem)
	switch {
	case words[stem], ending != "s" && words[stem+"e"]:
		return true
	case stem[n-1] == 'i':
		return words[stem[:n-1]+"y"]
	case stem[n-1] == stem[n-2] && strings.IndexByte("aeiouy", stem[n-3]) >= 0:
		return words[stem[:n-1]]
	}
	return false
}
