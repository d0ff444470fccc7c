package bot

import (
	"massagefaq/index"
	"massagefaq/knowledge"
)

// findings are what decide decides by.
type findings struct {
	asked   string             // the question
	context []string           // the earlier questions it was read with, newest first
	hits    []index.Hit        // best first
	reading index.Reading      // how the index read it
	care    *knowledge.Passage // the passage for the condition somebody asks about, if so
}

// decision is what to say about one question.
type decision struct {
	findings
	kind  Kind
	shown []Found // the answer, or the choices
	or    []Found // what else may be meant, where the answer is not sure
	why   string  // for people who tune content

	outside *knowledge.Passage // what is asked and not answered, if known; its text declines
}

// Thresholds on the index's confidence. On the development questions, answering from
// .25 on puts the right passage first for 113 of 120 and answers 4 of 53 out of
// scope; from .3 on 112 and 2, and from .45 on 103 and 1. Of 780 questions written
// for the purpose it is 672, 671 and 644, of 180 out of scope 23, 21 and 17.
const (
	answerAt = 0.3  // answer outright
	onwardAt = 0.2  // the same of a turn read with the one before, which says less by itself
	choiceAt = 0.1  // offer as one of the choices
	asideAt  = 0.3  // offer although the question rather asks for what is not answered here
	nearAt   = 0.05 // name as what is known nearby
)

// maxChoices is what a person reads before giving up.
const maxChoices = 4

// decide answers, offers choices, or declines. It is a pure function.
func decide(f findings) decision {
	if f.care != nil && !f.exact() {
		return decision{findings: f, kind: Answer, shown: []Found{{*f.care, careScore(f)}}, why: "asks whether massage is safe with a condition"}
	}
	if len(f.hits) == 0 || f.reading.Subject == 0 && !f.exact() {
		return decision{findings: f, kind: Unknown, why: "no known word that carries subject"}
	}
	if f.hits[0].Passage.Audience == knowledge.Outside {
		if near := f.choices(asideAt); len(near) > 0 && !f.exact() {
			return decision{findings: f, kind: Choices, shown: near, why: "may ask for what is not answered here"}
		}
		return decision{findings: f, kind: Unknown, outside: f.hits[0].Passage, why: "asks for what is not answered here"}
	}
	if top := f.hits[0]; top.Confidence >= f.answerAt() {
		return decision{findings: f, kind: Answer, shown: []Found{{*top.Passage, top.Confidence}}, or: f.rivals(), why: "confident"}
	}
	if likely := f.choices(choiceAt); len(likely) > 0 {
		return decision{findings: f, kind: Choices, shown: likely, why: "likely, not sure enough to answer"}
	}
	return decision{findings: f, kind: Unknown, why: "not sure enough"}
}

// An answer is sure from sureAt on; below, up to maxRivals others are named with
// it. Of 1191 questions written for the purpose, those answered from .8 on were
// answered right in 95 of 100 cases.
const (
	sureAt    = 0.8
	maxRivals = 2
)

// rivals are what may have been meant instead of the first hit.
func (f *findings) rivals() []Found {
	if f.hits[0].Confidence >= sureAt {
		return nil
	}
	var out []Found
	for _, h := range f.hits[1:] {
		if h.Confidence >= nearAt && len(out) < maxRivals && h.Passage.Audience != knowledge.Outside {
			out = append(out, Found{*h.Passage, h.Confidence})
		}
	}
	return out
}

// exact reports whether somebody asked a passage's own question word for word.
func (f *findings) exact() bool { return len(f.hits) > 0 && f.hits[0].Exact }

// careScore is the confidence in a passage that the safety rules chose: their
// reading is deterministic, so it is high, and higher when the index agrees.
func careScore(f findings) float64 {
	for _, h := range f.hits {
		if h.Passage.ID == f.care.ID {
			return max(0.9, h.Confidence)
		}
	}
	return 0.9
}

// choices are the passages to choose from, where one has at least the confidence:
// all that have, and to the only one that has the next best. One is no choice.
func (f *findings) choices(confidence float64) []Found {
	var out []Found
	for _, h := range f.hits {
		if h.Passage.Audience != knowledge.Outside && (h.Confidence >= confidence || len(out) == 1) && len(out) < maxChoices {
			out = append(out, Found{*h.Passage, h.Confidence})
		}
	}
	if len(out) < 2 || out[0].Score < confidence {
		return nil
	}
	return out
}

// answerAt is the confidence from which these findings answer.
func (f *findings) answerAt() float64 {
	if len(f.context) > 0 {
		return onwardAt
	}
	return answerAt
}
