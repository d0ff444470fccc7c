package safety

import "strings"

// spelling finds the word that was meant among the words worth correcting, by
// the deletions that both share: one edit is forgiven up to seven letters, two
// from eight. Swapped neighbours count as one edit.
type spelling struct {
	words   map[string]int      // how much each is preferred among equals
	deletes map[string][]string // a word with letters left out, to the words it may come from
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

func newSpelling(fixable, used, signs []string) *spelling {
	s := &spelling{words: map[string]int{}, deletes: map[string][]string{}}
	for _, w := range fixable {
		if _, twice := s.words[w]; twice || len(w) < minFix || len(w) > maxFix || !letters(w) {
			continue
		}
		s.words[w] = 0
		eachDelete(w, edits(len(w)), func(d string) { s.deletes[d] = append(s.deletes[d], w) })
	}
	for _, w := range used {
		s.words[w] = usedRank
	}
	for _, w := range signs {
		s.words[w] = signRank
	}
	return s
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
		if s.words[fixed] > 0 || s.englishRank(w, fixed) < rank+len(w)/5 { // a tie goes to English only in short words
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

// englishRank is the rank of the likeliest common English word that one slip
// turns into w, other than the one found; 0 if there is none.
func (s *spelling) englishRank(w, found string) int {
	best := 0
	try := func(c string) {
		if c != found && isEnglish(c) {
			best = max(best, s.rank(w, c))
		}
	}
	for i := range w {
		if i > 0 {
			try(w[:i-1] + w[i:i+1] + w[i-1:i] + w[i+1:])
		}
		try(w[:i] + w[i+1:])
		for c := 'a'; c <= 'z'; c++ {
			try(w[:i] + string(c) + w[i:])
			try(w[:i] + string(c) + w[i+1:])
		}
	}
	return best
}

// fix is the nearest word worth correcting with its rank, or "". Among equally
// near ones a preferred word wins, then one with the same last letter.
func (s *spelling) fix(w string) (best string, rank int) {
	eachDelete(w, edits(len(w)), func(d string) {
		for _, c := range s.deletes[d] {
			if r := s.rank(w, c); r > rank || r == rank && r > 0 && c < best {
				best, rank = c, r
			}
		}
	})
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

func eachDelete(w string, depth int, do func(string)) {
	do(w)
	if depth == 0 {
		return
	}
	for i := range len(w) {
		if i > 0 && w[i] == w[i-1] {
			continue
		}
		eachDelete(w[:i]+w[i+1:], depth-1, do)
	}
}

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
