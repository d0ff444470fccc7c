package journal

import (
	"strings"
)

// findAddresses marks street addresses with what follows them, post office
// boxes, and ZIP codes that are recognisable as such.
func (t *text) findAddresses() {
	for i := 0; i < len(t.words); i++ {
		if !t.free(i) {
			continue
		}
		last := -1
		switch low := t.low(i); {
		case t.isHouseNumber(i):
			last = t.streetEnd(i)
		case low == "box" && t.free(i+1) && t.words[i+1].digits > 0 && t.poBefore(i):
			last = i + 1
		case doorWords[low] && t.free(i+1) && t.words[i+1].digits > 0 && len(t.gap(i+1)) <= 3:
			last = i + 1
		}
		if last >= 0 {
			last = t.addressTail(last)
			t.mark(t.poStart(i), last, addressToken)
			i = last
		}
	}
	t.findZIPs()
}

func (t *text) poBefore(i int) bool {
	return t.low(i-1) == "po" || t.low(i-2) == "rr" || t.low(i-1) == "o" && t.low(i-2) == "p" || t.low(i-1) == "office"
}

// poStart is where "P.O. Box" begins, for the word "box" at i.
func (t *text) poStart(i int) int {
	switch {
	case t.low(i) != "box":
		return i
	case t.low(i-1) == "o" && t.low(i-2) == "p" || t.low(i-2) == "rr":
		return i - 2
	}
	return i - 1
}

// isHouseNumber reports whether word i can begin an address: 77, 77B, 1420.
func (t *text) isHouseNumber(i int) bool {
	w := t.words[i]
	if isYear(w.low) && zipWords[t.low(i-1)] || t.low(i-1) == "since" {
		return false // "in 2019"
	}
	decimal := t.before(i) == '.' && i > 0 && t.words[i-1].digits > 0
	return w.digits > 0 && w.digits <= 6 && w.letters <= 1 && !decimal && !t.counted(i, i) && !t.ordinal(i)
}

// streetEnd returns the last word of the street that follows the house number
// at i, or -1: "61 S Thornapple Rd", "1420 Broadway", "5500 Highway 131".
func (t *text) streetEnd(i int) int {
	from := i + 1
	for from <= i+2 && t.free(from) && t.gap(from) == "-" && (t.words[from].digits > 0 || t.words[from].letters == 1) {
		from++ // 12-34 Main St, 2210-B Oak Ln
	}
	for k := from; k <= i+7 && t.free(k) && t.gapInAddress(k); k++ {
		w := t.words[k]
		switch {
		case labels[w.low] && !w.upper:
			return -1
		case t.isNumberedRoad(from, k):
			return k + 1
		case w.low == "broadway" || k == from+1 && directions[t.low(from)] && t.ordinalWord(k) && !streets[t.low(k+1)] && !softStreets[t.low(k+1)]:
			return k
		case k == from && prefixStreets[w.low] && t.free(k+1) && t.gap(k+1) == " " && !common[t.low(k+1)]:
			k++
			for particles[t.low(k)] && t.simpleGap(k+1) && k < i+5 {
				k++
			}
			return k
		case k > from && streets[w.low] && (k > from+1 || !directions[t.low(from)] || len(t.low(from)) > 2):
			return k
		case k > from && softStreets[w.low] && t.softStreet(i, from, k):
			return k
		case noStreet[w.low] || units[w.low] || w.digits > 0 && !t.ordinalWord(k):
			return t.announcedStreet(i, from, k-1)
		}
	}
	last := t.announcedStreet(i, from, min(i+5, t.runEnd(from)))
	if d := t.low(from); last < 0 && directions[d] && len(d) <= 2 && t.words[i].digits >= 3 && t.simpleGap(from+1) && t.words[from+1].letters > 2 && !common[t.low(from+1)] && !units[t.low(from+1)] {
		return from + 1 // 1407 N Michigan
	}
	return last
}

// isNumberedRoad reports whether a road named by a number stands at word k: "county
// road 42".
func (t *text) isNumberedRoad(from, k int) bool {
	if !roads[t.low(k)] || k > from+2 || k > from && !roadKinds[t.low(k-1)] || !t.free(k+1) || len(t.gap(k+1)) > 2 {
		return false
	}
	return t.words[k+1].digits > 0 && t.words[k+1].digits <= 4
}

// runEnd is the last word of the run of words from i on that an address could hold.
func (t *text) runEnd(i int) int {
	for k := i; ; k++ {
		if !t.free(k) || !t.gapInAddress(k) || k > i+5 {
			return k - 1
		}
	}
}

// gapInAddress reports whether word k goes on with a street's name.
func (t *text) gapInAddress(k int) bool {
	switch t.gap(k) {
	case " ", ". ", "-", "  ":
		return true
	}
	return false
}

func (t *text) ordinalWord(k int) bool {
	w := t.words[k]
	switch strings.TrimLeft(w.low, "0123456789") {
	case "st", "nd", "rd", "th":
		return w.digits > 0
	}
	return false
}

