package journal

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text is read word by word, by finders that mark what must go.
type text struct {
	s     string
	words []word
	spans []span
	loud  bool // has no small letters to tell names by
}

// A word is a run of letters and digits; an apostrophe between letters belongs to it.
type word struct {
	start, end int    // in text.s
	low        string // in lower case
	digits     int    // how many; an O or l among digits counts as one
	letters    int
	upper      bool // begins with a capital letter
	caps       bool // has no small letter
	taken      bool // marked, or part of a token
}

// newText cuts s into words.
func newText(s string) *text {
	t := &text{s: s, loud: strings.ToUpper(s) == s}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			i += size
			continue
		}
		end := wordEnd(s, i)
		t.words = append(t.words, newWord(s[i:end], i))
		i = end
	}
	for _, at := range tokens.FindAllStringIndex(s, -1) {
		t.take(at[0], at[1])
	}
	return t
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '\'' && i+1 < len(s) {
			next, _ := utf8.DecodeRuneInString(s[i+1:])
			if !unicode.IsLetter(next) {
				return i
			}
		} else if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return i
		}
		i += size
	}
	return i
}

func newWord(s string, start int) word {
	w := word{start: start, end: start + len(s), low: strings.ToLower(s), caps: true}
	lookalikes := true
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			w.digits++
		case unicode.IsLetter(r):
			w.letters++
			w.upper = w.upper || i == 0 && unicode.IsUpper(r)
			w.caps = w.caps && !unicode.IsLower(r)
			lookalikes = lookalikes && strings.ContainsRune("oOlI", r)
		}
	}
	// "616-555-O142": three characters at least, so that L5 stays a vertebra.
	if lookalikes && w.digits >= 2 && w.letters > 0 && w.digits+w.letters >= 3 {
		w.digits, w.letters = w.digits+w.letters, 0
	}
	return w
}

// gap is what stands before word i, up to the word before it.
func (t *text) gap(i int) string {
	if i == 0 {
		return t.s[:t.words[0].start]
	}
	return t.s[t.words[i-1].end:t.words[i].start]
}

// between is the text of the words i to j.
func (t *text) between(i, j int) string { return t.s[t.words[i].start:t.words[j].end] }

// low is word i in lower case; empty when there is no such word, or when it is
// taken.
func (t *text) low(i int) string {
	if !t.free(i) {
		return ""
	}
	return t.words[i].low
}

// free reports whether there is a word i that nothing has marked.
func (t *text) free(i int) bool { return i >= 0 && i < len(t.words) && !t.words[i].taken }

// mark has the words i to j replaced.
func (t *text) mark(i, j int, token string) {
	t.markBytes(t.words[i].start, t.words[j].end, token)
}

func (t *text) markBytes(start, end int, token string) {
	t.spans = append(t.spans, span{start, end, token})
	t.take(start, end)
}

// take keeps other finders off a stretch of the text.
func (t *text) take(start, end int) {
	i, _ := slices.BinarySearchFunc(t.words, start, func(w word, at int) int { return w.end - at - 1 })
	for ; i < len(t.words) && t.words[i].start < end; i++ {
		t.words[i].taken = true
	}
}

// isTaken reports whether any word of a stretch is taken.
func (t *text) isTaken(start, end int) bool {
	i, _ := slices.BinarySearchFunc(t.words, start, func(w word, at int) int { return w.end - at - 1 })
	for ; i < len(t.words) && t.words[i].start < end; i++ {
		if t.words[i].taken {
			return true
		}
	}
	return false
}

// before is the character in front of word i, 0 for none.
func (t *text) before(i int) byte {
	if at := t.words[i].start; at > 0 {
		return t.s[at-1]
	}
	return 0
}

// after is the character behind word i, 0 for none.
func (t *text) after(i int) byte {
	if at := t.words[i].end; at < len(t.s) {
		return t.s[at]
	}
	return 0
}

// maxCluster is how many words one number has at most.
const maxCluster = 24

// cluster is the last word of the number that begins with word i: "616-555-0142",
// "M54.50" and "2023-0047712-B" are one each.
func (t *text) cluster(i int) (last int) {
	last = i
	digits := t.words[i].digits
	for last < i+maxCluster && t.free(last+1) && isTight(t.gap(last+1)) {
		next := t.words[last+1]
		inside := t.free(last+2) && t.gap(last+2) == "-" && t.words[last+2].digits > 1 // 24-cv-00417
		tail := t.gap(last+1) == "-" && next.letters <= 3 && (next.caps || inside || digits >= 6) && !units[next.low]
		if next.digits == 0 && !tail {
			break
		}
		last++
		digits += next.digits
	}
	return last
}

func isTight(gap string) bool {
	return len(gap) == 1 && strings.Contains("-./_", gap)
}

// isLoose reports whether a gap may stand inside a number: "(616) 555 - 0142".
func isLoose(gap string) bool {
	return gap != "" && len(gap) <= 4 && strings.Trim(gap, " -./()+_*") == ""
}

// counted reports whether the number that ends with word i says how much or how
// many: "60 minutes", "12 visits", "20%", "$90".
func (t *text) counted(first, last int) bool {
	if t.after(last) == '%' || strings.ContainsRune("$\u20AC\u00A3", lastRune(t.s[:t.words[first].start])) {
		return true
	}
	next := t.low(last + 1)
	if next == "" || !units[next] {
		return false
	}
	gap := t.gap(last + 1)
	return gap == " " || gap == "-" || gap == ""
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " "))
	return r
}

// upTo is the text from start up to any of the characters in ends, at most some
// eighty bytes of it.
func (t *text) upTo(start int, ends string) string {
	s := t.s[start:min(len(t.s), start+80)]
	if end := strings.IndexAny(s, ends); end >= 0 {
		return s[:end]
	}
	for len(s) > 0 && start+len(s) < len(t.s) && !utf8.RuneStart(t.s[start+len(s)]) {
		s = s[:len(s)-1]
	}
	return s
}

// sums are the digits and letters of words i to j.
func (t *text) sums(i, j int) (digits, letters int) {
	for _, w := range t.words[i : j+1] {
		digits += w.digits
		letters += w.letters
	}
	return digits, letters
}

// set makes a lookup of the words in s.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(s) {
		m[word] = true
	}
	return m
}
