package eval

import (
	"context"
	"fmt"
	"io"

	"massagefaq/index"
	"massagefaq/knowledge"
)

// FitInput is what the ranking and its confidence are learned from.
type FitInput struct {
	Content     *index.Index // the content; its phrasings are asked one by one, each left out of its passage
	Rows        []Row        // questions people asked of it
	Collections []Collection // public sets, so that the weights fit more than this content
	Open        func(Collection) (*index.Index, error)
	Out         io.Writer // gets the cross-validated scores; nil discards
}

// A lesson is one source of examples.
type lesson struct {
	name  string
	rank  []index.Example // with a right candidate, or without one
	asked float64         // what the whole lesson weighs when learning to rank
	trust float64         // ... when learning confidence
	blind float64         // ... when learning confidence with the right passages hidden
}

const (
	rankRounds, rankPenalty   = 150, 0.0005
	trustRounds, trustPenalty = 400, 0.0003
)

// Fit learns the weights of index/weights.json from all of the input, after
// printing what weights learned from each half score on the other.
func Fit(ctx context.Context, in FitInput) (index.Fitted, error) {
	lessons, err := in.lessons(ctx)
	if err != nil {
		return index.Fitted{}, err
	}
	if in.Out != nil {
		crossValidate(lessons, in.Out)
	}
	w, c := learn(lessons, func(int) bool { return true })
	f := index.Fitted{Confidence: c}
	f.SetWeights(w)
	return f, nil
}

// lessons turns the input into examples.
func (in *FitInput) lessons(ctx context.Context) ([]lesson, error) {
	loo, err := in.Content.LeaveOneOut(ctx)
	if err != nil {
		return nil, fmt.Errorf("leave one out: %w", err)
	}
	lessons := []lesson{{name: "own phrasings", rank: loo, asked: 2000, trust: 2500, blind: 300}}
	questions, nothing, err := in.questions(ctx)
	if err != nil {
		return nil, err
	}
	lessons = append(lessons, lesson{name: "questions", rank: questions, asked: 3000, trust: 2500},
		lesson{name: "questions without answer", rank: nothing, asked: 300, trust: 600})
	for _, c := range in.Collections {
		more, err := in.collection(ctx, c)
		if err != nil {
			return nil, err
		}
		lessons = append(lessons, more...)
	}
	return lessons, nil
}

// questions are the rows judged by patterns, and those that have no answer.
func (in *FitInput) questions(ctx context.Context) (answerable, nothing []index.Example, err error) {
	for _, r := range in.Rows {
		switch {
		case r.Kind == Question && !r.Multipart && r.Context == "":
			e, ok, err := in.Content.Example(ctx, index.Query{Text: r.Turns[0].Text, Audience: r.Channel.Audience()}, r.Turns[0].Answered)
			if err != nil {
				return nil, nil, err
			}
			if ok {
				answerable = append(answerable, e)
			}
		case r.Kind == OutOfScope && r.Expect == "abstain":
			e, ok, err := in.Content.Example(ctx, index.Query{Text: r.Turns[0].Text, Audience: r.Channel.Audience()}, declines)
			if err != nil {
				return nil, nil, err
			}
			if ok {
				nothing = append(nothing, e)
			}
		}
	}
	return answerable, nothing, nil
}

// declines is right for a question without an answer: only a passage that says so.
func declines(p *knowledge.Passage) bool { return p.Audience == knowledge.Outside }

// leastAsked is what a public set counts at least when learning to rank; larger
// ones count as many as they have questions.
const leastAsked = 1200

// everyNth of a public set's questions are asked of the content, which cannot
// answer them.
const everyNth = 5

func (in *FitInput) collection(ctx context.Context, c Collection) ([]lesson, error) {
	x, err := in.Open(c)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	out := []lesson{}
	silent := len(c.Silent) > 0
	for _, set := range c.Sets {
		if set.Name != "test" {
			continue
		}
		l := lesson{name: c.Name, asked: float64(max(len(set.Queries), leastAsked))}
		far := lesson{name: c.Name + ", asked of the content", asked: 50, trust: 150}
		if silent {
			l.trust = 1000
		}
		for i, q := range set.Queries {
			g := set.Grades[q.ID]
			if err := l.add(ctx, x, q.Text, func(p *knowledge.Passage) bool { return g[p.ID] > 0 }); err != nil {
				return nil, err
			}
			if i%everyNth == 0 {
				if err := far.add(ctx, in.Content, q.Text, declines); err != nil {
					return nil, err
				}
			}
		}
		out = append(out, l, far)
	}
	for _, set := range c.Silent {
		l := lesson{name: c.Name + " " + set.Name, trust: 400}
		for _, q := range set.Queries {
			if err := l.add(ctx, x, q.Text, declines); err != nil {
				return nil, err
			}
		}
		out = append(out, l)
	}
	return out, nil
}

func (l *lesson) add(ctx context.Context, x *index.Index, text string, right func(*knowledge.Passage) bool) error {
	e, ok, err := x.Example(ctx, index.Query{Text: text}, right)
	if ok {
		l.rank = append(l.rank, e)
	}
	return err
}

// learn fits both models to the examples whose number is wanted.
func learn(lessons []lesson, want func(int) bool) (index.Weights, index.Clues) {
	var examples []index.Example
	for _, l := range lessons {
		for i, e := range l.rank {
			if want(i) && l.asked > 0 {
				e.Weight = l.asked / float64(len(l.rank))
				examples = append(examples, e)
			}
		}
	}
	w := index.Fit(examples, rankRounds, rankPenalty)
	var answers []index.Answer
	for _, l := range lessons {
		for i := range l.rank {
			if want(i) {
				answers = l.answers(answers, i, &w)
			}
		}
	}
	return w, index.FitConfidence(answers, trustRounds, trustPenalty)
}

// answers adds what example i teaches about confidence.
func (l *lesson) answers(to []index.Answer, i int, w *index.Weights) []index.Answer {
	if a, ok := l.rank[i].Answer(w, false); ok && l.trust > 0 {
		a.Weight = l.trust / float64(len(l.rank))
		to = append(to, a)
	}
	if a, ok := l.rank[i].Answer(w, true); ok && l.blind > 0 {
		a.Weight = l.blind / float64(len(l.rank))
		to = append(to, a)
	}
	return to
}

// crossValidate learns from each half and prints what that scores on the other.
func crossValidate(lessons []lesson, out io.Writer) {
	right, answered := make([]float64, len(lessons)), make([]float64, len(lessons))
	for fold := range 2 {
		w, c := learn(lessons, func(i int) bool { return i%2 != fold })
		for n, l := range lessons {
			for i := fold; i < len(l.rank); i += 2 {
				a, ok := l.rank[i].Answer(&w, false)
				if a.Right || l.rank[i].Declined(&w) {
					right[n]++
				}
				if !ok {
					continue
				}
				if index.Confidence(&c, &a.Clues) >= 0.5 {
					answered[n]++
				}
			}
		}
	}
	fmt.Fprintf(out, "%-45s %6s %12s %12s\n", "cross-validated", "n", "first right", "confident")
	for n, l := range lessons {
		total := float64(max(len(l.rank), 1))
		fmt.Fprintf(out, "%-45s %6d %11.1f%% %11.1f%%\n", l.name, len(l.rank), 100*right[n]/total, 100*answered[n]/total)
	}
}