// softStreet decides about words that are streets only sometimes: "Oak Drive",
// not "a 5 minute drive".
func (t *text) softStreet(i, from, k int) bool {
	for n := from; n < k; n++ {
		if common[t.low(n)] && !t.words[n].upper {
			return false
		}
	}
	number, name := t.words[i], t.words[k-1]
	return t.words[from].upper && name.upper || number.digits >= 3 || number.digits == 2 && t.ordinalWord(k-1) ||
		t.liveBefore(i) || t.addressTail(k) > k
}

// announcedStreet takes a street by any name after "I live at", at most four
// words of it.
func (t *text) announcedStreet(i, from, last int) int {
	if t.low(from) == "the" {
		from++
	}
	last = min(last, from+3)
	for last >= from && (common[t.low(last)] && !t.words[last].upper || noStreet[t.low(last)]) {
		last--
	}
	if last < from || !t.liveBefore(i) || common[t.low(from)] && !t.words[from].upper {
		return -1
	}
	return last
}

// liveBefore reports whether what stands before word i announces an address.
func (t *text) liveBefore(i int) bool {
	for k := i - 1; k >= i-4 && t.free(k); k-- {
		low := t.low(k)
		if lives[low] {
			return true
		}
		if !addressFillers[low] {
			return false
		}
	}
	return false
}

// addressTail extends an address that ends with word i by a direction, a unit,
// a city, a state and a ZIP code.
func (t *text) addressTail(i int) int {
	if directions[t.low(i+1)] && t.tailGap(i+1) {
		i++
	}
	if u := t.unitEnd(i + 1); u > 0 {
		i = u
	}
	end := i
	for k := i + 1; k <= i+5 && t.free(k) && t.tailGap(k); k++ {
		if t.isZIP(k) {
			return t.zipEnd(k)
		}
		if t.isState(k) && (t.words[k].caps || k > i+1 || t.isZIP(k+1)) {
			end = k
			continue
		}
		if end > i {
			break
		}
		if t.words[k].digits > 0 || common[t.low(k)] && !t.words[k].upper {
			break
		}
	}
	return end
}

func (t *text) tailGap(k int) bool {
	g := t.gap(k)
	return len(g) <= 3 && strings.Trim(g, " ,.-\n") == ""
}

// unitEnd is the last word of "apt 4B", "#310" or "unit no. 2" that begins with
// word i, or 0.
func (t *text) unitEnd(i int) int {
	if !t.free(i) || len(t.gap(i)) > 4 {
		return 0
	}
	if strings.HasSuffix(t.gap(i), "#") {
		return t.cluster(i)
	}
	if !unitWords[t.low(i)] {
		return 0
	}
	for k := i + 1; k <= i+3 && t.free(k); k++ {
		if t.words[k].digits > 0 || t.words[k].letters == 1 {
			return t.cluster(k)
		}
		if !explicitWords[t.low(k)] {
			break
		}
	}
	return 0
}

func (t *text) isZIP(k int) bool {
	return t.free(k) && t.words[k].digits == 5 && t.words[k].letters == 0
}

// zipEnd includes the four digits that may follow.
func (t *text) zipEnd(k int) int {
	if t.free(k+1) && t.gap(k+1) == "-" && t.words[k+1].digits == 4 && t.words[k+1].letters == 0 {
		return k + 1
	}
	return k
}

func (t *text) isState(k int) bool {
	low := t.low(k)
	return low != "" && (states[low] || states[t.low(k-1)+"-"+low])
}

// findZIPs marks ZIP codes after a state or a word of place, with their four
// more digits, and British and Canadian postcodes.
func (t *text) findZIPs() {
	for i := range t.words {
		if t.isZIP(i) {
			plus4 := t.zipEnd(i) > i
			state := t.isState(i-1) && (t.words[i-1].caps || len(t.low(i-1)) > 2) && t.tailGap(i) && t.gap(i) != "-"
			place := zipWords[t.low(i-1)] && t.gap(i) == " " && !t.isCode(i, i) && !t.counted(i, i) && !strings.HasSuffix(t.low(i), "00")
			if plus4 || state || place {
				t.mark(i, t.zipEnd(i), addressToken)
			}
			continue
		}
		if t.free(i) && t.free(i+1) && (t.gap(i+1) == " " || t.gap(i+1) == "-") && isPostcode(t.between(i, i+1)) {
			t.mark(i, i+1, addressToken)
		}
	}
}

// isPostcode knows K1A 0B1 and SW1A 1AA, in capitals, since L4 5th is none.
func isPostcode(s string) bool {
	if len(s) < 6 || len(s) > 8 {
		return false
	}
	head, tail := s[:len(s)-4], s[len(s)-3:]
	shape := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '9'
		case r >= 'A' && r <= 'Z':
			return 'A'
		}
		return '?'
	}, head+" "+tail)
	switch shape {
	case "A9A?9A9", "AA9?9AA", "A9?9AA", "A99?9AA", "AA99?9AA", "AA9A?9AA", "A9A?9AA":
		return tail[1:] != "AM" && tail[1:] != "PM"
	}
	return false
}
