package index

import "strings"

// part is a stretch of a message and how much it counts.
type part struct {
	text   string
	weight float32
}

const (
	rambling = 24   // words from which a message is looked at sentence by sentence
	aside    = 0.35 // what a sentence counts that asks nothing, beside one that does
)

// contextWeight is what a word of the question before counts, beside one of the
// question itself; one of the question before that counts its square.
const contextWeight = 0.55

// parts are what a search reads, and how much each counts.
func (q *Query) parts() []part {
	out := focus(q.Text)
	weight := float32(1)
	for _, c := range q.Context {
		weight *= contextWeight
		out = append(out, part{c, weight})
	}
	return out
}

// focus reduces a long message to its question: where some sentences ask and
// others tell a story, the story counts less. The asking sentences come first, so
// that they keep their words when both have them.
func focus(text string) []part {
	whole := []part{{text, 1}}
	if strings.Count(text, " ") < rambling {
		return whole
	}
	var asking, telling []part
	for _, s := range sentences(text) {
		if asks(s) {
			asking = append(asking, part{s, 1})
		} else {
			telling = append(telling, part{s, aside})
		}
	}
	if len(asking) == 0 || len(telling) == 0 {
		return whole
	}
	return append(asking, telling...)
}

// asks reports whether a sentence asks something: by its mark, or by the way it
// begins or goes on ("i want to know if", "what do i tell him").
func asks(s string) bool {
	if strings.Contains(s, "?") {
		return true
	}
	words := []string{}
	eachWord(s, func(w string) { words = append(words, w) })
	for i, w := range words {
		if i < 3 && opener[w] || i+1 < len(words) && inverted[w] && subject[words[i+1]] || wondering[w] {
			return true
		}
	}
	return false
}

var (
	opener    = wordSet("what whats when where who which why how hows can could should would will does do did is are am shall")
	inverted  = wordSet("do does did can could should would will is are am shall may must")
	subject   = wordSet("i you we they he she it u my your the this")
	wondering = wordSet("wondering wonder question asking ask asks whether wants know explain tell")
)
