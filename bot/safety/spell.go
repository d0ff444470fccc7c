package safety

import (
	"math/bits"
	"strings"
)

// spelling finds the word that was meant among the words worth correcting: one
// edit is forgiven up to seven letters, two from eight. Swapped neighbours count
// as one edit.
type spelling struct {
	words   map[string]int     // how much each is preferred among equals
	fixable map[byte][]fixable // the words worth correcting, by first letter
}

// fixable is a word with its letters, to rule it out without comparing.
type fixable struct {
	text    string
	letters uint64
}

const (
	minFix   = 4  // shorter words have too many neighbours
	twoFix   = 8  // from here two edits are forgiven
	maxFix   = 16 // longer ones are no single word
	maxEdits = 2
)

// How much rank a word gains by standing in an example, or in the list of words
// worth correcting.
const (
	usedRank = 4
	signRank = 6
)

func newSpelling(worth, used, signs []string) *spelling {
	s := &spelling{words: map[string]int{}, fixable: map[byte][]fixable{}}
	for _, w := range worth {
		if _, twice := s.words[w]; twice || len(w) < minFix || len(w) > maxFix || !letters(w) {
			continue
		}
		s.words[w] = 0
		s.fixable[w[0]] = append(s.fixable[w[0]], fixable{w, letterBag(w)})
	}
	for _, w := range used {
		s.words[w] = usedRank
	}
	for _, w := range signs {
		s.words[w] = signRank
	}
	return s
}

// letterBag has a bit for each letter of a word, and another for each that it has
// more than once. One edit changes two bits at most.
func letterBag(w string) uint64 {
	var bag uint64
	for i := range len(w) {
		bit := uint64(1) << (w[i] - 'a')
		if bag&bit != 0 {
			bit <<= 26
		}
		bag |= bit
	}
	return bag
}

func letters(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// nearest is the word that was meant, two words when they were run together
// ("chestpain"), or w itself.
func (s *spelling) nearest(w string, known func(string) bool) string {
	if len(w) > maxFix || !letters(w) {
		return w
	}
	if fixed, rank := s.fix(w); fixed != "" {
		if s.words[fixed] > 0 || !s.likelyEnglish(w, fixed, rank+len(w)/5) { // a tie goes to English only in short words
			return fixed
		}
		return w // "gropu" is rather group than grope
	}
	for i := 3; i+3 <= len(w); i++ {
		if a, b := w[:i], w[i:]; s.words[a] > 0 && known(b) || s.words[b] > 0 && known(a) {
			return a + " " + b
		}
	}
	return w
}

func edits(n int) int {
	switch {
	case n < minFix:
		return 0
	case n < twoFix:
		return 1
	}
	return maxEdits
}

// likelyEnglish reports whether one slip turns a common English word, other than
// the one found, into w, with at least the given rank.
func (s *spelling) likelyEnglish(w, found string, rank int) bool {
	var room [maxFix + 1]byte
	for i := range len(w) {
		if i > 0 {
			c := append(room[:0], w...)
			c[i-1], c[i] = c[i], c[i-1]
			if s.meant(w, c, found, rank) {
				return true
			}
		}
		if s.meant(w, append(append(room[:0], w[:i]...), w[i+1:]...), found, rank) {
			return true
		}
		more := append(append(append(room[:0], w[:i]...), 0), w[i:]...)
		for more[i] = 'a'; more[i] <= 'z'; more[i]++ {
			if s.meant(w, more, found, rank) {
				return true
			}
		}
		other := append(room[:0], w...)
		for other[i] = 'a'; other[i] <= 'z'; other[i]++ {
			if s.meant(w, other, found, rank) {
				return true
			}
		}
	}
	return false
}

// meant reports whether c is a common English word that w may stand for.
func (s *spelling) meant(w string, c []byte, found string, rank int) bool {
	if c[0] != w[0] && (c[0] != w[1] || c[1] != w[0]) || !isEnglish(c) {
		return false
	}
	meant := string(c)
	return meant != found && s.rank(w, meant) >= rank
}

// fix is the nearest word worth correcting with its rank, or "". Among equally
// near ones a preferred word wins, then one with the same last letter.
func (s *spelling) fix(w string) (best string, rank int) {
	if len(w) < minFix {
		return "", 0
	}
	bag := letterBag(w)
	look := func(words []fixable) {
		for _, c := range words {
			if n := edits(min(len(c.text), len(w))); bits.OnesCount64(bag^c.letters) > 2*n || max(len(c.text)-len(w), len(w)-len(c.text)) > n {
				continue
			}
			if r := s.rank(w, c.text); r > rank || r == rank && r > 0 && c.text < best {
				best, rank = c.text, r
			}
		}
	}
	look(s.fixable[w[0]])
	if w[1] != w[0] {
		look(s.fixable[w[1]])
	}
	return best, rank
}

// rank is how likely w was meant for c; 0 rules it out.
func (s *spelling) rank(w, c string) int {
	if !sameStart(w, c) {
		return 0
	}
	n := distance(w, c)
	if n > edits(min(len(c), len(w))) {
		return 0
	}
	rank := 8*(maxEdits+1-n) + s.words[c]
	if anagram(w, c) || undoubled(w) == undoubled(c) { // the commonest slips: "haed", "pased"
		rank += 3
	}
	if w[len(w)-1] == c[len(c)-1] {
		rank += 2
	}
	return rank
}

// anagram reports whether the words have the same letters.
func anagram(a, b string) bool {
	var n [256]int8
	for i := range len(a) {
		n[a[i]]++
	}
	for i := range len(b) {
		n[b[i]]--
	}
	return n == [256]int8{}
}

// undoubled writes doubled letters once.
func undoubled(w string) string {
	b := make([]byte, 0, maxFix)
	for i := range len(w) {
		if i == 0 || w[i] != w[i-1] {
			b = append(b, w[i])
		}
	}
	return string(b)
}

// sameStart reports whether the words start alike: people rarely miss the
// first letter, and "bumps" is not "numb".
func sameStart(a, b string) bool { return a[0] == b[0] || a[0] == b[1] && a[1] == b[0] }

// distance counts the edits between two short words, swapped neighbours as one.
// Longer ones are far apart.
func distance(a, b string) int {
	if len(a) > maxFix+1 || len(b) > maxFix+1 {
		return maxFix
	}
	var prev2, prev, cur [maxFix + 2]int
	for j := 0; j <= len(b); j++ {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev = prev, cur
	}
	return prev[len(b)]
}
