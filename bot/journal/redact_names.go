package journal

import "strings"

// A manner is how sure an announcement is that a name follows.
type manner int

const (
	perhaps manner = iota // "patient", "I'm": only what looks like a name
	titled                // "Dr.": one word, more if they are capitalised
	certain               // "my name is": whatever follows, in any case
)

// findNames marks names where they are announced ("my name is", "this is",
// "patient", "Dr."), signed, or plain to see: a first name with a surname.
func (t *text) findNames() {
	for i := 0; i < len(t.words); i++ {
		if !t.free(i) {
			continue
		}
		first, how := t.nameAfter(i)
		switch {
		case first > 0:
		case t.isFullName(i):
			first, how = i, perhaps
		case t.bornNext(i + 2):
			if t.isListed(i) {
				t.mark(i, i+1, nameToken)
				i++
			}
			continue
		default:
			continue
		}
		if last := t.nameEnd(first, how); last >= first {
			t.mark(first, last, nameToken)
			i = last
		}
	}
}

// nameAfter returns where a name may begin that word i announces, or 0, and how
// sure it is.
func (t *text) nameAfter(i int) (first int, how manner) {
	low, next := t.low(i), t.low(i+1)
	switch {
	case nameLabels[low]:
		return t.afterName(i)
	case low == "names" && owners[t.low(i-1)] && t.simpleGap(i+1):
		return i + 1, certain // "my names jane"
	case titles[low] && t.titleGap(i+1):
		if !t.words[i+1].upper && !firstNames[next] && !lastNames[next] && t.plainDoctor(i) {
			return 0, perhaps
		}
		return i + 1, titled
	case (low == "this" && next == "is" || low == "i" && next == "am" || low == "it" && next == "is") && t.simpleGap(i+1) && t.simpleGap(i+2):
		return i + 2, t.sureIf(i+2, callers[t.low(i+3)])
	case (low == "i'm" || low == "im" || low == "it's" || low == "its") && t.simpleGap(i+1):
		return i + 1, t.sureIf(i+1, low[0] == 'i' && callers[t.low(i+2)])
	case (low == "call" && next == "me" || low == "ask" && next == "for") && t.simpleGap(i+2):
		return i + 2, t.sureIf(i+2, true)
	case people[low] && copulas[next] && t.simpleGap(i+1) && t.simpleGap(i+2):
		if !t.words[i+2].upper || !t.simpleGap(i+3) || !t.words[i+3].upper {
			return 0, perhaps
		}
		return i + 2, perhaps // "my attorney is Saul Berg"
	case people[low] && (t.simpleGap(i+1) || strings.Trim(t.gapOr(i+1), " ") == ":" || t.gapOr(i+1) == ", " && t.free(i+2) && t.words[i+2].upper):
		return i + 1, t.sureIf(i+1, owners[t.low(i-1)] && relatives[low])
	case signs[low] && t.signGap(i+1):
		return i + 1, perhaps
	case firstNames[low] && (next == "here" && i <= 1 || i <= 1 && t.low(i+2) == "here"):
		if i == 0 {
			return t.atStart(), perhaps
		}
		return i, perhaps
	case firstNames[low] && i >= len(t.words)-2 && strings.HasSuffix(strings.TrimRight(t.gap(i), " "), "-") && len(t.gap(i)) > 1:
		return i, perhaps // "... thanks! - Jane"
	}
	return 0, perhaps
}

// plainDoctor reports whether the title at i is a word of its own: "my doctor
// agrees", "dr said", but not "dr lindqvist".
func (t *text) plainDoctor(i int) bool {
	low, next := t.low(i), t.low(i+1)
	return low == "doctor" || low == "dr" && (drWords[next] || strings.HasSuffix(next, "ed") || owners[t.low(i-1)] || common[t.low(i-1)])
}

// atStart marks a name that begins the text, which nameAfter cannot return.
func (t *text) atStart() int {
	last := 0
	if t.low(1) != "here" {
		last = 1
	}
	t.mark(0, last, nameToken)
	return 0
}

// sureIf is titled for a capitalised word when the announcement is a good one.
func (t *text) sureIf(i int, good bool) manner {
	if good && t.free(i) && t.words[i].upper && !t.loud {
		return titled
	}
	return perhaps
}

// afterName steps over what stands between "name" and the name.
func (t *text) afterName(i int) (first int, how manner) {
	how = perhaps
	switch before := t.low(i - 1); {
	case t.words[i].low == "named":
		how = t.sureIf(i+1, true)
	case t.words[i].low != "name", wholeNames[before], before == "the" && (t.low(i-2) == "under" || t.low(i-2) == "in"):
		how = certain
	}
	for k := i + 1; k <= i+4 && t.free(k); k++ {
		gap := t.gap(k)
		if strings.ContainsAny(gap, "?!;[]") || len(gap) > 4 {
			return 0, perhaps
		}
		if strings.ContainsAny(gap, ":=") || copulas[t.low(k)] {
			how = certain
		}
		if low := t.low(k); !copulas[low] && !nameFillers[low] {
			if firstNames[low] {
				how = certain
			}
			return k, how
		}
	}
	return 0, perhaps
}

