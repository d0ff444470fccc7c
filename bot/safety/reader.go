package safety

// A Reader reads the texts of one question: the message, its parts, what was told
// before. Each is taken apart once, whatever is asked about it, and a word is
// corrected once. It is not safe for concurrent use.
type Reader struct {
	g     *Gate
	read  []*message // those read, and room for more
	n     int        // how many are read
	words []token    // scratch: those of the text being read
	fixed map[string]string
}

// Reader returns a reader that knows nothing yet. Close it after use.
func (g *Gate) Reader() *Reader {
	if r, ok := g.readers.Get().(*Reader); ok {
		return r
	}
	return &Reader{g: g, fixed: map[string]string{}}
}

// Close forgets all that was read.
func (r *Reader) Close() {
	for _, m := range r.read[:r.n] {
		m.text = ""
		clear(m.tokens)
	}
	clear(r.words)
	clear(r.fixed)
	r.n = 0
	r.g.readers.Put(r)
}

// Check is Gate.Check.
func (r *Reader) Check(text string) (Verdict, bool) {
	m, g := r.message(text), r.g
	for i := range g.candidates(m) {
		s := &g.signs[i]
		rule := &g.rules[s.rule]
		if rule.told(m, &g.deny, s) {
			return Verdict{Rule: rule.id, Resource: rule.resource, Say: rule.reply(s.lang), Why: rule.id + ": " + s.text}, true
		}
	}
	return Verdict{}, false
}

// Care is Gate.Care.
func (r *Reader) Care(text string) (passageID string, ok bool) {
	rule := r.g.care.find(r.message(text))
	if rule == nil {
		return "", false
	}
	return rule.passage, true
}

// message makes a text ready for matching.
func (r *Reader) message(text string) *message {
	for _, m := range r.read[:r.n] {
		if m.text == text {
			return m
		}
	}
	if r.n == len(r.read) {
		r.read = append(r.read, &message{})
	}
	m := r.read[r.n]
	r.n++
	r.words = scan(r.words[:0], fold(text))
	m.text, m.tokens = text, r.g.spell.tokens(m.tokens[:0], r.words, r.fixed)
	r.g.clauses.mark(m.tokens)
	m.reset(r.g.v)
	return m
}
