package safety

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"massagefaq/knowledge"
)

// builder turns the rules as read into a gate, noting every mistake.
type builder struct {
	g        *Gate
	excuses  []*excuse
	mistakes knowledge.Mistakes
}

// New understands the rules. All mistakes are returned at once, as
// knowledge.Mistakes with the lines of safety.yaml.
func New(s knowledge.SafetyRules) (*Gate, error) {
	b := &builder{g: &Gate{v: newVocabulary(), source: s}}
	b.g.v.short, b.g.v.filler = shortForms(s.Short), set(s.Filler)
	b.clauses(s.Clauses)
	for _, c := range s.Classes {
		for _, err := range b.g.v.define(c) {
			b.mistake(c.Line, err)
		}
	}
	b.negation(s.Negation)
	b.excuse(s.Excuses)
	for _, r := range s.Rules {
		b.rule(r)
	}
	b.care(s.Care)
	examples := exampleTokens(s, speller{short: b.g.v.short, filler: b.g.v.filler})
	b.speller(s, examples)
	b.triggers(examples)
	if len(b.mistakes) > 0 {
		return nil, b.mistakes
	}
	return b.g, nil
}

func (b *builder) mistake(line int, err error) {
	var le lineError
	if errors.As(err, &le) {
		line = le.line
	}
	b.mistakes = append(b.mistakes, knowledge.Mistake{File: knowledge.SafetyFile, Line: line, Text: err.Error()})
}

func (b *builder) clauses(c knowledge.ClauseWords) {
	b.g.clauses = clauseWords{set(c.Break), set(c.Start), set(c.Verbs)}
}

func set(words []string) map[string]bool {
	out := make(map[string]bool, len(words))
	for _, w := range words {
		out[w] = true
	}
	return out
}

func (b *builder) negation(n knowledge.Negation) {
	b.g.deny = negation{before: b.seqs(n.Before), after: b.seqs(n.After), except: b.seqs(n.Except)}
	id, ok := b.g.v.named["<symptom>"]
	if !ok {
		b.mistake(0, errors.New("words: no class symptom, which tells how far \"no pain, swelling or fever\" reaches"))
	}
	b.g.deny.symptom = id
}

// seqs reads phrases that are single wordings.
func (b *builder) seqs(ps []knowledge.Phrase) []seq {
	var out []seq
	for _, p := range ps {
		pat, err := b.g.v.parse(p)
		switch {
		case err != nil:
			b.mistake(p.Line, err)
		case len(pat.parts) != 1 || pat.unless != nil || pat.given != nil:
			b.mistake(p.Line, fmt.Errorf("%q: +, given and unless belong to signs only", p.Text))
		default:
			out = append(out, pat.parts[0]...)
		}
	}
	return out
}

func (b *builder) excuse(es []knowledge.Excuse) {
	for _, e := range es {
		if !knownPlace(e.Where) {
			b.mistake(e.Line, fmt.Errorf("excuse %s: unknown place %q (want one of %s)", e.ID, e.Where, strings.Join(places, ", ")))
		}
		b.excuses = append(b.excuses, &excuse{id: e.ID, where: e.Where, words: b.seqs(e.Words), unless: b.seqs(e.Unless), but: b.seqs(e.But)})
	}
}

func (b *builder) rule(s knowledge.SafetyRule) {
	r := rule{id: s.ID, resource: s.Resource, say: map[string]string{"": s.Say}, unless: b.seqs(s.Unless), deniable: true}
	maps.Copy(r.say, s.SayIn)
	b.signs("", s.Signs)
	for _, lang := range slices.Sorted(maps.Keys(s.SignsIn)) {
		b.signs(lang, s.SignsIn[lang])
	}
	r.deniable = !slices.Contains(s.Despite, "negation")
	for _, e := range b.excuses {
		if !slices.Contains(s.Despite, e.id) {
			r.excuses = append(r.excuses, e)
		}
	}
	b.despite(s)
	b.g.rules = append(b.g.rules, r)
}

