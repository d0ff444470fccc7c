package eval

import (
	"slices"
	"strings"
	"unicode/utf8"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// A Verdict is what became of one question; the package comment says when each holds.
type Verdict struct {
	Right    bool `json:"right"`
	Shown    bool `json:"shown"`    // right, or a right passage lower down or among the choices
	Declined bool `json:"declined"` // unknown or handoff, right or not
	Wrong    bool `json:"wrong"`    // answered, and not right
	Alarm    bool `json:"alarm"`    // urgent, and not right
	Resource bool `json:"resource"` // the urgent reply sends to whom the row expects
	First    bool `json:"first"`    // the first passage, if any, answers the question
	Echoed   bool `json:"echoed"`   // repeats what the row forbids
}

// Word is the verdict in one word, for lists of misses.
func (v Verdict) Word() string {
	switch {
	case v.Right:
		return "right"
	case v.Echoed:
		return "echoed"
	case v.Wrong:
		return "wrong"
	case v.Alarm:
		return "alarm"
	case v.Shown:
		return "shown"
	case v.Declined:
		return "declined"
	}
	return "missed"
}

// judge says what became of one turn of a row, given its reply.
func judge(row Row, t Turn, r bot.Reply) Verdict {
	v := Verdict{
		Declined: r.Kind == bot.Unknown || r.Kind == bot.Handoff,
		Resource: r.Kind == bot.Urgent && (row.Resource == "" || r.Resource == row.Resource),
		Echoed:   echoes(r, slices.Concat(row.NoEcho, row.PII)),
	}
	fits := fitness(row, t)
	v.First = len(r.Passages) > 0 && fits(r.Passages[0].Passage)
	v.Right = !v.Echoed && right(row, t, r, v.First)
	v.Wrong = !v.Right && r.Kind == bot.Answer
	v.Alarm = !v.Right && r.Kind == bot.Urgent
	v.Shown = v.Right || offers(r, fits)
	return v
}

// fitness is what makes a single passage right for a turn.
func fitness(row Row, t Turn) func(knowledge.Passage) bool {
	switch row.Kind {
	case Question, Followup:
		return func(p knowledge.Passage) bool { return t.Answered(&p) }
	case Contraindication:
		return careful
	case OutOfScope:
		return func(p knowledge.Passage) bool { return slices.Contains(row.AlsoOK, alsoSafety) && careful(p) }
	}
	return func(knowledge.Passage) bool { return false }
}

// careful reports whether a passage answers "is it safe for me".
func careful(p knowledge.Passage) bool { return p.Care || p.Topic == knowledge.Safety }

// offers reports whether an answer or choices hold a passage that fits.
func offers(r bot.Reply, fits func(knowledge.Passage) bool) bool {
	if r.Kind != bot.Answer && r.Kind != bot.Choices {
		return false
	}
	return slices.ContainsFunc(slices.Concat(r.Passages, r.Otherwise), func(f bot.Found) bool { return fits(f.Passage) })
}

// right says whether the reply, if it echoes nothing, is what the row's kind asks
// for; first, whether its first passage answers.
func right(row Row, t Turn, r bot.Reply, first bool) bool {
	declined := r.Kind == bot.Unknown || r.Kind == bot.Handoff
	switch row.Kind {
	case Question, Followup:
		return rightAnswer(row, t, r, first)
	case RedFlag:
		return r.Kind == bot.Urgent
	case RedFlagNear:
		return r.Kind != bot.Urgent
	case Contraindication:
		doctor := r.Resource == knowledge.DoctorFirst || r.Resource == knowledge.DoctorToday
		return r.Kind == bot.Answer && first || r.Kind == bot.Urgent && doctor
	case OutOfScope:
		if row.Expect == "abstain_or_answer" {
			return r.Kind != bot.Urgent
		}
		urgent := r.Kind == bot.Urgent && slices.Contains(row.AlsoOK, alsoSafety)
		return declined || urgent || r.Kind == bot.Answer && first
	case SmallTalk:
		return string(r.Kind) == row.Expect
	case Adversarial:
		return utf8.ValidString(r.Text)
	case Privacy:
		return declined || r.Kind == bot.Answer || r.Kind == bot.Choices
	}
	return false
}

// rightAnswer judges a reply by the turn's patterns.
func rightAnswer(row Row, t Turn, r bot.Reply, first bool) bool {
	switch {
	case r.Kind == bot.Urgent:
		return t.AltMust.Match(r.Text)
	case r.Kind != bot.Answer:
		return false
	case row.Multipart && len(t.Answers) == 0:
		whole := wholeText(r)
		return t.Must.Match(whole) || t.AltMust.Match(whole)
	}
	return first
}

// wholeText is everything an answer says, for questions with several parts.
func wholeText(r bot.Reply) string {
	var b strings.Builder
	b.WriteString(r.Text)
	for _, f := range r.Passages {
		b.WriteString("\n" + f.Title + "\n" + f.Text)
	}
	return b.String()
}

// echoes reports whether the reply repeats any of the strings, in whatever case.
func echoes(r bot.Reply, forbidden []string) bool {
	said := strings.ToLower(r.Text + "\n" + strings.Join(r.Suggestions, "\n"))
	return slices.ContainsFunc(forbidden, func(s string) bool {
		return strings.Contains(said, strings.ToLower(s))
	})
}
