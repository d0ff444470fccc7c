package safety

// A message is one text made ready for matching. It is not safe for
// concurrent use; readers keep spare ones.
type message struct {
	text   string
	v      *vocabulary
	tokens []token
	wide   int      // 64-bit words per class in at
	at     []uint64 // for each class, the positions whose word it holds
	maybe  []int8   // for each class: 0 not looked at, 1 cannot be in the message, 2 may be
	found  []int32  // the classes of at that hold any word
	signs  []int32  // scratch of Gate.candidates
}

// A span is where a wording stands: tokens start to end-1. Skipped marks the
// tokens between its steps, counted from start, as far as 64 of them.
type span struct {
	start, end int
	skipped    uint64
}

// reset finds the classes of the tokens.
func (m *message) reset(v *vocabulary) {
	m.v = v
	m.wide = (len(m.tokens) + 63) / 64
	m.at = zeroed(m.at, m.wide*len(v.classes))
	m.maybe = zeroed(m.maybe, len(v.classes))
	m.found = m.found[:0]
	for i, t := range m.tokens {
		v.of(t.text, func(id int32) {
			if m.maybe[id] == 0 {
				m.maybe[id] = 2
				m.found = append(m.found, id)
			}
			m.at[int(id)*m.wide+i/64] |= 1 << (i % 64)
		})
	}
}

func zeroed[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// holds reports whether the word at i is in the class by itself.
func (m *message) holds(id int32, i int) bool {
	return m.at[int(id)*m.wide+i/64]&(1<<(i%64)) != 0
}

// can reports whether the class may be found anywhere: a quick no for most.
func (m *message) can(id int32) bool {
	switch m.maybe[id] {
	case 1:
		return false
	case 2:
		return true
	}
	found := m.canAny(m.v.classes[id].seqs)
	m.maybe[id] = 1
	if found {
		m.maybe[id] = 2
	}
	return found
}

func (m *message) canAny(seqs []seq) bool {
	for _, s := range seqs {
		if m.canSeq(s) {
			return true
		}
	}
	return false
}

func (m *message) canAll(parts [][]seq) bool {
	for _, p := range parts {
		if !m.canAny(p) {
			return false
		}
	}
	return true
}

// has reports whether one of the wordings stands anywhere.
func (m *message) has(seqs []seq) bool { return m.each(seqs, func(span) bool { return true }) }

func (m *message) canSeq(s seq) bool {
	for i := len(s) - 1; i >= 0; i-- {
		if !m.can(s[i].class) {
			return false
		}
	}
	return true
}

// each calls do with the shortest span of each start at which one of the
// wordings stands, until do returns true; it reports whether that happened.
func (m *message) each(seqs []seq, do func(span) bool) bool {
	for _, s := range seqs {
		if !m.canSeq(s) {
			continue
		}
		for i := range m.tokens {
			end, skipped := m.seqAt(s, i)
			if end > 0 && do(span{i, end, skipped}) {
				return true
			}
		}
	}
	return false
}

// seqAt matches a wording at i and returns its end, or 0. Of several ends it
// takes the nearest step by step.
func (m *message) seqAt(s seq, i int) (end int, skipped uint64) {
	return m.stepsAt(s, i, i, false)
}

func (m *message) stepsAt(s seq, start, i int, within bool) (int, uint64) {
	if len(s) == 0 {
		return i, 0
	}
	st := s[0]
	for skip := 0; skip <= int(st.gap); skip++ {
		j := i + skip
		if j >= len(m.tokens) || within && !m.joined(i, j, st.cross || st.gap == 0) {
			break
		}
		for end := m.longest(st.class, j); end > j; end = m.shorter(st.class, j, end) {
			if last, skipped := m.stepsAt(s[1:], start, end, true); last > 0 {
				return last, skipped | ones(i-start, skip)
			}
		}
		if !within {
			break
		}
	}
	return 0, 0
}

// joined reports whether the words from i-1 to j may belong to one wording.
func (m *message) joined(i, j int, cross bool) bool {
	a, b := m.tokens[i-1], m.tokens[j]
	return a.sentence == b.sentence && (cross || a.clause == b.clause)
}

func ones(from, n int) uint64 {
	if from >= 64 {
		return 0
	}
	return (1<<n - 1) << from
}

// longest is the end of the longest wording of a class at i, or 0.
func (m *message) longest(id int32, i int) int { return m.shorter(id, i, len(m.tokens)+1) }

// shorter is the longest end below limit.
func (m *message) shorter(id int32, i, limit int) int {
	if !m.can(id) {
		return 0
	}
	best := 0
	if m.holds(id, i) && i+1 < limit {
		best = i + 1
	}
	for _, s := range m.v.classes[id].seqs {
		if !m.canSeq(s) {
			continue
		}
		if end, _ := m.seqAt(s, i); end > best && end < limit {
			best = end
		}
	}
	return best
}
