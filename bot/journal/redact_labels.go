package journal

import (
	"strings"
)

// findLabelled marks numbers that are announced: "member id is W4409 17725",
// "claim 2023-0047712-B", "card ending in 4242", "my insta is jane.doe".
func (t *text) findLabelled() {
	for i := range t.words {
		low := t.low(i)
		switch {
		case low == "":
		case low == "code" && !doors[t.low(i-1)], (low == "id" || low == "number") && t.gap(i) == "-":
		case networks[low]:
			t.labelledHandle(i)
		case labels[low] || strongLabels[low] || (low == "four" || low == "4") && t.low(i-1) == "last":
			t.labelledNumber(i)
		case secrets[low]:
			t.labelledSecret(i)
		case low == "zip" || low == "zipcode" || low == "postcode" || low == "postal":
			t.labelledZIP(i)
		}
		t.labelBehind(i)
	}
}

// labelledNumber looks a few words past the label at i for its number.
func (t *text) labelledNumber(i int) {
	label := t.words[i].low
	explicit := strongLabels[label] || label == "code" || label == "four" || label == "4"
	for k := i + 1; k <= i+7 && t.free(k); k++ {
		gap := t.gap(k)
		if !t.gapJoins(k) {
			return
		}
		explicit = explicit || strings.ContainsAny(gap, "#:=")
		low := t.low(k)
		first := t.valueStart(k)
		switch {
		case t.words[first].digits > 0 && !t.ordinal(first):
			last := t.cluster(first)
			if whole := t.continued(last); t.isValue(i, first, last, explicit) || t.isLongValue(first, whole, explicit) {
				t.mark(k, whole, labelToken(t.words[i].low))
			}
			return
		case explicit && t.spelledDigits(k) >= 3:
			t.mark(k, t.spelledEnd(k), numberToken)
			return
		case explicit && bookings[t.words[i].low] && t.words[k].caps && t.words[k].letters >= 5:
			t.mark(k, k, numberToken)
			return
		case explicitWords[low]:
			explicit = true
		case !fillers[low] && !labels[low] && !strongLabels[low]:
			return
		}
		explicit = explicit || strongLabels[low]
	}
}

// gapJoins reports whether a label still speaks of word k: not across the end
// of a sentence, but across "acct." and "member id, ".
func (t *text) gapJoins(k int) bool {
	gap := t.gap(k)
	if strings.ContainsAny(gap, "?!;[]") || len(gap) > 6 {
		return false
	}
	if strings.Contains(gap, ".") {
		return len(t.words[k-1].low) <= 5
	}
	return true
}

// valueStart steps over a single capital that belongs to the number: "D 400 712".
func (t *text) valueStart(k int) int {
	w := t.words[k]
	if w.digits > 0 || w.letters > 4 || !w.caps || w.low == "i" || !t.free(k+1) || t.words[k+1].digits == 0 {
		return k
	}
	if explicitWords[w.low] || labels[w.low] || strongLabels[w.low] {
		return k
	}
	if gap := t.gap(k + 1); gap == "-" || gap == " " && w.low != "a" && w.low != "cpt" && w.low != "icd" {
		return k + 1
	}
	return k
}

// ordinal reports whether a word is "1st", "2x" or "60min".
func (t *text) ordinal(i int) bool {
	w := t.words[i]
	return w.letters > 0 && w.digits <= 4 && units[strings.TrimLeft(w.low, "0123456789")]
}

// isValue reports whether the words first to last can be the number that the
// label at i announced. Explicit labels ("policy number") take short ones too.
func (t *text) isValue(i, first, last int, explicit bool) bool {
	digits, letters := t.sums(first, last)
	strong := strongLabels[t.words[i].low]
	if t.counted(first, last) && (digits <= 4 || !explicit) {
		return strong && digits >= 5
	}
	// "member M54501" is no diagnosis, "claim M54.50" is.
	if t.isCode(first, last) && !strong && (letters == 0 || coded[t.words[i].low] || strings.Contains(t.between(first, last), ".")) {
		return (explicit || !coded[t.words[i].low]) && letters == 0 && !massageCodes[t.words[first].low]
	}
	if explicit {
		return digits >= 3 || digits >= 1 && letters >= 1 && digits+letters >= 4
	}
	year := first == last && isYear(t.words[first].low)
	return digits >= 4 && !year && (digits > 4 || !strings.HasSuffix(t.words[first].low, "00")) || letters > 0 && digits >= 3
}

// isLongValue reports whether a number in several pieces can be what was
// announced, whatever its first piece: "U84 302 118 01".
func (t *text) isLongValue(first, last int, explicit bool) bool {
	digits, letters := t.sums(first, last)
	return !t.isCode(first, first) && (explicit && digits >= 5 || digits >= 6 && first < last && !isYear(t.words[last].low) || digits >= 7 && letters > 0)
}

