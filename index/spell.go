package index

import (
	"math/bits"
	"strings"
)

// correction is a known word that a misspelled one may stand for.
type correction struct {
	word string
	cost float32 // 0 is certain; see editCost
}

// corrections are at most this many for one word; more only adds noise.
const maxCorrections = 3

// correct lists what a word that nobody knows may stand for, likeliest first.
// Short words allow one slip, longer ones two.
func (x *wordIndex) correct(w string) []correction {
	if len(w) < 3 || len(w) > longestWord || !alphabetic(w) {
		return nil
	}
	limit := float32(1.3)
	if len(w) >= 5 {
		limit = 2.1
	}
	if len(w) >= 9 {
		limit = 2.8
	}
	var best []correction
	bag, sound := letterBag(w), soundKey(w)
	lo, hi := max(len(w)-2, 3), min(len(w)+2, longestWord)
	for i := x.byLen[lo]; i < x.byLen[hi+1]; i++ {
		c := &x.list[i]
		if bits.OnesCount64(bag^c.bag) > 5 && sound != c.sound {
			continue
		}
		cost := editCost(w, c.text, limit+0.6)
		if sound == c.sound {
			cost -= 0.6
		}
		if w[0] != c.text[0] {
			cost += 0.4 // people rarely miss the first letter
		}
		if c.count <= 1 {
			cost += 0.1
		}
		if cost <= limit {
			best = insertCorrection(best, correction{c.text, max(cost, 0)})
		}
	}
	return best
}

func insertCorrection(best []correction, c correction) []correction {
	i := len(best)
	for i > 0 && best[i-1].cost > c.cost {
		i--
	}
	if i >= maxCorrections {
		return best
	}
	best = append(best, c)
	copy(best[i+1:], best[i:])
	best[i] = c
	return best[:min(len(best), maxCorrections)]
}

// editCost is the optimal string alignment distance (Damerau 1964) with cheaper
// slips where fingers slip: neighbouring keys, doubled letters, vowels for
// vowels, swapped letters. It gives up above limit.
func editCost(a, b string, limit float32) float32 {
	var rows [3][longestWord + 2]float32
	var drops [longestWord]float32 // of b's letters
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) {
		drops[j] = drop(b, j)
		prev[j+1] = float32(j + 1)
	}
	before := float32(0) // the least of the row before
	for i := 1; i <= len(a); i++ {
		cur[0] = float32(i)
		least, dropped, swaps := cur[0], drop(a, i-1), &substitution[a[i-1]-'a']
		for j := 1; j <= len(b); j++ {
			d := min(prev[j-1]+swaps[b[j-1]-'a'], prev[j]+dropped, cur[j-1]+drops[j-1])
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, prev2[j-2]+swapped)
			}
			cur[j] = d
			least = min(least, d)
		}
		if least > limit && before+swapped > limit { // the next row may build on the row before this one
			return least
		}
		prev2, prev, cur, before = prev, cur, prev2, least
	}
	return prev[len(b)]
}

// swapped is the price of two neighbours in the wrong order.
const swapped = 0.7

// substitution is the price of one letter for another.
var substitution = func() (price [26][26]float32) {
	for a := range price {
		for b := range price[a] {
			switch a, b := byte('a'+a), byte('a'+b); {
			case a == b:
			case strings.IndexByte(neighbours[a-'a'], b) >= 0, vowel(a) && vowel(b):
				price[a-'a'][b-'a'] = 0.7
			default:
				price[a-'a'][b-'a'] = 1
			}
		}
	}
	return price
}()

// drop is the price of a letter too many or too few at i: half for a doubled one.
func drop(s string, i int) float32 {
	if i > 0 && s[i] == s[i-1] || i+1 < len(s) && s[i] == s[i+1] {
		return 0.5
	}
	if vowel(s[i]) {
		return 0.8
	}
	return 1
}

// vowels has a bit for each letter that is one.
const vowels = 1<<0 | 1<<('e'-'a') | 1<<('i'-'a') | 1<<('o'-'a') | 1<<('u'-'a') | 1<<('y'-'a')

func vowel(c byte) bool { return uint32(vowels)>>(c-'a')&1 != 0 }

// neighbours of each letter on a QWERTY keyboard.
var neighbours = [26]string{
	"qwsz", "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv", "gyujnb", "ujko", "huikmn", "jiolm", "kop", "njk",
	"bhjm", "iklp", "ol", "wa", "edft", "awedxz", "rfgy", "yhji", "cfgb", "qase", "zsdc", "tghu", "asx",
}

// soundKey is how a word sounds, roughly: consonants by class, vowels only at the
// start, in the manner of Philips' Metaphone (1990) cut down to the confusions
// that misspelled English shows (ph/f, c/k/q, s/z/c, silent gh, k before n).
func soundKey(w string) string {
	var key [longestWord + 1]byte
	n := 0
	last := byte(0)
	for i := 0; i < len(w) && n < len(key); i++ {
		c := soundOf(w, i)
		if c == 0 || c == last {
			if c == 0 && !vowel(w[i]) {
				continue
			}
			last = c
			continue
		}
		key[n] = c
		n++
		last = c
	}
	return string(key[:n])
}

func soundOf(w string, i int) byte {
	next := byte(0)
	if i+1 < len(w) {
		next = w[i+1]
	}
	switch c := w[i]; c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		if i == 0 {
			return 'a'
		}
		return 0
	case 'c':
		if next == 'e' || next == 'i' || next == 'y' {
			return 's'
		}
		return 'k'
	case 'q', 'x':
		return 'k'
	case 'k':
		if i == 0 && next == 'n' {
			return 0
		}
		return 'k'
	case 'p':
		if next == 'h' {
			return 'f'
		}
		return 'p'
	case 'g':
		if next == 'h' {
			return 0
		}
		if next == 'e' || next == 'i' {
			return 'j'
		}
		return 'g'
	case 'h', 'w':
		return 0
	case 'z':
		return 's'
	case 'v':
		return 'f'
	case 'd':
		return 't'
	default:
		return c
	}
}
