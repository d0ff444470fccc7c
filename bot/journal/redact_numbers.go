package journal

import (
	"regexp"
	"strconv"
	"strings"
)

// A num is a number of the text that nothing has explained yet.
type num struct {
	first, last     int // words
	digits, letters int
	lens            string // digits of each of its words: "334" for 616-555-0142
}

// findNumbers marks what is left and long enough to identify someone.
func (t *text) findNumbers() {
	var run []num // numbers with nothing but spaces between them
	for i := 0; i < len(t.words); i++ {
		if w := t.words[i]; w.taken || w.digits == 0 {
			continue
		}
		n := t.numberAt(i)
		i = n.last
		if t.keepsNumber(n) && !(len(run) > 0 && t.hasPlus(run[0]) && run[len(run)-1].last+1 == n.first && t.gap(n.first) == " ") {
			continue
		}
		if len(run) > 0 && (run[len(run)-1].last+1 != n.first || !t.runsOn(run, n)) {
			t.markRun(run)
			run = run[:0]
		}
		run = append(run, n)
	}
	t.markRun(run)
}

func (t *text) runsOn(run []num, n num) bool {
	gap := t.gap(n.first)
	return isLoose(gap) || gap == "," && len(n.lens) == 1
}

func (t *text) numberAt(i int) num {
	n := num{first: i, last: t.cluster(i)}
	n.digits, n.letters = t.sums(n.first, n.last)
	for k := n.first; k <= n.last; k++ {
		n.lens += strconv.Itoa(min(9, t.words[k].digits))
	}
	return n
}

// keepsNumber reports whether a number is known to be no secret.
func (t *text) keepsNumber(n num) bool {
	whole := strings.ToLower(t.between(n.first, n.last))
	switch {
	case t.isCode(n.first, n.last):
		return true
	case n.digits <= 6 && t.counted(n.first, n.last):
		return true
	case n.letters > 0 && quantity.MatchString(whole) && n.digits <= 5:
		return true // 60min, 1980s, 5000iu
	case n.letters == 0 && strings.ContainsAny(whole, "./") && strings.Trim(n.lens, "12") == "":
		return true // 12.5, 24/7, 9.30-10.30
	case t.allYears(n):
		return true
	}
	return false
}

func (t *text) allYears(n num) bool {
	for k := n.first; k <= n.last; k++ {
		if !isYear(t.words[k].low) {
			return false
		}
	}
	return true
}

// isYear reports whether a word is a year someone alive may speak of.
func isYear(low string) bool {
	return len(low) == 4 && (strings.HasPrefix(low, "19") || strings.HasPrefix(low, "20"))
}

// markRun marks the numbers of a run: the shapes of phone numbers first, then
// whatever is too long, together or alone.
func (t *text) markRun(run []num) {
	for i := 0; i < len(run); {
		switch size := t.longestPhone(run[i:]); {
		case size > 0:
			t.markNumber(run[i : i+size])
			i += size
		default:
			i++
		}
	}
	for i := 0; i < len(run); {
		size := 1
		for size < len(run)-i && size < 6 && !t.words[run[i+size].first].taken {
			size++
		}
		for size > 0 && !t.identifies(run[i:i+size]) {
			size--
		}
		if size > 0 {
			t.markNumber(run[i : i+size])
		}
		i += max(1, size)
	}
}

// phoneShapes are the ways to space out a phone number.
var phoneShapes = set("334 1334 34 37 137 64 1333 244 2244 2344 2334 2333 3344 3433 5555 22222 122222 322222 344 56 353 433 2433 533 443 434 435 534")

// longestPhone is how many numbers at the head of a run make a phone number.
func (t *text) longestPhone(run []num) int {
	if ones := leadingOnes(run); ones >= 7 {
		return ones
	}
	best, lens, digits := 0, "", 0
	plus := t.hasPlus(run[0])
	for i, n := range run[:min(len(run), 8)] {
		if n.letters > 0 || t.words[n.first].taken {
			break
		}
		if plus && digits+n.digits >= 7 && digits+n.digits <= 15 {
			best = i + 1
		}
		lens += n.lens
		digits += n.digits
		if phoneShapes[lens] && t.plausiblePhone(run[:i+1], lens, digits) {
			best = i + 1
		}
	}
	return best
}

func leadingOnes(run []num) int {
	n := 0
	for n < len(run) && run[n].lens == "1" && run[n].letters == 0 {
		n++
	}
	return n
}

// plausiblePhone tells a phone number from a list of amounts of the same shape.
func (t *text) plausiblePhone(run []num, lens string, digits int) bool {
	first := t.words[run[0].first]
	switch lens {
	case "334", "37", "64":
		return true
	case "34":
		return !t.allRound(run) && !isYear(t.words[run[len(run)-1].last].low)
	case "1334", "137", "1333":
		return first.low == "1"
	}
	return strings.HasPrefix(first.low, "0")
}

