package check

import (
	"regexp"
	"strings"

	"massagefaq/knowledge"
)

// ban is the banned claims, ready for looking.
type ban struct {
	knowledge.Banned
	hints []hints // by claim: a text without them does not make it
}

func newBan(b knowledge.Banned) *ban {
	all := make([]hints, len(b.Claims))
	for i, c := range b.Claims {
		all[i] = hintsOf(c.Pattern)
	}
	return &ban{b, all}
}

// claims reports sentences that claim what the evidence does not support.
func (c *checker) claims(p knowledge.Passage) {
	if !c.banned.suspects(p.Text) {
		return
	}
	all := sentences(p.Text)
	for i, s := range all {
		if strings.HasSuffix(s.text, "?") {
			continue
		}
		next := ""
		if i+1 < len(all) {
			next = all[i+1].text
		}
		if claim := c.banned.claimed(s.text, next); claim != nil {
			c.add(Error, "claim", p.File, c.TextLine(p, s.offset),
				"%q: %s; say instead: %s", shorten(s.text), claim.Reason, claim.Instead)
		}
	}
}

// suspects reports whether an answer has any banned wording at all, denied or
// not.
func (b *ban) suspects(text string) bool {
	lower := strings.ToLower(text)
	for i, claim := range b.Claims {
		if b.hints[i].in(lower) && claim.Pattern.MatchString(text) {
			return true
		}
	}
	return false
}

// claimed is the first banned claim that a sentence makes, nil when it makes
// none, denies it, or repeats as hearsay what the next sentence denies.
func (b *ban) claimed(text, next string) *knowledge.Claim {
	if anyOf(b.Hearsay, text) && anyOf(b.Denials, next) {
		return nil
	}
	for _, part := range clauses(text) {
		for i, claim := range b.Claims {
			if claim.Pattern.MatchString(part) && !(claim.Unless != nil && claim.Unless.MatchString(part)) && !anyOf(b.Denials, part) {
				return &b.Claims[i]
			}
		}
	}
	return nil
}

// turns are where a sentence turns to a new statement, which a denial before
// it no longer covers: "it is not painful, and it flushes out toxins".
var turns = regexp.MustCompile(`(?i);|, (and|but|so|because|while|since) (it|this|that|they|we|you|massage|the|there)\b|\bbut\b`)

// clauses splits a sentence into its statements.
func clauses(text string) []string {
	var out []string
	from := 0
	for _, at := range turns.FindAllStringIndex(text, -1) {
		out = append(out, text[from:at[0]])
		from = at[0]
	}
	return append(out, text[from:])
}

func anyOf(patterns []*regexp.Regexp, text string) bool {
	for _, re := range patterns {
		if re.MatchString(text) {
			return true
		}
	}
	return false
}

// shorten cuts a sentence to what fits a line of findings.
func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 70 {
		return string(r[:67]) + "..."
	}
	return text
}
