package safety

import (
	"fmt"
	"slices"

	"massagefaq/knowledge"
)

// Examples runs every example of safety.yaml and returns those that come out
// wrong, as mistakes with their lines: a "for" that another resource or nobody
// answers, an "against" that is called urgent, a care question that reaches
// another passage, an emergency that asks and is not urgent.
func (g *Gate) Examples() knowledge.Mistakes {
	var ms knowledge.Mistakes
	for _, r := range g.source.Rules {
		for _, p := range r.For {
			ms = append(ms, g.exampleFor(r, p)...)
		}
		for _, p := range r.Against {
			if v, urgent := g.Check(p.Text); urgent {
				ms = append(ms, mistake(p, "is called urgent (%s)", v.Why))
			}
		}
	}
	for _, r := range g.source.Care.Rules {
		for _, p := range r.For {
			ms = append(ms, g.exampleCare(r, p)...)
		}
	}
	for _, p := range g.source.Care.Against {
		if id, asked := g.Care(p.Text); asked {
			ms = append(ms, mistake(p, "is taken for a question about safety (%s)", id))
		}
	}
	slices.SortStableFunc(ms, func(a, b knowledge.Mistake) int { return a.Line - b.Line })
	return ms
}

func (g *Gate) exampleFor(r knowledge.SafetyRule, p knowledge.Phrase) knowledge.Mistakes {
	v, urgent := g.Check(p.Text)
	switch {
	case !urgent:
		return knowledge.Mistakes{mistake(p, "is not recognised by rule %s", r.ID)}
	case v.Resource != r.Resource:
		return knowledge.Mistakes{mistake(p, "is answered by another rule than %s (%s)", r.ID, v.Why)}
	}
	return nil
}

func (g *Gate) exampleCare(r knowledge.CareRule, p knowledge.Phrase) knowledge.Mistakes {
	if v, urgent := g.Check(p.Text); urgent {
		return knowledge.Mistakes{mistake(p, "is called urgent (%s)", v.Why)}
	}
	if id, ok := g.Care(p.Text); !ok || id != r.Passage {
		return knowledge.Mistakes{mistake(p, "reaches %q instead of %s", id, r.Passage)}
	}
	return nil
}

func mistake(p knowledge.Phrase, format string, args ...any) knowledge.Mistake {
	return knowledge.Mistake{File: knowledge.SafetyFile, Line: p.Line, Text: fmt.Sprintf("%q ", p.Text) + fmt.Sprintf(format, args...)}
}
