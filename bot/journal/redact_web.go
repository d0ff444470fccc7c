package journal

import (
	"net/netip"
	"regexp"
	"strings"
)

const (
	tlds      = `com|net|org|edu|gov|mil|io|co|us|uk|ca|au|de|fr|in|info|biz|me|app|email|health|care|ly|gg|tv|ai`
	providers = `gmail|g mail|googlemail|yahoo|ymail|hotmail|outlook|icloud|aol|protonmail|proton|live|msn|comcast|me|mac|att|verizon|sbcglobal|bellsouth|gmx|zoho|fastmail|charter|cox|earthlink|mail`
	at        = `(?:\s*[(\[{<]\s*at\s*[)\]}>]\s*|\s+at\s+|_at_|-at-|\s*@\s*)`
	dot       = `(?:\s*[(\[{<]\s*dot\s*[)\]}>]\s*|\s+dot\s+|_dot_|\s*\.\s*|\s*,\s*)`
	wordDot   = `(?:\s*[(\[{<]\s*dot\s*[)\]}>]\s*|\s+dot\s+|_dot_)`
	local     = `[\pL\d][\pL\d._%+-]{0,63}(?:\s+(?:dot|underscore|dash|hyphen|plus|period)\s+[\pL\d._%+-]+)*`
	label     = `[\pL\d-]{1,63}`
)

var (
	// email as machines write it, and "jane@gmail".
	email = regexp.MustCompile(`[^\s@<>()\[\],;:"|/]+@[\pL\d][\pL\d._-]*[\pL\d](?:,(?:com|net|org)\b)?`)
	// hiddenEmails are the ways to write one that a machine should not read.
	hiddenEmails = []*regexp.Regexp{
		// jane at gmail dot com, jane (at) clinic (dot) org
		regexp.MustCompile(`(?i)\b` + local + at + label + `(?:` + wordDot + label + `){0,3}` + wordDot + `(?:` + tlds + `)\b`),
		// jane(at)clinic.com, jane @ clinic.com
		regexp.MustCompile(`(?i)\b` + local + `\s*(?:[(\[{<]\s*at\s*[)\]}>]|_at_|-at-|@)\s*` + label + `(?:` + dot + label + `){0,3}` + dot + `(?:` + tlds + `)\b`),
		// jane at gmail.com, jane at gmail com, jane at gmail
		regexp.MustCompile(`(?i)\b` + local + at + `(?:` + providers + `)(?:` + dot + `|\s+)(?:` + tlds + `)\b`),
		regexp.MustCompile(`(?i)\b` + local + at + `(?:gmail|g mail|yahoo|hotmail|outlook|icloud|aol|protonmail)\b`),
		// j a n e @ g m a i l . c o m
		regexp.MustCompile(`(?:\b[\pL\d._-]\s){2,40}@(?:\s[\pL\d.]\b|\s[.]){3,40}`),
		// jane.doe83 at clinic.com
		regexp.MustCompile(`(?i)\b[\pL\d%+-]*[\d._+][\pL\d._%+-]*\s+at\s+` + label + `(?:\.` + label + `){0,3}\.(?:` + tlds + `)\b`),
	}
	// verbAt is "look at", no address.
	verbAt = regexp.MustCompile(`(?i)^(\pL+)\s+at\s`)
	// announced is what stands between "my email is" and the address proper:
	// the rest of a name spelled out.
	announced = regexp.MustCompile(`(?i)\be-?mail(?: address)?(?:\s+is\s+|\s*[:=]\s*)((?:[\pL\d._-]+\s+){1,4})$`)

	link     = regexp.MustCompile(`(?i)(?:\b[a-z][a-z\d+.-]*://|\bwww\.)[^\s<>"|]+|\b(?:[a-z\d-]+\.)+(?:` + tlds + `)(?::\d+)?[/?#][^\s<>"|]+`)
	bareSite = regexp.MustCompile(`(?i)^(?:[a-z][a-z\d+.-]*://)?[a-z\d.-]+\.[a-z]{2,}/?$`)

	ipv4 = regexp.MustCompile(`\b\d{1,3}(?:\.\d{1,3}){3}\b`)
	ipv6 = regexp.MustCompile(`(?i)[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?:%\w+)?`)
	mac  = regexp.MustCompile(`(?i)\b[\da-f]{2}(?:[:-][\da-f]{2}){5}\b`)

	atHandle  = regexp.MustCompile(`<[@#]!?[\pL\d]+(?:\|[^>]*)?>|[@][\pL\d_][\pL\d_.-]*[\pL\d_]`)
	tag       = regexp.MustCompile(`\b([\pL\d_.]{2,32})#\d{4}\b`)
	cashtag   = regexp.MustCompile(`[$][\pL_][\pL\d_]{2,}`)
	redditor  = regexp.MustCompile(`\bu/[\w-]{3,}`)
	mailWords = set(strings.ReplaceAll(providers, "|", " ") + " com net org edu")
	atWords   = set("noon midnight home work lunch night least once the my a an")
)

