package knowledge

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// safetyReader turns the nodes of safety.yaml into SafetyRules, noting every mistake.
type safetyReader struct {
	s  SafetyRules
	ms Mistakes
}

// field reads the value of one key.
type field func(key, value *yaml.Node)

// pairs hands each key of a mapping to its reader. An unknown key is a mistake:
// a misspelled "signs" would otherwise silence a rule.
func (r *safetyReader) pairs(n *yaml.Node, what string, fields map[string]field) {
	if n.Kind != yaml.MappingNode {
		r.ms.add(SafetyFile, n.Line, "%s wants lines such as \"id: chest-pain\"", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		read := fields[k.Value]
		switch {
		case seen[k.Value]:
			r.ms.add(SafetyFile, k.Line, "%s: %s stands here twice", what, k.Value)
		case read == nil:
			r.ms.add(SafetyFile, k.Line, "%s: unknown key %q", what, k.Value)
		default:
			read(k, v)
		}
		seen[k.Value] = true
	}
}

func (r *safetyReader) file(n *yaml.Node) {
	s := &r.s
	r.pairs(n, SafetyFile, map[string]field{
		"short":  func(_, v *yaml.Node) { r.short(v) },
		"filler": r.words(&s.Filler),
		"spell":  r.words(&s.Spell),
		"known":  r.words(&s.Known),
		"clauses": func(_, v *yaml.Node) {
			r.pairs(v, "clauses", map[string]field{
				"break": r.words(&s.Clauses.Break), "start": r.words(&s.Clauses.Start), "verbs": r.words(&s.Clauses.Verbs),
			})
		},
		"words": func(_, v *yaml.Node) { r.classes(v) },
		"negation": func(_, v *yaml.Node) {
			r.pairs(v, "negation", map[string]field{
				"before": r.phrases(&s.Negation.Before), "after": r.phrases(&s.Negation.After), "except": r.phrases(&s.Negation.Except),
			})
		},
		"excuses": func(k, v *yaml.Node) { r.each(k, v, r.excuse) },
		"rules":   func(k, v *yaml.Node) { r.each(k, v, r.rule) },
		"care":    func(_, v *yaml.Node) { r.care(v) },
	})
	if len(s.Rules) == 0 {
		r.ms.add(SafetyFile, n.Line, "has no rules")
	}
}

func (r *safetyReader) short(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.ms.add(SafetyFile, n.Line, "short wants lines such as \"b4: before\"")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		r.s.Short = append(r.s.Short, ShortForm{n.Content[i].Value, n.Content[i+1].Value})
	}
}

func (r *safetyReader) classes(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.ms.add(SafetyFile, n.Line, "words wants lines such as \"chest: [chest, sternum]\"")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		c := WordClass{Name: k.Value, Line: k.Line}
		r.phrases(&c.Words)(k, n.Content[i+1])
		if seen[c.Name] {
			r.ms.add(SafetyFile, k.Line, "words: %s stands here twice", c.Name)
		}
		seen[c.Name] = true
		r.s.Classes = append(r.s.Classes, c)
	}
}

// each reads the items of a list.
func (r *safetyReader) each(k, n *yaml.Node, read func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		r.ms.add(SafetyFile, k.Line, "%s wants a list", k.Value)
		return
	}
	for _, item := range n.Content {
		read(item)
	}
}

func (r *safetyReader) excuse(n *yaml.Node) {
	e := Excuse{Line: n.Line}
	r.pairs(n, "excuse", map[string]field{
		"id": r.text(&e.ID), "where": r.text(&e.Where),
		"words": r.phrases(&e.Words), "unless": r.phrases(&e.Unless), "but": r.phrases(&e.But),
	})
	r.need(n, "excuse", e.ID, len(e.Words) > 0)
	r.s.Excuses = append(r.s.Excuses, e)
}

func (r *safetyReader) rule(n *yaml.Node) {
	rule := SafetyRule{Line: n.Line, SayIn: map[string]string{}, SignsIn: map[string][]Phrase{}}
	var resource string
	fields := map[string]field{
		"id": r.text(&rule.ID), "resource": r.text(&resource), "say": r.text(&rule.Say),
		"signs": r.phrases(&rule.Signs), "unless": r.phrases(&rule.Unless), "despite": r.words(&rule.Despite),
		"for": r.phrases(&rule.For), "against": r.phrases(&rule.Against),
	}
	for _, lang := range []string{"es", "fr"} {
		fields["say_"+lang] = func(k, v *yaml.Node) {
			var say string
			r.text(&say)(k, v)
			rule.SayIn[lang] = say
		}
		fields["signs_"+lang] = func(k, v *yaml.Node) {
			var signs []Phrase
			r.phrases(&signs)(k, v)
			rule.SignsIn[lang] = signs
		}
	}
	r.pairs(n, "rule", fields)
	rule.Resource = Resource(resource)
	r.checkRule(n, rule)
	r.s.Rules = append(r.s.Rules, rule)
}

