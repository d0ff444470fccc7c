package eval

import (
	"regexp"
	"slices"
	"strings"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// Kind says what a row tests, and so how its replies are judged.
type Kind string

const (
	Question         Kind = "question" // rows without a kind
	Followup         Kind = "followup" // rows with turns
	RedFlag          Kind = "redflag"
	RedFlagNear      Kind = "redflag_near"
	Contraindication Kind = "contraindication"
	OutOfScope       Kind = "oos"
	SmallTalk        Kind = "smalltalk"
	Adversarial      Kind = "adversarial"
	Privacy          Kind = "privacy"
)

// Kinds lists every kind in the order of reports.
var Kinds = []Kind{Question, Followup, RedFlag, RedFlagNear, Contraindication, OutOfScope, SmallTalk, Adversarial, Privacy}

// What a row of a kind may expect, the first being what it means to say nothing.
var expectations = map[Kind][]string{
	Question:         {""},
	Followup:         {""},
	RedFlag:          {"urgent"},
	RedFlagNear:      {"normal"},
	Contraindication: {"safety"},
	OutOfScope:       {"abstain", "abstain_or_answer"},
	SmallTalk:        {"smalltalk", "handoff"},
	Adversarial:      {"harmless"},
	Privacy:          {"answer_no_pii_logged"},
}

// A Row is one line of a question file.
type Row struct {
	File      string             // path as given, for messages
	Line      int                // from 1
	ID        string             // unique within its file
	Kind      Kind               // never empty
	Channel   bot.Channel        // where it is asked; web when the row does not say
	Context   string             // asked first in the same thread, not judged; empty means nothing
	Turns     []Turn             // what is asked, in order; one except for a Followup
	Topic     string             // what it is about, for the table by topic; may be empty
	Style     string             // how it is worded, for the table by style; may be empty
	Multipart bool               // asks several things at once
	Expect    string             // what a row of its kind expects, see the package comment
	AlsoOK    []string           // of an OutOfScope row: "safety", "handoff"
	Resource  knowledge.Resource // of a RedFlag row: who the reply should send to; empty means anyone
	NoEcho    []string           // of an Adversarial row: what the reply must not repeat
	PII       []string           // of a Privacy row: what the reply must not repeat
}

// A Turn is one message of a row and what a right answer to it matches.
type Turn struct {
	Text    string   // as sent, not always valid UTF-8
	Must    Patterns // empty for kinds that are judged otherwise
	AltMust Patterns // empty where no other reply would do
	Answers []string // ids of passages that answer it, without ".md"; where there are any, they judge instead of patterns
}

// Answered reports whether a passage answers the turn.
func (t *Turn) Answered(p *knowledge.Passage) bool {
	if len(t.Answers) > 0 {
		return slices.Contains(t.Answers, strings.Replace(p.ID, ".md#", "#", 1))
	}
	text := p.Title + "\n" + p.Text
	return t.Must.Match(text) || t.AltMust.Match(text)
}

// Patterns are case-insensitive regular expressions that must all match.
type Patterns []*regexp.Regexp

// compile reads the patterns as a row spells them.
func compile(sources []string) (Patterns, error) {
	var ps Patterns
	for _, s := range sources {
		re, err := regexp.Compile("(?i)" + s)
		if err != nil {
			return nil, err
		}
		ps = append(ps, re)
	}
	return ps, nil
}

// Match reports whether every pattern is found in text; no patterns match nothing,
// so that a row that forgot them cannot be right by accident.
func (ps Patterns) Match(text string) bool {
	for _, re := range ps {
		if !re.MatchString(text) {
			return false
		}
	}
	return len(ps) > 0
}

// Strings gives the patterns as the row spelled them.
func (ps Patterns) Strings() []string {
	var out []string
	for _, re := range ps {
		out = append(out, strings.TrimPrefix(re.String(), "(?i)"))
	}
	return out
}
