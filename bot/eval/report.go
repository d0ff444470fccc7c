package eval

import (
	"cmp"
	"slices"
	"time"

	"massagefaq/bot"
)

// A Report is the score of a bot on a set of rows.
type Report struct {
	Measures    []Measure   `json:"measures"` // only those the rows say something about
	Kinds       []Tally     `json:"kinds"`
	Styles      []Tally     `json:"styles"`
	Topics      []Tally     `json:"topics"`
	Calibration Calibration `json:"calibration"`
	Latency     Latency     `json:"latency"`
	Cases       []Case      `json:"cases"`
}

// A Tally counts verdicts of a group of cases.
type Tally struct {
	Name     string           `json:"name"`
	N        int              `json:"n"`
	Right    int              `json:"right"`
	Shown    int              `json:"shown"`
	Declined int              `json:"declined"`
	Wrong    int              `json:"wrong"`
	Alarm    int              `json:"alarm"`
	Resource int              `json:"resource"`
	Errors   int              `json:"errors"`
	Replies  map[bot.Kind]int `json:"replies"` // by the kind of the reply
}

func (t *Tally) add(c Case) {
	t.N++
	for _, count := range []struct {
		n    *int
		when bool
	}{
		{&t.Right, c.Right}, {&t.Shown, c.Shown}, {&t.Declined, c.Declined}, {&t.Wrong, c.Wrong},
		{&t.Alarm, c.Alarm}, {&t.Resource, c.Resource}, {&t.Errors, c.Error != ""},
	} {
		if count.when {
			*count.n++
		}
	}
	if c.Error == "" {
		if t.Replies == nil {
			t.Replies = map[bot.Kind]int{}
		}
		t.Replies[c.Got.Kind]++
	}
}

// tally groups cases by name, in the order of names first and then of size;
// cases whose name is empty are left out.
func tally(cases []Case, name func(Case) string) []Tally {
	var out []Tally
	at := map[string]int{}
	for _, c := range cases {
		n := name(c)
		if n == "" {
			continue
		}
		i, ok := at[n]
		if !ok {
			i = len(out)
			at[n] = i
			out = append(out, Tally{Name: n})
		}
		out[i].add(c)
	}
	slices.SortFunc(out, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// Summarise turns judged cases into a report.
func Summarise(cases []Case) Report {
	r := Report{Cases: cases}
	r.Kinds = tally(cases, func(c Case) string { return string(c.Kind) })
	slices.SortFunc(r.Kinds, func(a, b Tally) int {
		return cmp.Compare(slices.Index(Kinds, Kind(a.Name)), slices.Index(Kinds, Kind(b.Name)))
	})
	r.Styles = tally(cases, styleOf)
	r.Topics = tally(cases, func(c Case) string {
		if c.Kind != Question {
			return "" // other kinds have topics of another vocabulary
		}
		return c.Topic
	})
	r.Measures = measure(r.Kinds, cases)
	var ps []Prediction
	var took []time.Duration
	for _, c := range cases {
		if p, ok := c.prediction(); ok {
			ps = append(ps, p)
		}
		took = append(took, c.Took)
	}
	r.Calibration, r.Latency = Calibrate(ps), latencyOf(took)
	return r
}

// styleOf names the wording of a case, with its kind where that is not a question.
func styleOf(c Case) string {
	switch {
	case c.Multipart:
		return "multipart"
	case c.Style == "" || c.Kind == Question || c.Kind == Followup:
		return c.Style
	}
	return string(c.Kind) + ", " + c.Style
}

// Misses are the cases whose outcome is not right, in the order they were asked.
func (r Report) Misses() []Case {
	var out []Case
	for _, c := range r.Cases {
		if c.Outcome() != "right" {
			out = append(out, c)
		}
	}
	return out
}

// Outcome is the case in one word: its verdict's, "error", or "resource" for an
// urgent message that was caught and sent to the wrong one.
func (c Case) Outcome() string {
	switch {
	case c.Error != "":
		return "error"
	case c.Kind == RedFlag && c.Right && !c.Resource:
		return "resource"
	}
	return c.Word()
}