// continued is the last word of what continues a number after a space:
// "W4409 17725", "1EG4 TE5 MK73".
func (t *text) continued(last int) int {
	seen := t.words[last].digits
	for t.free(last+1) && (isLoose(t.gap(last+1)) && t.gap(last+1) != ". " || t.gap(last+1) == "/") {
		next := t.words[last+1]
		end := t.cluster(last + 1)
		digits, letters := t.sums(last+1, end)
		if next.digits == 0 || t.counted(last+1, end) || massageCodes[next.low] || t.ordinal(last+1) || digits < 2 && letters == 0 && seen < 6 {
			break
		}
		last = end
		seen += digits
	}
	return last
}

func labelToken(label string) string {
	if phones[label] {
		return phoneToken
	}
	return numberToken
}

// labelBehind marks a number whose label follows: "4471 is my chart number".
func (t *text) labelBehind(i int) {
	if !t.free(i) || t.words[i].digits < 3 || !copulas[t.low(i+1)] || !owners[t.low(i+2)] {
		return
	}
	for k := i + 3; k <= i+6; k++ {
		if low := t.low(k); strongLabels[low] || labels[low] && low != "group" || explicitWords[low] && low != "no" {
			first := i
			for first > 0 && t.free(first-1) && t.words[first-1].digits > 0 && isTight(t.gap(first)) {
				first--
			}
			if !t.isCode(first, i) {
				t.mark(first, i, numberToken)
			}
			return
		}
	}
}

// labelledSecret marks what follows "my password is": up to the next space.
func (t *text) labelledSecret(i int) {
	k := i + 1
	if !t.free(k) || k == len(t.words) {
		return
	}
	announced := strings.ContainsAny(t.gap(k), ":=")
	if copulas[t.low(k)] {
		announced = true
		k++
	}
	if !t.free(k) {
		return
	}
	w := t.words[k]
	odd := w.digits >= 4 || w.digits > 0 && w.letters > 0
	if !announced && !odd || w.digits == 0 && common[w.low] {
		return // "forgot my password", "password is wrong"
	}
	start := t.words[k].start
	end := start + len(t.upTo(start, " \n"))
	t.markBytes(start, max(end, t.words[k].end), secretToken)
}

// labelledHandle marks a name on a network: "my insta is jane.doe", "ig: jdoe_83".
func (t *text) labelledHandle(i int) {
	own := owners[t.low(i-1)]
	k, linked := i+1, false
	for k < i+6 && t.free(k) && (handleWords[t.low(k)] || copulas[t.low(k)]) {
		own = own || handleWords[t.low(k)]
		linked = linked || copulas[t.low(k)]
		k++
	}
	if !t.free(k) {
		return
	}
	start := t.words[k].start
	name := strings.TrimRight(t.upTo(start, " ,;!?\n"), ".)")
	switch announced := strings.ContainsAny(t.gap(k), ":=@$"); {
	case strings.ContainsAny(name, "_0123456789") && t.words[k].digits < len(name):
	case !linked && !announced, !own && !announced && !strings.ContainsAny(name, ".-"), common[strings.ToLower(name)]:
		return
	}
	end := start + len(name)
	if t.words[k].upper && t.simpleGap(k+1) && t.words[k+1].upper {
		end = t.words[k+1].end // fb: Jane Roe
	}
	t.markBytes(start, end, handleToken)
}

// labelledZIP marks the number after "zip code".
func (t *text) labelledZIP(i int) {
	for k := i + 1; k <= i+4 && t.free(k); k++ {
		if t.words[k].digits >= 3 {
			t.mark(k, t.cluster(k), addressToken)
			return
		}
		if !fillers[t.low(k)] && t.low(k) != "code" {
			return
		}
	}
}

// findSpelled marks phone and other numbers spelled as words: "six one six five
// five five oh one four two".
func (t *text) findSpelled() {
	for i := 0; i < len(t.words); i++ {
		if !t.free(i) || spelled[t.low(i)] == 0 {
			continue
		}
		first := i
		for first > max(0, i-15) && t.free(first-1) && t.words[first-1].digits > 0 && t.words[first-1].letters == 0 && isLoose(t.gap(first)) {
			first--
		}
		words := t.spelledDigits(i)
		end := t.spelledEnd(i)
		if digits, _ := t.sums(first, end); (words >= 4 || words >= 2 && digits >= 3) && words+digits >= 7 {
			t.mark(first, end, phoneToken)
		}
		i = end
	}
}

// maxSpelled is how many words a spelled number has at most.
const maxSpelled = 40

// spelledEnd is the last word of the number spelled from word i on.
func (t *text) spelledEnd(i int) int {
	for n := 0; n < maxSpelled && t.spells(i+1); n++ {
		i++
	}
	return i
}

// spells reports whether word i goes on with a spelled number.
func (t *text) spells(i int) bool {
	if !t.free(i) || !isLoose(t.gap(i)) && t.gap(i) != ", " {
		return false
	}
	w := t.words[i]
	return spelled[w.low] > 0 || w.digits > 0 && w.letters == 0
}

// spelledDigits is how many digits the words from i on spell.
func (t *text) spelledDigits(i int) int {
	if !t.free(i) || spelled[t.low(i)] == 0 {
		return 0
	}
	n := 0
	for k, end := i, t.spelledEnd(i); k <= end; k++ {
		n += spelled[t.low(k)]
	}
	return n
}
