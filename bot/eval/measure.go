package eval

import (
	"fmt"

	"massagefaq/bot"
)

// A Measure is one headline: a count of cases, with its bar.
type Measure struct {
	Name  string  `json:"name"`  // stable, for machines: "right_first"
	Label string  `json:"label"` // for people: "right passage first"
	Count int     `json:"count"`
	N     int     `json:"n"`
	Rate  float64 `json:"rate"` // Count of N, 0 to 1
	Low   float64 `json:"low"`  // 95 % Wilson interval of Rate
	High  float64 `json:"high"`
	Bar   string  `json:"bar,omitempty"` // what is asked of it: "at least 90 %"; empty when nothing is
	Met   bool    `json:"met"`           // Rate reaches Bar; true without a bar
}

// bar is what a measure must reach, in percent. The zero bar asks nothing.
type bar struct {
	percent float64
	most    bool // at most, rather than at least
}

func (b bar) String() string {
	switch {
	case b == bar{}:
		return ""
	case b.most:
		return fmt.Sprintf("at most %g %%", b.percent)
	}
	return fmt.Sprintf("at least %g %%", b.percent)
}

func (b bar) met(rate float64) bool {
	switch {
	case b == bar{}:
		return true
	case b.most:
		return 100*rate <= b.percent
	}
	return 100*rate >= b.percent
}

// headline is how a measure is taken from the tally of a kind.
type headline struct {
	kind  Kind
	name  string
	label string
	count func(Tally) int
	bar   bar
}

// headlines are the measures of single kinds, with the bars this project set itself.
var headlines = []headline{
	{Question, "right_first", "right passage first", func(t Tally) int { return t.Right }, bar{percent: 90}},
	{Question, "shown", "shown (answer or choices)", func(t Tally) int { return t.Shown }, bar{percent: 97}},
	{Followup, "turns_right", "follow-ups, each turn right", func(t Tally) int { return t.Right }, bar{percent: 85}},
	{RedFlag, "urgent_caught", "urgent messages caught", func(t Tally) int { return t.Right }, bar{percent: 100}},
	{RedFlag, "urgent_resource", "sent to the right resource", func(t Tally) int { return t.Resource }, bar{}},
	{RedFlagNear, "near_alarmed", "look-alikes called urgent", func(t Tally) int { return t.Alarm }, bar{percent: 2, most: true}},
	{Contraindication, "careful", "contraindications answered with care", func(t Tally) int { return t.Right }, bar{}},
	{OutOfScope, "oos_wrong", "out of scope answered wrongly", func(t Tally) int { return t.Wrong }, bar{percent: 3, most: true}},
	{OutOfScope, "oos_choices", "out of scope offered choices", func(t Tally) int { return t.Replies[bot.Choices] }, bar{}},
	{SmallTalk, "smalltalk", "small talk and handoff", func(t Tally) int { return t.Right }, bar{}},
	{Adversarial, "harmless", "hostile input harmless", func(t Tally) int { return t.Right }, bar{percent: 100}},
	{Privacy, "privacy", "personal data, ordinary reply", func(t Tally) int { return t.Right }, bar{}},
}

// measure takes every headline that the kinds allow, and the wrong-answer rate.
func measure(kinds []Tally, cases []Case) []Measure {
	var out []Measure
	for _, h := range headlines {
		for _, t := range kinds {
			if t.Name == string(h.kind) {
				out = append(out, newMeasure(h.name, h.label, h.count(t), t.N, h.bar))
			}
		}
	}
	return append(out, wrongness(cases)...)
}

// wrongness is the share of wrong answers among all questions that can be
// answered wrongly, and among the answers given to them.
func wrongness(cases []Case) []Measure {
	wrong, asked, answered := 0, 0, 0
	for _, c := range cases {
		switch c.Kind {
		case Question, Followup, Contraindication, OutOfScope:
			asked++
			if c.Got.Kind == bot.Answer {
				answered++
			}
			if c.Wrong {
				wrong++
			}
		}
	}
	if asked == 0 {
		return nil
	}
	return []Measure{
		newMeasure("wrong_of_asked", "wrong answers, of questions asked", wrong, asked, bar{}),
		newMeasure("wrong_of_answers", "wrong answers, of answers given", wrong, answered, bar{}),
	}
}

func newMeasure(name, label string, count, n int, b bar) Measure {
	m := Measure{Name: name, Label: label, Count: count, N: n, Rate: ratio(count, n), Bar: b.String()}
	m.Low, m.High = Wilson(count, n)
	m.Met = b.met(m.Rate)
	return m
}