// findWeb marks what leads to a person on a network.
func (t *text) findWeb() {
	t.findEmails()
	if strings.Contains(t.s, "://") || strings.Contains(t.s, ".") && strings.ContainsAny(t.s, "/?#") {
		t.findLinks()
	}
	if strings.ContainsAny(t.s, ":.") {
		t.findIPs()
	}
	t.findHandles()
}

func (t *text) findEmails() {
	if strings.Contains(t.s, "@") {
		t.markAll(email, emailToken)
	}
	if !t.mayHideEmail() {
		return
	}
	for _, form := range hiddenEmails {
		for _, m := range form.FindAllStringIndex(t.s, -1) {
			if t.isTaken(m[0], m[1]) || verbAt.MatchString(t.s[m[0]:m[1]]) && common[strings.ToLower(verbAt.FindStringSubmatch(t.s[m[0]:m[1]])[1])] {
				continue
			}
			// At most eighty characters back: a name is not longer.
			from := max(0, m[0]-80)
			if before := announced.FindStringSubmatchIndex(t.s[from:m[0]]); before != nil {
				m[0] = from + before[2]
			}
			t.markBytes(m[0], m[1], emailToken)
		}
	}
}

// mayHideEmail reports whether some "at" has soon after it what hidden addresses
// end with: hardly any text does, and looking closer takes long.
func (t *text) mayHideEmail() bool {
	for i, w := range t.words {
		if w.low != "at" && (i == 0 || !strings.Contains(t.gap(i), "@")) {
			continue
		}
		for k := i; k < len(t.words) && k <= i+7; k++ {
			if low := t.words[k].low; low == "dot" || mailWords[low] || k > i && t.gap(k) == "." {
				return true
			}
		}
	}
	return false
}

// markAll marks all that a form matches, unless it is taken.
func (t *text) markAll(form *regexp.Regexp, token string) {
	for _, m := range form.FindAllStringIndex(t.s, -1) {
		if !t.isTaken(m[0], m[1]) {
			t.markBytes(m[0], m[1], token)
		}
	}
}

// findLinks marks links that lead further than to a site: what follows the
// site's name may be a person's page, or a key to it.
func (t *text) findLinks() {
	for _, m := range link.FindAllStringIndex(t.s, -1) {
		url := strings.TrimRight(t.s[m[0]:m[1]], ".,;:!?)'*_")
		if url != "" && !bareSite.MatchString(url) && !t.isTaken(m[0], m[0]+len(url)) {
			t.markBytes(m[0], m[0]+len(url), linkToken)
		}
	}
}

func (t *text) findIPs() {
	t.markAll(ipv4, ipToken)
	if strings.Count(t.s, ":") < 2 {
		return
	}
	t.markAll(mac, numberToken)
	for _, m := range ipv6.FindAllStringIndex(t.s, -1) {
		found := t.s[m[0]:m[1]]
		if addr, err := netip.ParseAddr(found); err == nil && addr.Is6() && strings.ContainsAny(found, "0123456789") && !t.isTaken(m[0], m[1]) {
			t.markBytes(m[0], m[1], ipToken)
		}
	}
}

func (t *text) findHandles() {
	if strings.Contains(t.s, "@") {
		for _, m := range atHandle.FindAllStringIndex(t.s, -1) {
			name := strings.ToLower(strings.Trim(t.s[m[0]:m[1]], "<@>"))
			if strings.ContainsAny(name, "abcdefghijklmnopqrstuvwxyz") && !atWords[name] && !clock.MatchString(name) && !t.isTaken(m[0], m[1]) {
				t.markBytes(m[0], m[1], handleToken)
			}
		}
	}
	if strings.Contains(t.s, "$") {
		t.markAll(cashtag, handleToken)
	}
	if strings.Contains(t.s, "u/") {
		t.markAll(redditor, handleToken)
	}
	if !strings.Contains(t.s, "#") {
		return
	}
	for _, m := range tag.FindAllStringSubmatchIndex(t.s, -1) {
		name := strings.ToLower(t.s[m[2]:m[3]])
		if !labels[name] && !fillers[name] && !units[name] && !unitWords[name] && !common[name] && !t.isTaken(m[0], m[1]) {
			t.markBytes(m[0], m[1], handleToken)
		}
	}
}

var clock = regexp.MustCompile(`^\d{1,2}(?:[.:]\d\d)?(?:am|pm|a|p|h|ish)?$`)
