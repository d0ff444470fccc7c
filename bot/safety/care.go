package safety

// GeneralClearance is the passage for conditions that have none of their own:
// ask your doctor first.
const GeneralClearance = "safety.md#general-clearance"

// care finds questions about whether massage is safe with a condition.
type care struct {
	asks, not []pattern
	rules     []careRule
}

type careRule struct {
	id, passage  string
	signs, alone []pattern
}

// Care reports whether the text asks if massage is safe with a condition, and
// the passage about that condition. Conditions are tried in the order of
// safety.yaml.
func (g *Gate) Care(text string) (passageID string, ok bool) {
	r := g.Reader()
	defer r.Close()
	return r.Care(text)
}

func (c *care) find(m *message) *careRule {
	if m.anyPattern(c.not) {
		return nil
	}
	asked := m.anyPattern(c.asks)
	for i := range c.rules {
		r := &c.rules[i]
		if m.anyPattern(r.alone) || asked && m.anyPattern(r.signs) {
			return r
		}
	}
	return nil
}

// anyPattern reports whether one of the patterns stands in the message, with
// no regard to excuses.
func (m *message) anyPattern(ps []pattern) bool {
	for i := range ps {
		if m.hasPattern(&ps[i]) {
			return true
		}
	}
	return false
}

func (m *message) hasPattern(p *pattern) bool {
	for _, given := range p.given {
		if !m.has(given) {
			return false
		}
	}
	for _, part := range p.parts {
		found := m.each(part, func(x span) bool {
			return !m.each(p.unless, func(u span) bool { return m.covers(inSentence, u, x) })
		})
		if !found {
			return false
		}
	}
	return true
}
