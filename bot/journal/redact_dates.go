package journal

import (
	"regexp"
	"strconv"
	"strings"
)

// findDates marks full dates, and after "born" and its like shorter ones too:
// "5/68", "May 9". A year alone stays.
func (t *text) findDates() {
	for i := 0; i < len(t.words); i++ {
		if !t.free(i) {
			continue
		}
		if births[t.low(i)] || t.low(i) == "d" && t.low(i+1) == "o" && t.low(i+2) == "b" {
			t.labelledDate(i)
		}
		if last := t.dateAt(i, false); last >= 0 {
			t.mark(i, last, dateToken)
			i = last
		}
	}
}

// labelledDate looks a few words past a word like "born" for a date.
func (t *text) labelledDate(i int) {
	for k := i + 1; k <= i+7 && t.free(k); k++ {
		if strings.ContainsAny(t.gap(k), "?!;") {
			return
		}
		last := t.dateAt(k, true)
		if end := t.spelledDateEnd(k - 1); last < 0 && end >= k+2 {
			last = end // five nine sixty eight
		}
		if last >= 0 {
			t.mark(k, last, dateToken)
			return
		}
		if !dateFillers[t.low(k)] {
			return
		}
	}
}

// dateAt returns the last word of the date that begins with word i, or -1. After
// a label (born) a date may lack its day or its year.
func (t *text) dateAt(i int, born bool) int {
	for _, form := range []func(int, bool) int{t.numericDate, t.monthFirst, t.dayFirst, t.fusedDate} {
		if last := form(i, born); last >= 0 {
			return last
		}
	}
	if born {
		return t.shortDate(i)
	}
	return -1
}

// numericDate reads 05/21/1979, 5-21-79, 2014-02-11, 21.05.1979, 05 21 1979.
func (t *text) numericDate(i int, born bool) int {
	a, b, c := t.plainNumber(i), t.plainNumber(i+1), t.plainNumber(i+2)
	if a < 0 || b < 0 || c < 0 {
		return -1
	}
	sep := strings.TrimSpace(t.gap(i + 1))
	if sep != strings.TrimSpace(t.gap(i+2)) || len(sep) > 1 || strings.Trim(sep, "/-.,") != "" || len(t.gap(i+1)) > 3 {
		return -1
	}
	if isTight(t.gap(i)) && t.free(i-1) && t.words[i-1].digits > 0 || t.free(i+3) && isTight(t.gap(i+3)) && t.words[i+3].digits > 0 && t.gap(i+3) != "." {
		return -1 // part of something longer
	}
	switch year := t.words[i+2]; {
	case len(t.words[i].low) == 4:
		if isBirthYear(a) && monthAndDay(b, c) {
			return i + 2
		}
	case !monthAndDay(a, b):
	case year.digits == 4:
		if isBirthYear(c) {
			return i + 2
		}
	case year.digits == 2 && (born || sep != "" && sep != ","):
		if round := a%5 == 0 && b%5 == 0 && c%5 == 0; born || !t.counted(i, i+2) && !(round && sep == "-") {
			return i + 2
		}
	}
	return -1
}

// plainNumber is the value of word i when it is a number of at most four digits,
// or -1.
func (t *text) plainNumber(i int) int {
	if !t.free(i) || t.words[i].letters > 0 || len(t.words[i].low) > 4 {
		return -1
	}
	n, err := strconv.Atoi(t.words[i].low)
	if err != nil {
		return -1
	}
	return n
}

// monthAndDay takes both orders: the world writes both.
func monthAndDay(a, b int) bool {
	return a >= 1 && b >= 1 && (a <= 12 && b <= 31 || a <= 31 && b <= 12)
}

func isBirthYear(y int) bool { return y >= 1880 && y < 2100 }