func (b *builder) despite(s knowledge.SafetyRule) {
	for _, id := range s.Despite {
		if id != "negation" && !slices.ContainsFunc(b.excuses, func(e *excuse) bool { return e.id == id }) {
			b.mistake(s.Line, fmt.Errorf("rule %s: despite %q is no excuse", s.ID, id))
		}
	}
}

// signs adds the signs of the rule that is being read.
func (b *builder) signs(lang string, ps []knowledge.Phrase) {
	for _, p := range b.patterns(ps) {
		b.g.signs = append(b.g.signs, sign{p, int32(len(b.g.rules)), lang})
	}
}

func (b *builder) patterns(ps []knowledge.Phrase) []pattern {
	var out []pattern
	for _, p := range ps {
		pat, err := b.g.v.parse(p)
		if err != nil {
			b.mistake(p.Line, err)
			continue
		}
		out = append(out, pat)
	}
	return out
}

// triggers are set up when all patterns are read; the examples tell how common
// a word is.
func (b *builder) triggers(examples [][]token) {
	t := newTriggers(b.g.v, examples)
	b.g.wakes = make([][]int32, len(b.g.v.classes))
	for i, s := range b.g.signs {
		for _, id := range t.all(slices.Concat(s.parts, s.given)) {
			b.g.wakes[id] = append(b.g.wakes[id], int32(i))
		}
	}
}

// speller is set up when the patterns are read: it corrects unknown words to
// those that patterns know, preferably to those that people use in the
// examples. Its table is built for the first word that needs it.
func (b *builder) speller(s knowledge.SafetyRules, examples [][]token) {
	v := b.g.v
	sp := speller{short: v.short, filler: v.filler}
	known := set(s.Known)
	fixable := sync.OnceValue(func() *spelling {
		words := slices.Concat(slices.Collect(maps.Keys(v.words)), slices.Collect(maps.Keys(v.short)))
		return newSpelling(words, texts(examples), s.Spell)
	})
	inUse := func(w string) bool { return len(v.words[w]) > 0 }
	sp.odd = func(w string) bool {
		return len(w) >= minFix && !inUse(w) && !known[w] && !v.filler[w] && !isEnglish(w)
	}
	sp.fix = func(w string) string {
		if strings.HasSuffix(w, "in") && inUse(w+"g") { // "drainin", "throbbin"
			return w + "g"
		}
		fixed := fixable().nearest(w, inUse)
		if v.knows(w) && distance(w, fixed) > 1 { // "googling" is meant where patterns know "googl*"
			return w
		}
		return fixed
	}
	b.g.spell = sp
}

// texts are the words of all messages.
func texts(messages [][]token) []string {
	var out []string
	for _, m := range messages {
		for _, t := range m {
			out = append(out, t.text)
		}
	}
	return out
}

func exampleTokens(s knowledge.SafetyRules, sp speller) [][]token {
	var out [][]token
	for _, r := range s.Rules {
		for _, p := range slices.Concat(r.For, r.Against) {
			out = append(out, sp.tokens(nil, scan(nil, fold(p.Text)), nil))
		}
	}
	return out
}

func shortForms(forms []knowledge.ShortForm) map[string][]string {
	out := make(map[string][]string, len(forms))
	for _, f := range forms {
		out[strings.ReplaceAll(f.Short, "'", "")] = words(f.Long)
	}
	return out
}

func words(text string) []string {
	var out []string
	for _, t := range scan(nil, fold(text)) {
		out = append(out, t.text)
	}
	return out
}

func (b *builder) care(s knowledge.Care) {
	c := &b.g.care
	c.asks, c.not = b.patterns(s.Asks), b.patterns(s.Not)
	for _, r := range s.Rules {
		c.rules = append(c.rules, careRule{r.ID, r.Passage, b.patterns(r.Signs), b.patterns(r.Alone)})
	}
}
