package safety

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed english.txt
var englishText string

// What is known of a string.
const (
	isWord = 1 << iota // it is a common English word in its simplest form
	plusE              // with an e it is one: "mov"
	iForY              // with y for the last letter it is one: "worri"
)

// english are common English words, and what their endings leave of them.
var english = sync.OnceValue(func() map[string]uint8 {
	known := make(map[string]uint8, 1<<15)
	for line := range strings.Lines(englishText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			known[w] |= isWord
			if stem, ok := strings.CutSuffix(w, "e"); ok {
				known[stem] |= plusE
			}
			if stem, ok := strings.CutSuffix(w, "y"); ok {
				known[stem+"i"] |= iForY
			}
		}
	}
	return known
})

// endings that common words take on, by their last letter.
var endings = map[byte][]string{'s': {"s", "es", "ings", "ers", "ness"}, 'd': {"ed", "d"}, 'g': {"ing"}, 'r': {"er"}, 't': {"est"}, 'y': {"ly"}}

// minStem is the shortest word whose forms are left out of the list.
const minStem = 4

// isEnglish reports whether w is a common English word or a form of one.
func isEnglish[Text string | []byte](w Text) bool {
	known := english()
	if known[string(w)]&isWord != 0 {
		return true
	}
	if len(w) <= minStem {
		return false
	}
	for _, e := range endings[w[len(w)-1]] {
		n := len(w) - len(e)
		if n >= minStem && string(w[n:]) == e && isStem(known, w[:n], e) {
			return true
		}
	}
	return false
}

// isStem reports whether stem with its ending is a form of a listed word:
// "mov-ing" of move, "worri-ed" of worry, "stopp-ed" of stop. A "y" stays before
// "ing", and only an ending that begins with a vowel doubles a letter.
func isStem[Text string | []byte](known map[string]uint8, stem Text, ending string) bool {
	n, is := len(stem), known[string(stem)]
	switch {
	case ending == "d": // "use-d", and not "lock-d"
		return is&isWord != 0 && stem[n-1] == 'e'
	case is&isWord != 0, ending != "s" && is&plusE != 0:
		return true
	case stem[n-1] == 'i' && ending[0] != 'i':
		return is&iForY != 0
	case stem[n-1] == stem[n-2] && (ending[0] == 'e' || ending[0] == 'i') && strings.IndexByte("aeiouy", stem[n-3]) >= 0:
		return known[string(stem[:n-1])]&isWord != 0
	}
	return false
}