// hasPlus reports whether a number begins with the sign of a country code.
func (t *text) hasPlus(n num) bool { return strings.HasSuffix(t.gapTail(n.first), "+") }

// gapTail is what stands directly before word i, without spaces.
func (t *text) gapTail(i int) string { return strings.TrimRight(t.gap(i), " (") }

// identifies reports whether numbers that stand together are long enough to
// identify someone, and are no list of years or round amounts.
func (t *text) identifies(run []num) bool {
	digits, letters, lens := 0, 0, ""
	for _, n := range run {
		if t.words[n.first].taken {
			return false
		}
		digits += n.digits
		letters += n.letters
		lens += n.lens
	}
	if len(run) > 1 {
		long := strings.Trim(lens, "12") != "" || t.hasPlus(run[0])
		return letters == 0 && digits >= 9 && long && !t.allRound(run)
	}
	return t.identifiesAlone(run[0])
}

func (t *text) identifiesAlone(n num) bool {
	whole := t.between(n.first, n.last)
	switch {
	case t.masked(n.first) && n.digits >= 3:
		return true
	case n.letters > 0 || t.prefixed(n.first):
		return n.digits >= 5 || n.digits == 4 && n.letters >= 2 && n.first == n.last
	case isCoordinate(whole):
		return true
	case n.lens == "6":
		return !strings.HasSuffix(whole, "000")
	case n.lens == "222":
		return !strings.Contains(whole, "/") && !t.allRound([]num{n})
	case n.lens == "44":
		return !t.allRound([]num{n})
	}
	return n.digits >= 7
}

// prefixed reports whether capitals and a dash before word i belong to its
// number: "GC-20417".
func (t *text) prefixed(i int) bool {
	return t.free(i-1) && t.gap(i) == "-" && t.words[i-1].digits == 0 && t.words[i-1].letters <= 5 && t.words[i-1].caps
}

// masked reports whether word i is what is left of a number: "****4242",
// "xxx-xx-6789", or announced by a sign: "#4410".
func (t *text) masked(i int) bool {
	switch gap := strings.TrimRight(t.gap(i), " "); {
	case strings.HasSuffix(gap, "*"):
		return true
	case strings.HasSuffix(gap, "#"):
		return t.words[i].digits >= 4
	}
	return i > 0 && t.gap(i) == "-" && t.words[i-1].letters >= 2 && strings.Trim(t.words[i-1].low, "x") == ""
}

var coordinate = regexp.MustCompile(`^\d{1,3}\.\d{4,}$`)

// isCoordinate reports whether a number is precise enough to be a place on a map.
func isCoordinate(s string) bool {
	degrees, err := strconv.ParseFloat(s, 64)
	return coordinate.MatchString(s) && err == nil && degrees <= 180
}

// allRound reports whether all words are multiples of five: prices, minutes.
func (t *text) allRound(run []num) bool {
	for _, n := range run {
		for k := n.first; k <= n.last; k++ {
			if v, err := strconv.Atoi(t.words[k].low); err != nil || v%5 != 0 || v == 0 || len(t.words[k].low) > 4 {
				return false
			}
		}
	}
	return true
}

// markNumber marks numbers that stand together, with a sign, a prefix or an
// extension that belongs to them.
func (t *text) markNumber(run []num) {
	first, last := run[0].first, run[len(run)-1].last
	digits := 0
	for _, n := range run {
		digits += n.digits
	}
	token := numberToken
	start := t.words[first].start
	lead := t.words[first].low
	switch plus := t.hasPlus(run[0]); {
	case isCoordinate(t.between(first, last)):
		token = addressToken
	case plus, digits == 10, digits == 7, digits == 11 && lead[0] == '1', digits >= 10 && digits <= 14 && lead[0] == '0':
		token = phoneToken
		if plus {
			start -= len(t.gap(first)) - strings.LastIndex(t.gap(first), "+")
		}
	}
	if strings.HasSuffix(t.gap(first), "(") && strings.Contains(t.between(first, last), ")") {
		start = t.words[first].start - 1
	}
	if token == numberToken && t.prefixed(first) {
		start = t.words[first-1].start
	}
	end := t.words[t.extension(last)].end
	t.markBytes(start, end, token)
}

// extension is the last word of a number with its extension: "ext. 44", "x44".
func (t *text) extension(last int) int {
	next := t.low(last + 1)
	switch {
	case (next == "ext" || next == "extension" || next == "x") && t.free(last+2) && t.words[last+2].letters == 0 && len(t.gap(last+2)) <= 2:
		return last + 2
	case strings.HasPrefix(next, "x") && len(next) > 2 && t.words[last+1].digits == len(next)-1,
		strings.HasPrefix(next, "ext") && len(next) > 3 && t.words[last+1].digits == len(next)-3:
		return last + 1
	}
	return last
}
