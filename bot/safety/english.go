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

// isEnglish reports whether w is a common English word or a form of one.
func isEnglish(w string) bool {
	words := english()
	if words[w] {
		return true
	}
	for _, e := range endings {
		stem, ok := strings.CutSuffix(w, e)
		if !ok || len(stem) < 3 {
			continue
		}
		n := len(stem)
		if words[stem] || words[stem+"e"] && e != "s" || stem[n-1] == 'i' && words[stem[:n-1]+"y"] ||
			n > 3 && stem[n-1] == stem[n-2] && words[stem[:n-1]] {
			return true
		}
	}
	return false
}
