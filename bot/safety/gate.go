// Package safety is the gate that every message passes before anything is
// looked up: does it tell of an emergency, and does it ask whether massage is
// safe with some condition? It reads its rules from the knowledge, decides by
// them alone, and keeps nothing of what it reads.
package safety

import (
	"iter"
	"math/bits"
	"sync"

	"massagefaq/knowledge"
)

// A Gate checks messages. It is safe for concurrent use.
type Gate struct {
	v       *vocabulary
	spell   speller
	clauses clauseWords
	deny    negation
	rules   []rule
	signs   []sign    // of all rules, in their order
	wakes   [][]int32 // for each class, the signs to look for when one of its words is in a message
	care    care
	source  knowledge.SafetyRules
	readers sync.Pool // of *Reader
}

type rule struct {
	id       string
	resource knowledge.Resource
	say      map[string]string // by language; "" is English
	unless   []seq
	excuses  []*excuse
	deniable bool
}

// A sign is a pattern of a rule in one language.
type sign struct {
	pattern
	rule int32
	lang string
}

// A Verdict is what to say to a message that tells of an emergency.
type Verdict struct {
	Rule     string             // id of the rule that applied
	Resource knowledge.Resource // who to turn to
	Say      string             // the fixed reply, in the writer's language first when that is not English
	Why      string             // the sign as the rule words it, never the writer's words
}

// Check reports whether the text tells of something urgent, and what to say.
// The most urgent rule that applies speaks.
func (g *Gate) Check(text string) (Verdict, bool) {
	r := g.Reader()
	defer r.Close()
	return r.Check(text)
}

// candidates are the signs whose rarest words are in the message, in the order
// of the rules.
func (g *Gate) candidates(m *message) iter.Seq[int] {
	m.signs = zeroed(m.signs, (len(g.signs)+63)/64)
	for _, id := range m.found {
		for _, i := range g.wakes[id] {
			m.signs[i/64] |= 1 << (i % 64)
		}
	}
	return func(yield func(int) bool) {
		for w, set := range m.signs {
			for ; set != 0; set &= set - 1 {
				if !yield(w*64 + bits.TrailingZeros64(set)) {
					return
				}
			}
		}
	}
}

// told reports whether every part of the sign stands in the message, present
// and the writer's own concern.
func (r *rule) told(m *message, deny *negation, s *sign) bool {
	if !m.canAll(s.parts) || !m.canAll(s.given) {
		return false
	}
	for _, given := range s.given {
		if !m.has(given) {
			return false
		}
	}
	for _, part := range s.parts {
		present := func(x span) bool { return r.present(m, deny, s, x) }
		if !m.each(part, present) {
			return false
		}
	}
	return true
}

func (r *rule) present(m *message, deny *negation, s *sign, x span) bool {
	if r.deniable && m.denied(deny, x) {
		return false
	}
	harmless := func(u span) bool { return m.covers(inSentence, u, x) && !m.denied(deny, u) }
	if m.each(s.unless, harmless) || m.each(r.unless, harmless) {
		return false
	}
	for _, e := range r.excuses {
		if m.excused(e, x) {
			return false
		}
	}
	return true
}

// reply is what the rule says, in the language of the sign first.
func (r *rule) reply(lang string) string {
	if lang == "" || r.say[lang] == "" {
		return r.say[""]
	}
	return r.say[lang] + "\n\n" + r.say[""]
}
