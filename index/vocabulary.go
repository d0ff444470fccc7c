package index

import (
	"strconv"

	"massagefaq/knowledge"
)

// vocabulary finds concepts in a run of tokens: "health plan", "BCBSM" and
// "insurer" are one concept, so that each finds the others. Concepts are terms
// of the index like any word, which makes multi-word synonyms cost nothing.
type vocabulary struct {
	phrases map[string][]phrase // by first stem
	words   map[string]bool     // every word of every term: none is a misspelling
}

// phrase is one term of a group.
type phrase struct {
	stems   []string
	concept string  // conceptMark and the group's number
	weight  float32 // of a match through the concept
	oneway  bool    // leads from a question to the concept, not from a passage
}

// defaultConcept is how much a synonym counts beside the word itself.
const defaultConcept = 0.7

func newVocabulary(v knowledge.Vocabulary) *vocabulary {
	out := &vocabulary{phrases: map[string][]phrase{}, words: map[string]bool{}}
	for i, g := range v.Groups {
		weight := float32(g.Weight)
		if weight == 0 {
			weight = defaultConcept
		}
		concept := conceptMark + strconv.Itoa(i)
		out.add(g.Terms, phrase{concept: concept, weight: weight})
		out.add(g.OneWay, phrase{concept: concept, weight: weight, oneway: true})
		out.add(g.Ambiguous, phrase{concept: concept, weight: weight / 2})
	}
	return out
}

func (v *vocabulary) add(terms []string, p phrase) {
	for _, t := range terms {
		p.stems = nil
		for _, tok := range analyze(t) {
			p.stems = append(p.stems, tok.stem)
			v.words[tok.word] = true
		}
		if len(p.stems) > 0 {
			v.phrases[p.stems[0]] = append(v.phrases[p.stems[0]], p)
		}
	}
}

// each calls f for every phrase found: where it begins and which it is.
func (v *vocabulary) each(tokens []token, f func(at int, p *phrase)) {
	if len(v.phrases) == 0 {
		return
	}
	for i := range tokens {
		list := v.phrases[tokens[i].stem]
		for k := range list {
			if p := &list[k]; p.at(tokens[i:]) {
				f(i, p)
			}
		}
	}
}

func (p *phrase) at(tokens []token) bool {
	if len(tokens) < len(p.stems) {
		return false
	}
	for i, s := range p.stems {
		if tokens[i].stem != s {
			return false
		}
	}
	return true
}
