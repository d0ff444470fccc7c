package transfer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"massagefaq/knowledge"
)

var (
	contentName = regexp.MustCompile(`^[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\.md$`)
	idPattern   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// name gives each draft without an ID one made of its question, unique in its file.
func name(drafts []Draft) {
	taken := map[string]bool{}
	for _, d := range drafts {
		taken[d.ID] = true
	}
	seen := map[string]bool{}
	for i := range drafts {
		d := &drafts[i]
		if d.ID != "" && !seen[d.ID] {
			seen[d.ID] = true
			continue
		}
		base := slug(d.Title)
		for n := 1; d.ID == "" || taken[d.ID]; n++ {
			d.ID = d.File + "#" + base
			if n > 1 {
				d.ID = fmt.Sprintf("%s#%s-%d", d.File, base, n)
			}
		}
		taken[d.ID], seen[d.ID] = true, true
	}
}

// idle are words that say nothing in a name.
var idle = strings.Fields("a an the is are was be do does did i my me we our you your it to of for in on at and or so what how can will should medical massage there any with from if am when")

// slug is a short name for a question: "does-insurance-cover" becomes "insurance-cover".
func slug(title string) string {
	var words, all []string
	for w := range strings.FieldsFuncSeq(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '\u2019' }) {
		if w = strings.Map(ascii, w); w != "" {
			all = append(all, w)
		}
		if w != "" && !slices.Contains(idle, w) && len(words) < 4 {
			words = append(words, w)
		}
	}
	switch {
	case len(all) == 0:
		return "question"
	case len(words) == 0:
		words = all[:min(len(all), 4)]
	}
	return strings.Join(words, "-")
}

func ascii(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// alikeAt is the share of words in common from which a draft is marked as
// perhaps known. It is lower than for a mistake: a person looks at it anyway.
const alikeAt = 0.6

// markKnown marks drafts that ask what an existing passage answers.
func markKnown(drafts []Draft, existing []knowledge.Passage) {
	type known struct {
		id    string
		words []string
	}
	var all []known
	for _, p := range existing {
		for _, q := range append([]string{p.Title}, p.Asks...) {
			all = append(all, known{p.ID, knowledge.Words(q)})
		}
	}
	for i := range drafts {
		d := &drafts[i]
		words := knowledge.Words(d.Title)
		for _, k := range all {
			if a := knowledge.Alike(words, k.words); a >= alikeAt && a > d.Alike {
				d.Like, d.Alike = k.id, a
			}
		}
	}
}