// nameEnd returns the last word of the name that begins with word i, or less
// than i when there is none.
func (t *text) nameEnd(i int, how manner) int {
	if !t.free(i) || !t.nameWord(i, how) {
		return i - 1
	}
	last := i
	for last < i+3 && t.free(last+1) && t.nameGap(last+1) && t.continuesName(last+1, how) {
		last++
	}
	if how == perhaps && (last == i && !firstNames[t.low(i)] || eponyms[t.low(last+1)] || eponyms[t.low(last)]) {
		return i - 1
	}
	return last
}

// nameWord reports whether word i may begin a name.
func (t *text) nameWord(i int, how manner) bool {
	w := t.words[i]
	switch {
	case w.digits > 0 || units[w.low] || notNames[w.low] || labels[w.low]:
		return false
	case common[w.low]: // "Bill Hatch"
		return w.upper && !w.caps && t.simpleGap(i+1) && t.words[i+1].upper && !common[t.low(i+1)] && !notNames[t.low(i+1)] && !labels[t.low(i+1)]
	case how == perhaps:
		return w.upper && (!w.caps || !t.loud) || firstNames[w.low]
	}
	return true
}

// continuesName reports whether word i is a further part of the name before it.
func (t *text) continuesName(i int, how manner) bool {
	w, before := t.words[i], t.words[i-1]
	switch {
	case w.digits > 0 || units[w.low] && w.letters > 1 || notNames[w.low] || labels[w.low] || joiners[w.low]:
		return false
	case t.gap(i) == "-" || particles[w.low] || w.letters == 1 && w.upper && w.low != "i":
		return true
	case common[w.low]:
		return w.upper && before.upper && w.letters > 2 && !w.caps && t.gap(i) == " "
	case w.upper || firstNames[before.low] && (how != titled || lastNames[w.low]):
		return w.upper || how == certain || lastNames[w.low]
	}
	return how == certain && !before.upper
}

// isFullName reports whether a first name and a surname stand at word i: either
// may be rare when both are capitalised as names are, not as everything in a
// headline is; two common ones are a name in small letters too.
func (t *text) isFullName(i int) bool {
	if !t.simpleGap(i + 1) {
		return false
	}
	a, b := t.words[i], t.words[i+1]
	if b.digits > 0 || a.digits > 0 || notNames[a.low] || notNames[b.low] || eponyms[b.low] || eponyms[t.low(i+2)] {
		return false
	}
	if firstNames[a.low] && lastNames[b.low] {
		return true
	}
	if !a.upper || !b.upper || (a.caps || b.caps) && b.letters > 1 && t.loud {
		return false
	}
	return firstNames[a.low] && !common[b.low] || lastNames[b.low] && !common[a.low] && !labels[a.low]
}

// bornNext reports whether word i is a date of birth, or says that one follows.
func (t *text) bornNext(i int) bool {
	if i >= len(t.words) || i < 2 {
		return false
	}
	if t.low(i) == "dob" {
		return len(t.gap(i)) <= 3
	}
	at := t.words[i].start - 1
	return len(t.gap(i)) <= 4 && at >= 0 && strings.HasPrefix(t.s[at:], dateToken)
}

// isListed reports whether two words stand as a name stands in a list:
// "Roe, Jane" before a date of birth.
func (t *text) isListed(i int) bool {
	if gap := t.gapOr(i + 1); gap != " " && gap != ", " {
		return false
	}
	for _, w := range t.words[i : i+2] {
		if w.digits > 0 || w.letters < 2 || common[w.low] || notNames[w.low] || labels[w.low] || units[w.low] || fillers[w.low] {
			return false
		}
	}
	return true
}

func (t *text) simpleGap(i int) bool { return t.free(i) && t.gap(i) == " " }

func (t *text) gapOr(i int) string {
	if !t.free(i) {
		return ""
	}
	return t.gap(i)
}

func (t *text) titleGap(i int) bool { return t.free(i) && (t.gap(i) == " " || t.gap(i) == ". ") }

// signGap reports whether word i is a signature: it ends the text, after a comma
// or on its own line.
func (t *text) signGap(i int) bool {
	return t.free(i) && i >= len(t.words)-3 && (t.gap(i) == ", " || strings.Contains(t.gap(i), "\n") || t.gap(i) == " - " || t.gap(i) == " -")
}

// nameGap reports whether word i is close enough to the word before to be part
// of the same name: "Jane Q. Roe", "Roe-Smith", "Roe, Jane".
func (t *text) nameGap(i int) bool {
	switch t.gap(i) {
	case " ", "-":
		return true
	case ". ":
		return t.words[i-1].letters == 1
	case ", ":
		return t.words[i-1].upper && t.words[i].upper && firstNames[t.low(i)]
	}
	return false
}
