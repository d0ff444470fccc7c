package safety

import (
	"fmt"
	"strings"

	"massagefaq/knowledge"
)

// The pattern language, as safety.yaml explains it to its authors:
//
//	word           that word; word* any word that begins so, *word ends so; a|b either
//	(two words|b)  either of several wordings
//	<name>         any wording of the class of that name; <n> a number, <year> a year, <180-299> a number from 180 to 299
//	(a|-)          a, or nothing
//	a .. b         up to 5 words between, in the same clause; a ... b up to 10, in the same sentence
//	a ~ b          either order, up to 6 words between, in the same clause; a ~~ b up to 11, in the same sentence
//	a + b          both somewhere in the message
//	a given b      a, with b somewhere in the message, of whatever time or person
//	a unless b     a, and no b in the same sentence
//
// Words that stand side by side in a pattern stand side by side in the message.

// A class is a set of wordings. Every word, alternative and named class of the
// patterns is one, so that each is looked for once however often it is used.
type class struct {
	name string
	seqs []seq // wordings of more than one word
}

// A step is one word or class of a wording.
type step struct {
	class int32
	gap   int8 // how many words may stand before it
	cross bool // the gap may cross into another clause of the sentence
}

type seq []step

// A pattern is what one line of safety.yaml means.
type pattern struct {
	parts  [][]seq // each must be told of, in any of its orders
	given  [][]seq // each must be found, though it be denied or long past
	unless []seq   // none of these may stand in the sentences of the parts
	text   string  // as written
}

// A gap as written between two steps.
var gaps = map[string]step{
	"..":  {gap: 5},
	"...": {gap: 10, cross: true},
	"~":   {gap: 6},
	"~~":  {gap: 11, cross: true},
}

// maxOrders bounds what one line may unfold to.
const maxOrders = 64

// parse reads a whole line.
func (v *vocabulary) parse(p knowledge.Phrase) (pattern, error) {
	out := pattern{text: p.Text}
	items, err := split(p.Text)
	if err != nil {
		return out, err
	}
	must, unless := cutItems(items, "unless")
	must, given := cutItems(must, "given")
	if out.parts, err = v.conjunction(must); err != nil {
		return out, err
	}
	if given != nil {
		if out.given, err = v.conjunction(given); err != nil {
			return out, err
		}
	}
	if unless != nil {
		out.unless, err = v.sequences(unless)
	}
	return out, err
}

// conjunction reads "a + b".
func (v *vocabulary) conjunction(items []string) ([][]seq, error) {
	var out [][]seq
	for _, part := range splitItems(items, "+") {
		seqs, err := v.sequences(part)
		if err != nil {
			return nil, err
		}
		out = append(out, seqs)
	}
	return out, nil
}

// sequences reads "a .. b ~ c" into every order it allows.
func (v *vocabulary) sequences(items []string) ([]seq, error) {
	var units [][]seq // between the ~
	var joints []step // the ~ themselves
	start := 0
	for i := 0; i <= len(items); i++ {
		if i < len(items) && items[i] != "~" && items[i] != "~~" {
			continue
		}
		unit, err := v.unit(items[start:i])
		if err != nil {
			return nil, err
		}
		units = append(units, unit)
		if i < len(items) {
			joints = append(joints, gaps[items[i]])
		}
		start = i + 1
	}
	if len(units) > 3 {
		return nil, fmt.Errorf("more than two ~ in one wording")
	}
	out := orders(units, joints)
	if len(out) > maxOrders {
		return nil, fmt.Errorf("unfolds to %d wordings; %d at most", len(out), maxOrders)
	}
	return out, nil
}

// orders puts the units in every order, with the joint between neighbours.
func orders(units [][]seq, joints []step) []seq {
	if len(units) == 1 {
		return units[0]
	}
	var out []seq
	for i := range units {
		rest := append(append([][]seq{}, units[:i]...), units[i+1:]...)
		joint := joints[min(i, len(joints)-1)]
		left := append(append([]step{}, joints[:min(i, len(joints)-1)]...), joints[min(i, len(joints)-1)+1:]...)
		for _, head := range units[i] {
			for _, tail := range orders(rest, left) {
				tail = append(seq{}, tail...)
				tail[0].gap, tail[0].cross = joint.gap, joint.cross
				out = append(out, append(append(seq{}, head...), tail...))
			}
		}
	}
	return out
}