// MaxSay is how many words a reply in danger may have in one language: more
// would not be read.
const MaxSay = 60

func (r *safetyReader) checkRule(n *yaml.Node, rule SafetyRule) {
	r.need(n, "rule", rule.ID, len(rule.Signs) > 0)
	if !rule.Resource.Known() {
		r.ms.add(SafetyFile, n.Line, "rule %s: unknown resource %q (want one of %s)", rule.ID, rule.Resource, resourceList())
	}
	if rule.Say == "" {
		r.ms.add(SafetyFile, n.Line, "rule %s: says nothing", rule.ID)
	}
	if w := len(strings.Fields(rule.Say)); w > MaxSay {
		r.ms.add(SafetyFile, n.Line, "rule %s: say has %d words; %d at most", rule.ID, w, MaxSay)
	}
	for lang := range rule.SignsIn {
		if rule.SayIn[lang] == "" {
			r.ms.add(SafetyFile, n.Line, "rule %s: has signs_%s and no say_%s", rule.ID, lang, lang)
		}
	}
	if len(rule.For) == 0 || len(rule.Against) == 0 {
		r.ms.add(SafetyFile, n.Line, "rule %s: wants examples under for and against", rule.ID)
	}
	for _, other := range r.s.Rules {
		if other.ID == rule.ID {
			r.ms.add(SafetyFile, n.Line, "rule %s: a rule of this id stands on line %d", rule.ID, other.Line)
		}
	}
}

func (r *safetyReader) care(n *yaml.Node) {
	c := &r.s.Care
	r.pairs(n, "care", map[string]field{
		"asks": r.phrases(&c.Asks), "not": r.phrases(&c.Not), "against": r.phrases(&c.Against),
		"rules": func(k, v *yaml.Node) { r.each(k, v, r.careRule) },
	})
}

func (r *safetyReader) careRule(n *yaml.Node) {
	c := CareRule{Line: n.Line}
	r.pairs(n, "care rule", map[string]field{
		"id": r.text(&c.ID), "passage": r.text(&c.Passage),
		"signs": r.phrases(&c.Signs), "alone": r.phrases(&c.Alone), "for": r.phrases(&c.For),
	})
	r.need(n, "care rule", c.ID, len(c.Signs)+len(c.Alone) > 0)
	if file, anchor, ok := strings.Cut(c.Passage, "#"); !ok || anchor == "" || !strings.HasSuffix(file, ".md") {
		r.ms.add(SafetyFile, n.Line, "care rule %s: passage %q is not of the form safety.md#pregnancy", c.ID, c.Passage)
	}
	r.s.Care.Rules = append(r.s.Care.Rules, c)
}

func (r *safetyReader) need(n *yaml.Node, what, id string, words bool) {
	if id == "" {
		r.ms.add(SafetyFile, n.Line, "%s has no id", what)
	}
	if !words {
		r.ms.add(SafetyFile, n.Line, "%s %s has no words to look for", what, id)
	}
}

func (r *safetyReader) text(to *string) field {
	return func(k, v *yaml.Node) {
		if v.Kind != yaml.ScalarNode {
			r.ms.add(SafetyFile, k.Line, "%s wants one value", k.Value)
			return
		}
		*to = strings.Join(strings.Fields(v.Value), " ")
	}
}

func (r *safetyReader) phrases(to *[]Phrase) field {
	return func(k, v *yaml.Node) {
		r.each(k, v, func(item *yaml.Node) {
			text := strings.TrimSpace(item.Value)
			if item.Kind != yaml.ScalarNode || text == "" {
				r.ms.add(SafetyFile, item.Line, "%s wants a list of words; put quotes around one with a colon", k.Value)
				return
			}
			*to = append(*to, Phrase{text, item.Line})
		})
	}
}

func (r *safetyReader) words(to *[]string) field {
	return func(k, v *yaml.Node) {
		var ps []Phrase
		r.phrases(&ps)(k, v)
		for _, p := range ps {
			*to = append(*to, p.Text)
		}
	}
}
