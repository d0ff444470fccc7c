package safety

import "slices"

// Where the words of an excuse must stand to excuse a sign.
const (
	within     = "within"   // overlapping the sign
	inClause   = "clause"   // in a clause that the sign touches
	before     = "before"   // in the same sentence and not after the sign begins
	inSentence = "sentence" // in a sentence that the sign touches
	directly   = "directly" // right before the sign, with a word between at most
	anywhere   = "message"
)

var places = []string{within, inClause, before, inSentence, directly, anywhere}

// An excuse is why a sign is none of the writer's, now.
type excuse struct {
	id     string
	where  string
	words  []seq
	unless []seq // overrules it beside the sign
	but    []seq // overrules it anywhere
}

// nearWords is how far from a sign a word may stand to say that it is present
// after all.
const nearWords = 4

// excused reports whether the excuse covers a sign at s.
func (m *message) excused(e *excuse, s span) bool {
	return m.each(e.words, func(x span) bool { return m.covers(e.where, x, s) }) && !m.beside(e.unless, s) && !m.has(e.but)
}

func (m *message) covers(where string, x, s span) bool {
	a, z := m.tokens[s.start], m.tokens[s.end-1]
	xa, xz := m.tokens[x.start], m.tokens[x.end-1]
	switch where {
	case within:
		return x.start < s.end && s.start < x.end
	case inClause:
		return xz.clause >= a.clause && xa.clause <= z.clause
	case before:
		return xz.sentence == a.sentence && x.start <= s.start
	case directly:
		return x.end <= s.start && x.end+1 >= s.start && xz.sentence == a.sentence
	case inSentence:
		return xz.sentence >= a.sentence && xa.sentence <= z.sentence
	}
	return true
}

// beside reports whether one of the wordings stands in the sign's clauses, in
// it or within a few words of it.
func (m *message) beside(seqs []seq, s span) bool {
	return m.each(seqs, func(x span) bool {
		return m.covers(inClause, x, s) && x.end > s.start-nearWords && x.start < s.end+nearWords
	})
}

// negation knows the words that deny a sign.
type negation struct {
	before, after, except []seq
	symptom               int32 // class of the words that continue a list: "no pain, swelling or fever"
}

// negationReach is how many words a denial reaches forward; each further
// item of a list extends it by listReach.
const (
	negationReach = 6
	listReach     = 4
)

// denied reports whether the sign at s is denied: "no chest pain", "chest
// pain: none", and a denial between its words, as in "chest no pain".
func (m *message) denied(n *negation, s span) bool {
	return m.each(n.before, func(x span) bool {
		return m.reaches(n, x, s) && !m.excepted(n, x)
	}) || m.each(n.after, func(x span) bool {
		return x.start >= s.end && x.start <= s.end+2 && m.closes(x)
	})
}

// reaches reports whether the denial x governs the sign s.
func (m *message) reaches(n *negation, x, s span) bool {
	if x.start >= s.start && x.start < s.end {
		return m.skips(s, x.start)
	}
	if x.end > s.start {
		return false
	}
	limit := x.end + negationReach
	for i := x.end; i < s.start; i++ {
		t := m.tokens[i]
		if t.clause != m.tokens[x.end-1].clause || i > x.end && newSubject(m.tokens, i) {
			return false
		}
		if m.holds(n.symptom, i) {
			limit = max(limit, i+1+listReach)
		}
	}
	return s.start <= limit && m.tokens[s.start].clause == m.tokens[x.end-1].clause
}

// newSubject reports whether the word at i begins to speak of something else:
// "no insurance my chest hurts", but not "no pain in my arms or chest".
func newSubject(tokens []token, i int) bool {
	switch tokens[i].text {
	case "i":
		return true
	case "my":
		return !prepositions[tokens[i-1].text]
	}
	return false
}

var prepositions = set([]string{"in", "of", "on", "to", "with", "from", "at", "or", "down", "up", "around"})

// skips reports whether the word at i lies between the sign's words rather
// than being one of them.
func (m *message) skips(s span, i int) bool {
	return i-s.start < 64 && s.skipped&(1<<(i-s.start)) != 0
}

func (m *message) excepted(n *negation, x span) bool {
	return m.each(n.except, func(e span) bool { return e.start <= x.start && x.end <= e.end })
}

// closes reports whether nothing follows x in its clause: "chest pain? no." is
// an answer, "chest pain. no insurance" is not.
func (m *message) closes(x span) bool {
	return x.end >= len(m.tokens) || m.tokens[x.end].clause != m.tokens[x.end-1].clause || m.tokens[x.end].comma
}

func knownPlace(where string) bool { return slices.Contains(places, where) }