// unit reads a run of words with gaps of fixed order.
func (v *vocabulary) unit(items []string) ([]seq, error) {
	out := []seq{nil}
	gap := step{}
	for _, item := range items {
		if g, ok := gaps[item]; ok {
			gap = g
			continue
		}
		if v.filler[item] && len(items) > 1 { // messages lose it too
			continue
		}
		word, optional := cutOptional(item)
		ids, err := v.item(word)
		if err != nil {
			return nil, err
		}
		var next []seq
		for _, s := range out {
			with := append(seq{}, s...)
			for i, id := range ids {
				st := step{class: id}
				if i == 0 && len(s) > 0 {
					st.gap, st.cross = gap.gap, gap.cross
				}
				with = append(with, st)
			}
			next = append(next, with)
			if optional {
				next = append(next, s)
			}
		}
		out, gap = next, step{gap: keep(gap, optional)}
	}
	for _, s := range out {
		if len(s) == 0 {
			return nil, fmt.Errorf("a wording without any word")
		}
	}
	return out, nil
}

// keep leaves the gap standing behind a word that may be missing.
func keep(gap step, optional bool) int8 {
	if optional {
		return gap.gap
	}
	return 0
}

// item is the classes of one element: several when a hyphen makes two words.
func (v *vocabulary) item(text string) ([]int32, error) {
	switch {
	case strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">"):
		id, ok := v.class(text)
		if !ok {
			return nil, fmt.Errorf("unknown class %s: it must stand under words, above its use", text)
		}
		return []int32{id}, nil
	case strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")"):
		id, err := v.anyOf(text, options(text[1:len(text)-1]))
		return []int32{id}, err
	case strings.Contains(text, "|"):
		id, err := v.anyOf(text, strings.Split(text, "|"))
		return []int32{id}, err
	}
	return v.literal(text)
}

// literal is the classes of a plain word, read as a message would be.
func (v *vocabulary) literal(text string) ([]int32, error) {
	if err := checkStars(text); err != nil {
		return nil, err
	}
	lits := v.literals(text)
	if len(lits) == 0 {
		return nil, fmt.Errorf("%q is not a word", text)
	}
	if v.filler[lits[0]] {
		return nil, fmt.Errorf("%q is a filler, which messages lose: leave it out", text)
	}
	ids := make([]int32, len(lits))
	for i, l := range lits {
		ids[i] = v.word(l)
	}
	return ids, nil
}

// checkStars allows one star, at an end: "*word*" and "w*rd" would match nothing.
func checkStars(text string) error {
	if bare := strings.TrimSuffix(text, "*"); bare != text && strings.Contains(bare, "*") || strings.Contains(strings.TrimPrefix(bare, "*"), "*") {
		return fmt.Errorf("%q: one star at most, at one end of a word", text)
	}
	return nil
}

// literals are the words of "x-ray*" with their stars: "x", "ray*". Chat
// spellings are written out, as they are in messages.
func (v *vocabulary) literals(text string) []string {
	var out []string
	for _, t := range scan(nil, fold(strings.Trim(text, "*"))) {
		long, ok := v.short[t.text]
		if !ok {
			long = []string{t.text}
		}
		out = append(out, long...)
	}
	if kept := v.withoutFiller(out); len(kept) > 0 {
		out = kept
	}
	if n := len(out); n > 0 {
		if strings.HasPrefix(text, "*") {
			out[0] = "*" + out[0]
		}
		if strings.HasSuffix(text, "*") {
			out[n-1] += "*"
		}
	}
	return out
}

// withoutFiller leaves out the words that messages lose too.
func (v *vocabulary) withoutFiller(words []string) []string {
	var out []string
	for _, w := range words {
		if !v.filler[w] {
			out = append(out, w)
		}
	}
	return out
}
