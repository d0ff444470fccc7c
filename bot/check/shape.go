package check

import (
	"strings"

	"massagefaq/knowledge"
)

// How long and how hard an answer may be. Below the least it hardly answers;
// above the most nobody on a phone reads it. Writers aim at 40 to 120 words
// and grade 8; the grade leaves room for the coarseness of the measure.
const (
	leastWords = 40
	mostWords  = 120
	hardWords  = 200 // an error: no longer an answer but a page
	mostGrade  = 8.5
	hardGrade  = 12.0 // an error
	staffGrade = 11.0 // the desk reads codes and names all day
	leastAsks  = 3    // fewer phrasings, and people's words miss the answer
)

// readable reports answers that are too short, too long or too hard, as they
// are read without the practice's facts.
func (c *checker) readable(p knowledge.Passage) {
	grade, words := c.spoken.grade(knowledge.Practice{}.Place(p.Text))
	line := c.TextLine(p, 0)
	switch {
	case words == 0: // an empty answer is a mistake of form
	case words > hardWords:
		c.add(Error, "length", p.File, line, "the answer has %d words; split it, at most %d are read", words, mostWords)
	case words > mostWords:
		c.add(Warning, "length", p.File, line, "the answer has %d words; at most %d are read on a phone", words, mostWords)
	case words < leastWords && p.Audience != knowledge.Outside: // declining takes a sentence
		c.add(Warning, "length", p.File, line, "the answer has %s; under %d it hardly says what to do next", plural(words, "word"), leastWords)
	}
	most := mostGrade
	if p.Audience == knowledge.Staff {
		most = staffGrade
	}
	switch {
	case words < leastWords: // too few words for the measure
	case grade > max(most, hardGrade):
		c.add(Error, "reading", p.File, line, "reading grade %.1f, above %.1f; use shorter sentences and plainer words", grade, most)
	case grade > most:
		c.add(Warning, "reading", p.File, line, "reading grade %.1f, above %.1f; use shorter sentences and plainer words", grade, most)
	}
}

// sources reports money and safety answers that do not say where they are from.
func (c *checker) sources(p knowledge.Passage) {
	if p.Sensitive() && len(p.Sources) == 0 && p.Audience != knowledge.Outside {
		c.add(Error, "source", p.File, p.Line, "a money or safety answer without a source; add Sources: and a list of links")
	}
}

// review reports reviews that are missing, over, or soon to be.
func (c *checker) review(p knowledge.Passage) {
	add := func(s Severity, format string, args ...any) { c.add(s, "review", p.File, p.Line, format, args...) }
	days := int(p.ReviewBy.Sub(c.opts.Now).Hours() / 24)
	switch {
	case p.Reviewed.IsZero():
		add(Warning, "never reviewed; a person reads it and writes reviewed: into the front matter")
	case p.Reviewed.After(c.opts.Now.AddDate(0, 0, 1)):
		add(Warning, "reviewed on %s, which is yet to come", p.Reviewed.Format("2006-01-02"))
	}
	switch {
	case p.ReviewBy.IsZero() && p.Sensitive():
		add(Error, "a money or safety answer without review_by; it would never be looked at again")
	case p.ReviewBy.IsZero():
	case p.Expired(c.opts.Now) && p.Sensitive():
		add(Error, "the review ran out on %s: this answer is withheld until a person has reviewed it", p.ReviewBy.Format("2006-01-02"))
	case p.Expired(c.opts.Now):
		add(Warning, "the review ran out on %s; it is shown as last reviewed on %s", p.ReviewBy.Format("2006-01-02"), p.Reviewed.Format("2006-01-02"))
	case p.ReviewBy.Sub(c.opts.Now) < c.opts.Ahead:
		add(Warning, "the review runs out on %s, in %d days", p.ReviewBy.Format("2006-01-02"), days)
	}
}

// phrasings reports questions that only their title would find.
func (c *checker) phrasings(p knowledge.Passage) {
	if len(p.Asks) < leastAsks && p.Audience != knowledge.Outside {
		c.add(Warning, "phrasings", p.File, p.Line, "%s; add under Also asked: how people really ask, at least %d", plural(len(p.Asks), "other phrasing"), leastAsks)
	}
	if len(strings.Fields(p.Title)) == 1 && !strings.HasSuffix(p.Title, "?") {
		c.add(Warning, "phrasings", p.File, p.Line, "the heading %q is no question; write it as a client would ask", p.Title)
	}
}
