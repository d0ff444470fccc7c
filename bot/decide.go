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

// Thresholds on the index's confidence. On the 154 development questions, answering
// from .15 on answers 90 % of them, 91 % of those answers right, and 6 of 53
// questions out of scope get an answer; from .30 on it answers 75 %, 96 % right,
// and still 5 of 53: what is wrong with those is not a lack of caution. The
// confidence is learned mostly from phrasings hidden from their own passages,
// which is harder than life, so .15 is less reckless than it looks.
const (
	answerAt = 0.15 // answer outright
	choiceAt = 0.08 // offer as one of the choices
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
		return decision{findings: f, kind: Unknown, outside: f.hits[0].Passage, why: "asks for what is not answered here"}
	}
	if top := f.hits[0]; top.Confidence >= answerAt {
		return decision{findings: f, kind: Answer, shown: []Found{{*top.Passage, top.Confidence}}, or: f.rivals(), why: "confident"}
	}
	var shown []Found
	for _, h := range f.hits {
		if h.Confidence >= choiceAt && len(shown) < maxChoices && h.Passage.Audience != knowledge.Outside {
			shown = append(shown, Found{*h.Passage, h.Confidence})
		}
	}
	if len(shown) >= 2 {
		return decision{findings: f, kind: Choices, shown: shown, why: "several are likely"}
	}
	if len(shown) == 1 && f.hits[0].Confidence >= (answerAt+choiceAt)/2 {
		return decision{findings: f, kind: Answer, shown: shown, why: "likely, without a rival"}
	}
	return decision{findings: f, kind: Unknown, why: "not sure enough"}
}

// An answer is sure from sureAt on; below, up to maxRivals others are named with
// it. On 480 questions written for the purpose, answers given from .7 on were right
// in 97 of 100 cases.
const (
	sureAt    = 0.7
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
