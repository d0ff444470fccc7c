package safety

// A message is one text made ready for matching. It is not safe for
// concurrent use; readers keep spare ones.
type message struct {
	text   string
	v      *vocabulary
	tokens []token
	wide   int      // 64-bit words per row of at
	at     []uint64 // for each class found, a row of the positions whose word it holds
	row    []int32  // for each class: its row in at, counted from 1, or unknown, absent or possible
	found  []int32  // the classes of at, in the order of its rows
	signs  []uint64 // scratch of Gate.candidates: a bit per sign
}

// What row says of a class none of whose own words is in the message.
const (
	unknown  = 0  // not looked at
	absent   = -1 // none of its wordings can be there
	possible = -2 // one may be
)

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
	m.at = m.at[:0]
	m.row = zeroed(m.row, len(v.classes))
	m.found = m.found[:0]
	for i, t := range m.tokens {
		v.of(t.text, func(ids []int32) { m.mark(ids, i) })
	}
}

// mark notes that the word at i is in the classes.
func (m *message) mark(ids []int32, i int) {
	at, bit := i/64, uint64(1)<<(i%64)
	for _, id := range ids {
		row := m.row[id]
		if row == unknown {
			m.found = append(m.found, id)
			row = int32(len(m.found))
			m.row[id] = row
			for range m.wide {
				m.at = append(m.at, 0)
			}
		}
		m.at[int(row-1)*m.wide+at] |= bit
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
	row := int(m.row[id])
	return row > 0 && m.at[(row-1)*m.wide+i/64]&(1<<(i%64)) != 0
}

// can reports whether the class may be found anywhere: a quick no for most.
func (m *message) can(id int32) bool {
	switch row := m.row[id]; {
	case row == absent:
		return false
	case row != unknown:
		return true
	}
	found := m.canAny(m.v.classes[id].seqs)
	m.row[id] = absent
	if found {
		m.row[id] = possible
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
