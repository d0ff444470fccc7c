package bot

import "strings"

// maxParts bounds how many questions of one message are answered.
const maxParts = 3

// split finds the separate questions of one message. One question is no parts.
func split(text string) []string {
	var parts []string
	for _, s := range strings.SplitAfter(text, "?") {
		parts = append(parts, splitAnd(strings.TrimSpace(s))...)
	}
	var kept []string
	for _, p := range parts {
		if len(plainWords(p)) >= 2 {
			kept = append(kept, p)
		}
	}
	if len(kept) < 2 || len(kept) > maxParts {
		return nil
	}
	return kept
}

// splitAnd parts "what do I wear and what time do I come" where a new question
// begins after the "and".
func splitAnd(s string) []string {
	lower := strings.ToLower(s)
	for _, sep := range []string{" and ", " an ", ", ", " also ", " plus "} {
		at := strings.Index(lower, sep)
		if at < 0 {
			continue
		}
		rest := strings.TrimSpace(s[at+len(sep):])
		// After a comma, "can you help" belongs to the statement before it.
		if sep == ", " && !asking[firstWord(s)] {
			continue
		}
		if asking[firstWord(rest)] && len(plainWords(s[:at])) >= 3 && len(plainWords(rest)) >= 3 {
			return []string{strings.TrimSpace(s[:at]), rest}
		}
	}
	if s == "" {
		return nil
	}
	return []string{s}
}

func firstWord(s string) string {
	first, _, _ := strings.Cut(strings.ToLower(s), " ")
	return first
}

// asking are words that begin a question.
var asking = wordSet(`what whats wat when where who which why how hows do does did is are am can could should will would wud shud`)

// partAt is how sure each part must be: a message falls apart only where every
// piece of it is a question of its own.
const partAt = 0.3

// stands reports whether a part is a question of its own, and answered.
func (d *decision) stands() bool { return d.kind == Answer && d.shown[0].Score >= partAt }

// merge joins the decisions on parts that all stand with that on the whole. Parts
// count only when they are answered by different passages: otherwise the message
// was one question in several sentences, and the whole reading is the better one.
func merge(whole decision, parts []decision) decision {
	out := whole
	seen := map[string]bool{}
	var shown []Found
	for _, p := range parts {
		for _, f := range p.shown {
			if !seen[f.ID] {
				seen[f.ID] = true
				shown = append(shown, f)
			}
		}
	}
	if len(shown) < 2 {
		return whole
	}
	out.kind, out.shown, out.or, out.why = Answer, shown, nil, "one answer for each part"
	return out
}
