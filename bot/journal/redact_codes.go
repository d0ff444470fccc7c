package journal

import (
	"regexp"
	"strings"
)

// Codes a question is about, which look like numbers but tell nothing of the
// person: CPT and its modifiers, HCPCS, ICD-10 with and without its point.
var (
	cpt      = regexp.MustCompile(`^(?:97\d{3}|9894\d|989[67]\d|99\d{3}|958\d{2}|205[56]\d|0\d{3}t)$`)
	modifier = regexp.MustCompile(`^(?:\d\d|[a-z][a-z0-9]|x\d{1,2})$`)
	hcpcs    = regexp.MustCompile(`^[aegjlqs]\d{4}$`)
	icd      = regexp.MustCompile(`^(?:[a-z]\d[0-9a-z]\.[0-9a-z]{1,4}|[mgsrzfotvwi]\d{2}[0-9a-z]{0,4})$`)
	forms    = set("cms1500 hcfa1500 cms-1500 hcfa-1500 ub04 ub-04 1095-a 1095-b 1095-c 1099-misc 1099-nec")
	quantity = regexp.MustCompile(`^(?:cpt|icd|hcpcs)?\d{1,5}(?:x\d{1,2}|[a-z]{1,7})?$`)
)

// isCode reports whether the words i to j are such a code, or several: "97124/97140".
func (t *text) isCode(i, j int) bool {
	whole := strings.ToLower(t.between(i, j))
	if icd.MatchString(whole) || forms[whole] {
		return true
	}
	for k := i; k <= j; k++ {
		low := strings.TrimPrefix(t.words[k].low, "cpt")
		low, _, _ = strings.Cut(low, "x") // 97140x2
		if !cpt.MatchString(low) && !hcpcs.MatchString(low) && !(k > i && modifier.MatchString(low)) {
			return false
		}
	}
	return true
}
