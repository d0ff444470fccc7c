// Package knowledge is what we know: it reads Markdown that a front desk can
// edit into passages, and reports every author's mistake with file and line.
//
// A file such as insurance.md has front matter and one ## heading a passage:
// its question, its answer, and lists of other phrasings, sources and related
// passages. So that many phrasings do not drown the answers, a companion beside
// it, insurance.asked.md, may hold more of them and nothing else:
//
//	# More ways people ask: insurance
//
//	## covered
//
//	- is this on my plan
//	- would they pay for it
//
// A heading there is the id of a passage in insurance.md. The phrasings come
// after those of the passage's own file. Front matter has no place there.
package knowledge

import (
	"strings"
	"time"
)

// A Passage is one reviewed answer to one question.
type Passage struct {
	ID         string    // "insurance.md#covered"; unique and stable across loads, since ratings and links hang on it
	Title      string    // the question it answers
	Asks       []string  // other ways people ask it, without the title
	Text       string    // the answer: Markdown, 40 to 120 words, practice facts not yet placed until Place
	Topic      Topic     // what it is about
	Audience   Audience  // who may read it
	Care       bool      // answers "is it safe for me": outranks cheerful answers on the same words
	Sources    []Source  // where its facts come from; never empty on money and safety answers
	Reviewed   time.Time // the day a person last checked it
	ReviewBy   time.Time // the day until which that check holds; zero means no limit
	Related    []string  // IDs of passages that people want next
	URL        string    // where to read it in full; empty until the web address is known
	File       string    // path of its file within the content
	Line       int       // line of its heading, from 1
	AsksLine   int       // line of its first other phrasing in File; 0 without any there
	Unreviewed bool      // set by Expire when the review is out of date and the answer must not be shown
}

// Source is where a fact comes from.
type Source struct {
	Title string `json:"title"` // "Massage Therapy for Health, NCCIH"
	URL   string `json:"url"`
}

// Topic groups passages for browsing and for naming what is known nearby.
type Topic string

// The topics, in the order in which a visitor meets them.
const (
	About       Topic = "about"
	Benefits    Topic = "benefits"
	Conditions  Topic = "conditions"
	Insurance   Topic = "insurance"
	Cost        Topic = "cost"
	Preparation Topic = "preparation"
	Session     Topic = "session"
	Aftercare   Topic = "aftercare"
	Safety      Topic = "safety"
	Booking     Topic = "booking"
)

// Topics lists every topic in reading order.
var Topics = []Topic{About, Benefits, Conditions, Insurance, Cost, Preparation, Session, Aftercare, Safety, Booking}

// Title is the topic as a heading: "Insurance".
func (t Topic) Title() string {
	switch t {
	case About:
		return "About medical massage"
	case Session:
		return "Your session"
	case Booking:
		return "Booking and your rights"
	case Cost:
		return "Cost and payment"
	case "":
		return ""
	}
	return strings.ToUpper(string(t[:1])) + string(t[1:])
}

// Known reports whether t is one of Topics.
func (t Topic) Known() bool {
	for _, k := range Topics {
		if t == k {
			return true
		}
	}
	return false
}

// Audience says who may read a passage.
type Audience string

const (
	Public Audience = "public" // everyone
	Staff  Audience = "staff"  // the practice's own people; never on web or Discord
	// Outside is for nobody: such a passage is what people ask and the practice does
	// not answer. It is found like any other, and its text is how to decline.
	Outside Audience = "outside"
)

// Sees reports whether someone of audience a may read a passage for p.
// The zero Audience is treated as Public, so that a forgotten field leaks nothing.
func (a Audience) Sees(p Audience) bool { return p == Public || p == Staff && a == Staff }

// Money reports whether the passage speaks about who pays what.
func (p Passage) Money() bool { return p.Topic == Insurance || p.Topic == Cost }

// Sensitive reports whether an outdated review makes the passage unfit to show:
// money and safety answers go wrong silently, others merely age.
func (p Passage) Sensitive() bool { return p.Money() || p.Care || p.Topic == Safety }

// Expired reports whether the review no longer holds on the given day.
func (p Passage) Expired(now time.Time) bool {
	return !p.ReviewBy.IsZero() && now.After(p.ReviewBy.AddDate(0, 0, 1))
}

// Slug is the passage's place in a web address: "insurance/covered".
func (p Passage) Slug() string {
	file, anchor, _ := strings.Cut(p.ID, "#")
	return strings.TrimSuffix(file, ".md") + "/" + anchor
}
