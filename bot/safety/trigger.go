package safety

import "slices"

// triggers finds, for each sign, the rarest words without which it cannot
// stand in a message, so that a message is held against a handful of signs
// rather than all of them.
type triggers struct {
	v      *vocabulary
	direct []float64 // how common the words are that a class holds by itself
	weight []float64 // how common the rarest words are without which a class cannot stand; 0 not yet known
	leaves [][]int32 // the classes that hold those words
}

// newTriggers weighs words by how often they stand in the given messages.
func newTriggers(v *vocabulary, messages [][]token) *triggers {
	n := len(v.classes)
	t := &triggers{v: v, direct: make([]float64, n), weight: make([]float64, n), leaves: make([][]int32, n)}
	for _, ids := range v.words {
		for _, id := range ids {
			t.direct[id] += .01
		}
	}
	for _, affixes := range []map[string][]int32{v.prefixes, v.suffixes} {
		for _, ids := range affixes {
			for _, id := range ids {
				t.direct[id] += .1
			}
		}
	}
	for _, r := range v.ranges {
		t.direct[r.class] += .1
	}
	for _, tokens := range messages {
		for _, tok := range tokens {
			v.of(tok.text, func(ids []int32) {
				for _, id := range ids {
					t.direct[id]++
				}
			})
		}
	}
	return t
}

// of is the weight of a class and the classes that hold its rarest words.
func (t *triggers) of(id int32) (float64, []int32) {
	if t.weight[id] > 0 {
		return t.weight[id], t.leaves[id]
	}
	w, leaves := t.any(t.v.classes[id].seqs)
	if t.direct[id] > 0 {
		w, leaves = w+t.direct[id], append(slices.Clone(leaves), id)
	}
	t.weight[id], t.leaves[id] = w+1e-9, leaves
	return t.weight[id], leaves
}

// any is the same for wordings any of which is enough.
func (t *triggers) any(seqs []seq) (float64, []int32) {
	var weight float64
	var leaves []int32
	for _, s := range seqs {
		best, at := t.of(s[0].class)
		for _, st := range s[1:] {
			if w, l := t.of(st.class); w < best {
				best, at = w, l
			}
		}
		weight += best
		leaves = append(leaves, at...)
	}
	slices.Sort(leaves)
	return weight, slices.Compact(leaves)
}

// all is the same for parts each of which is needed: those of the rarest.
func (t *triggers) all(parts [][]seq) []int32 {
	best, leaves := t.any(parts[0])
	for _, p := range parts[1:] {
		if w, l := t.any(p); w < best {
			best, leaves = w, l
		}
	}
	return leaves
}