// monthFirst reads May 9, 1968 and May-21-79.
func (t *text) monthFirst(i int, born bool) int {
	if !t.isMonth(i) || !t.joinsDate(i+1) {
		return -1
	}
	if day := t.day(i + 1); day > 0 {
		if t.isYearWord(i+2, born) {
			return i + 2
		}
		if born {
			return t.spelledDateEnd(i + 1)
		}
		return -1
	}
	if last := t.spelledDateEnd(i); last >= i+3 {
		return last // may ninth nineteen sixty eight
	}
	if born && (t.isYearWord(i+1, true) || t.inNumberWords(i+1)) {
		return t.spelledDateEnd(i + 1)
	}
	return -1
}

// dayFirst reads 21 May 1979 and the 9th of May, 1968.
func (t *text) dayFirst(i int, born bool) int {
	if t.day(i) == 0 && (!ordinals[t.low(i)] || t.low(i) == "and") {
		return -1
	}
	m := i + 1
	if t.low(m) == "of" {
		m++
	}
	if !t.isMonth(m) || !t.joinsDate(m) {
		return -1
	}
	switch {
	case t.isYearWord(m+1, born):
		return m + 1
	case t.inNumberWords(m+1) && t.inNumberWords(m+2):
		return t.spelledDateEnd(m)
	case born:
		return m
	}
	return -1
}

var fusedDay = regexp.MustCompile(`^(\d{1,2})([a-z]{3,9})(\d{2}|\d{4})$`)

// fusedDate reads 21may1979.
func (t *text) fusedDate(i int, _ bool) int {
	if t.free(i) {
		if m := fusedDay.FindStringSubmatch(t.low(i)); m != nil && months[m[2]] {
			return i
		}
	}
	return -1
}

// shortDate reads, after a label, 5/68, 5/9, 052179 and 05211979.
func (t *text) shortDate(i int) int {
	w := t.words[i]
	if w.digits == 0 || w.letters > 0 {
		return -1
	}
	a, b := t.plainNumber(i), t.plainNumber(i+1)
	if a >= 1 && a <= 31 && b >= 0 && (t.gap(i+1) == "/" || t.gap(i+1) == "-" || t.gap(i+1) == ".") && !t.counted(i, i+1) {
		return i + 1
	}
	if w.digits == 6 || w.digits == 8 || w.digits == 4 && !isYear(w.low) {
		return i
	}
	return -1
}

func (t *text) isMonth(i int) bool { return t.free(i) && months[t.words[i].low] }

// day is the day of the month that word i says: "3", "3rd", or 0.
func (t *text) day(i int) int {
	if !t.free(i) || t.words[i].digits == 0 {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimRight(t.words[i].low, "stndrh"))
	if err != nil || n < 1 || n > 31 {
		return 0
	}
	return n
}

// isYearWord reports whether word i is the year of a date: 1976, '76, and 76
// where it cannot be a count.
func (t *text) isYearWord(i int, born bool) bool {
	if !t.free(i) || t.words[i].letters > 0 || !t.joinsDate(i) {
		return false
	}
	w := t.words[i]
	switch {
	case w.digits == 4:
		n, err := strconv.Atoi(w.low)
		return err == nil && isBirthYear(n)
	case w.digits == 2:
		return born || strings.HasSuffix(t.gap(i), "'") || isTight(t.gap(i)) || strings.Contains(t.gap(i), ",") && !t.counted(i, i)
	}
	return false
}

// joinsDate reports whether word i may go on with the date before it.
func (t *text) joinsDate(i int) bool {
	return t.free(i) && len(t.gap(i)) <= 3 && strings.Trim(t.gap(i), " ,.-/'") == ""
}

// inNumberWords reports whether word i is "third" or "nineteen".
func (t *text) inNumberWords(i int) bool {
	low := t.low(i)
	return low != "" && (spelled[low] > 0 || ordinals[low])
}

// spelledDateEnd is the last of the number words after a month, at most six:
// "third nineteen seventy six".
func (t *text) spelledDateEnd(i int) int {
	for k := 0; k < 6 && t.inNumberWords(i+1) && len(t.gap(i+1)) <= 2; k++ {
		i++
	}
	return i
}
