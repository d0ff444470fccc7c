// Package check finds what is wrong with a folder of content before a reader
// does: mistakes of form, questions that stand twice, phrasings that lead
// elsewhere, numbers that contradict each other, claims nobody may make,
// reviews that run out, and staff answers that the public could reach.
package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// Severity says whether content may go live with a finding.
type Severity string

const (
	Error   Severity = "error"   // wrong; the check fails
	Warning Severity = "warning" // worth a look
)

// A Finding is one thing found, with its place.
type Finding struct {
	Severity Severity `json:"severity"`
	Rule     string   `json:"rule"` // "contradiction"; see Rules
	File     string   `json:"file"` // path within the content
	Line     int      `json:"line"` // from 1; 0 when the whole file is meant
	Text     string   `json:"text"` // what is wrong and what to do about it, one line
}

// String is "insurance.md:12: error: the answer is empty".
func (f Finding) String() string {
	place := f.File
	if f.Line > 0 {
		place = fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	return fmt.Sprintf("%s: %s: %s", place, f.Severity, f.Text)
}

// A Report is what a check found.
type Report struct {
	Passages  int       `json:"passages"`  // how many were read
	Phrasings int       `json:"phrasings"` // how many titles and other phrasings they have
	Asked     int       `json:"asked"`     // how many questions were put to the bot, the public's for staff passages included
	Findings  []Finding `json:"findings"`  // by file and line; never nil
}

// Count is the number of findings of a severity.
func (r Report) Count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// Options are how to check. The zero value is how it is done every day.
type Options struct {
	Now      time.Time          // the day against which reviews are held; zero is today
	Ahead    time.Duration      // how long before its end a review is reported; zero is DefaultAhead
	Practice knowledge.Practice // what answers are checked with, besides their fallbacks
	Asks     int                // how many questions are put to a bot at most, the doubtful ones first; zero is DefaultAsks
	TextOnly bool               // leave out what needs asking a bot
}

// DefaultAsks keeps the check of a thousand passages under two seconds.
const DefaultAsks = 1000

// DefaultAhead leaves a month to review what is about to be withheld.
const DefaultAhead = 30 * 24 * time.Hour

// Run checks a folder of content. The error says why it cannot be read at all
// or that ctx ended; everything about the content itself is in the Report.
func Run(ctx context.Context, fsys fs.FS, opts Options) (Report, error) {
	if opts.Now.IsZero() {
		opts.Now = time.Now()
	}
	if opts.Ahead == 0 {
		opts.Ahead = DefaultAhead
	}
	if opts.Asks == 0 {
		opts.Asks = DefaultAsks
	}
	folder, read, err := knowledge.ReadFolder(fsys)
	c := &checker{Reading: read, opts: opts}
	c.Mistakes = nil // err tells them again, with those of the other files
	if err := c.format(err); err != nil {
		return Report{}, err
	}
	banned, _ := knowledge.LoadBanned(fsys) // its mistakes are among those of the folder
	c.banned = newBan(banned)
	c.all, c.words = c.questions()
	checks := []func(*checker){(*checker).alone, (*checker).duplicates, (*checker).contradictions}
	if len(c.Mistakes) > 0 || opts.TextOnly {
		c.together(checks...)
		return c.report(), ctx.Err()
	}
	var b *bot.Bot
	var trials []trial
	c.together(append(checks,
		func(c *checker) { c.safety(fsys, folder) },
		func(c *checker) { b, err = c.bot(folder) },
		func(c *checker) { trials = c.trials() })...)
	if b == nil {
		return c.report(), errors.Join(err, ctx.Err())
	}
	defer b.Close()
	if err := c.ask(ctx, b, trials); err != nil {
		return Report{}, err
	}
	return c.report(), nil
}

// checker gathers findings about one reading.
type checker struct {
	knowledge.Reading
	opts   Options
	banned *ban
	spoken syllables // words counted so far
	all    []asked   // every question
	words  dictionary
	asked  int // how many questions were put to a bot
	found  []Finding
}

func (c *checker) add(s Severity, rule, file string, line int, format string, args ...any) {
	c.found = append(c.found, Finding{s, rule, file, line, fmt.Sprintf(format, args...)})
}

// format reports the mistakes of form. What remains is an error of reading.
func (c *checker) format(err error) error {
	var ms knowledge.Mistakes
	if !errors.As(err, &ms) {
		return err
	}
	c.Mistakes = append(c.Mistakes, ms...)
	for _, m := range ms {
		c.add(Error, "format", m.File, m.Line, "%s", m.Text)
	}
	return nil
}

// together runs checks side by side and adds what they find, in their order.
func (c *checker) together(checks ...func(*checker)) {
	found := make([][]Finding, len(checks))
	var group sync.WaitGroup
	for i, check := range checks {
		group.Go(func() {
			own := *c
			own.found = nil
			check(&own)
			found[i] = own.found
		})
	}
	group.Wait()
	c.found = append(c.found, slices.Concat(found...)...)
}

// each is what f makes of 0 to n-1. Every core has an f of its own, which may keep
// memory from one to the next.
func each[T any](n int, worker func() (f func(i int) T)) []T {
	const some = 32 // at a time
	out := make([]T, n)
	var next atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			f := worker()
			for from := int(next.Add(some)) - some; from < n; from = int(next.Add(some)) - some {
				for i := from; i < min(from+some, n); i++ {
					out[i] = f(i)
				}
			}
		})
	}
	group.Wait()
	return out
}

// alone runs the checks that need nothing but the text of one passage.
func (c *checker) alone() {
	found := each(len(c.Passages), func() func(int) []Finding {
		own := *c
		own.spoken = syllables{}
		return func(i int) []Finding {
			own.found = nil
			own.passageAlone(c.Passages[i])
			return own.found
		}
	})
	c.found = append(c.found, slices.Concat(found...)...)
}

func (c *checker) passageAlone(p knowledge.Passage) {
	c.readable(p)
	c.sources(p)
	c.review(p)
	c.claims(p)
	c.portable(p)
	c.links(p)
	c.phrasings(p)
}

func (c *checker) report() Report {
	r := Report{Passages: len(c.Passages), Asked: c.asked, Findings: c.found}
	for _, p := range c.Passages {
		r.Phrasings += 1 + len(p.Asks)
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(string(a.Severity), string(b.Severity)))
	})
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
	return r
}
