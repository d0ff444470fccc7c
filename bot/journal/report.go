package journal

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// A Report says what was asked, what was missing and what helped.
type Report struct {
	Since      time.Time        `json:"since"`      // questions from then on are counted
	Until      time.Time        `json:"until"`      // when the report was made
	Questions  int64            `json:"questions"`  // all of them
	Counts     []Count          `json:"counts"`     // by channel and kind of reply, in the order of the alphabet
	Unanswered []Unanswered     `json:"unanswered"` // most frequent first
	Passages   []PassageSummary `json:"passages"`   // those that helped least first
	Comments   []string         `json:"comments"`   // on replies that showed no passage, newest first
	Urgent     []Day            `json:"urgent"`     // days with urgent messages, oldest first
}

// A Count is how many questions on a channel got a kind of reply.
type Count struct {
	Channel   string `json:"channel"`
	Kind      string `json:"kind"`
	Questions int64  `json:"questions"`
}

// Unanswered is a question nobody had written an answer to.
type Unanswered struct {
	Question string    `json:"question"` // its most frequent wording, without personal data
	Times    int64     `json:"times"`    // asked so or nearly so: case, punctuation and spaces do not count
	Last     time.Time `json:"last"`     // when last
}

// A PassageSummary is how a passage did. Where a reply showed several, each gets the
// reply's rating.
type PassageSummary struct {
	Passage    string   `json:"passage"` // its id: "insurance.md#covered"
	Shown      int64    `json:"shown"`
	Helpful    int64    `json:"helpful"`
	NotHelpful int64    `json:"not_helpful"`
	Comments   []string `json:"comments"` // newest first, without personal data
}

// A Day is how many urgent messages came on a day.
type Day struct {
	Date  string `json:"date"` // 2026-11-23, in the time zone of the report's Since
	Times int64  `json:"times"`
}

// maxComments is how many comments a report reads, the newest.
const maxComments = 2000

// Report sums up what was asked since a time; the zero time means everything
// kept. Entries that wait to be written are not in it.
func (j *Journal) Report(ctx context.Context, since time.Time) (Report, error) {
	// Empty lists rather than none: JSON has [] for them.
	r := Report{Since: since, Until: time.Now().In(since.Location()),
		Counts: []Count{}, Unanswered: []Unanswered{}, Passages: []PassageSummary{}, Comments: []string{}, Urgent: []Day{}}
	for _, part := range []func(context.Context, *Report) error{j.count, j.unanswered, j.passages, j.comments, j.urgent} {
		if err := part(ctx, &r); err != nil {
			return Report{}, fmt.Errorf("report on journal %s: %s", j.name, j.explain(err))
		}
	}
	return r, nil
}

// sinceMicros is r.Since for the database; the zero time is before everything.
func (r *Report) sinceMicros() int64 { return r.Since.UnixMicro() }

// each runs a query over the entries since the report's beginning, and row for
// each of its rows.
func (j *Journal) each(ctx context.Context, r *Report, query string, row func(*sql.Rows) error) error {
	rows, err := j.db.QueryContext(ctx, query, r.sinceMicros())
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (j *Journal) count(ctx context.Context, r *Report) error {
	return j.each(ctx, r, `SELECT channel, kind, COUNT(*) FROM journal_entry
		WHERE asked_at >= $1 GROUP BY channel, kind ORDER BY channel, kind`,
		func(rows *sql.Rows) error {
			var c Count
			err := rows.Scan(&c.Channel, &c.Kind, &c.Questions)
			r.Counts = append(r.Counts, c)
			r.Questions += c.Questions
			return err
		})
}

// unanswered groups the wordings of a question; the database can only group what
// is equal.
func (j *Journal) unanswered(ctx context.Context, r *Report) error {
	groups := map[string]*Unanswered{}
	err := j.each(ctx, r, `SELECT question, COUNT(*) AS times, MAX(asked_at) FROM journal_entry
		WHERE asked_at >= $1 AND kind = 'unknown' AND question <> '' GROUP BY question ORDER BY times DESC, question`,
		func(rows *sql.Rows) error {
			var question string
			var times, last int64
			if err := rows.Scan(&question, &times, &last); err != nil {
				return err
			}
			g := groups[sameQuestion(question)]
			if g == nil {
				g = &Unanswered{Question: question}
				groups[sameQuestion(question)] = g
			}
			g.Times += times
			if at := time.UnixMicro(last).In(r.Since.Location()); at.After(g.Last) {
				g.Last = at
			}
			return nil
		})
	for _, g := range groups {
		r.Unanswered = append(r.Unanswered, *g)
	}
	slices.SortFunc(r.Unanswered, func(a, b Unanswered) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), b.Last.Compare(a.Last), cmp.Compare(a.Question, b.Question))
	})
	return err
}

// sameQuestion is equal for wordings that differ in case, punctuation and spaces
// only.
func sameQuestion(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	}), " ")
}

func (j *Journal) passages(ctx context.Context, r *Report) error {
	err := j.each(ctx, r, `SELECT p.passage, COUNT(*),
			SUM(CASE WHEN r.helpful THEN 1 ELSE 0 END), SUM(CASE WHEN NOT r.helpful THEN 1 ELSE 0 END)
		FROM journal_entry AS e JOIN journal_passage AS p ON p.reply = e.reply LEFT JOIN journal_rating AS r ON r.reply = e.reply
		WHERE e.asked_at >= $1 GROUP BY p.passage`,
		func(rows *sql.Rows) error {
			p := PassageSummary{Comments: []string{}}
			err := rows.Scan(&p.Passage, &p.Shown, &p.Helpful, &p.NotHelpful)
			r.Passages = append(r.Passages, p)
			return err
		})
	slices.SortFunc(r.Passages, func(a, b PassageSummary) int {
		return cmp.Or(cmp.Compare(b.NotHelpful-b.Helpful, a.NotHelpful-a.Helpful), cmp.Compare(b.Shown, a.Shown), cmp.Compare(a.Passage, b.Passage))
	})
	return err
}

// comments adds what people wrote to the passages they wrote it about.
func (j *Journal) comments(ctx context.Context, r *Report) error {
	return j.each(ctx, r, fmt.Sprintf(`SELECT COALESCE(p.passage, ''), c.comment
		FROM (SELECT r.reply, r.comment, r.rated_at FROM journal_rating AS r JOIN journal_entry AS e ON e.reply = r.reply
			WHERE e.asked_at >= $1 AND r.comment <> '' ORDER BY r.rated_at DESC LIMIT %d) AS c
		LEFT JOIN journal_passage AS p ON p.reply = c.reply
		ORDER BY c.rated_at DESC, c.reply, p.place`, maxComments),
		func(rows *sql.Rows) error {
			var passage, comment string
			if err := rows.Scan(&passage, &comment); err != nil {
				return err
			}
			i := slices.IndexFunc(r.Passages, func(p PassageSummary) bool { return p.Passage == passage })
			if i < 0 {
				r.Comments = append(r.Comments, comment)
				return nil
			}
			r.Passages[i].Comments = append(r.Passages[i].Comments, comment)
			return nil
		})
}

// urgent counts by days of the owner's calendar, which no database knows.
func (j *Journal) urgent(ctx context.Context, r *Report) error {
	return j.each(ctx, r, `SELECT asked_at FROM journal_entry WHERE asked_at >= $1 AND kind = 'urgent' ORDER BY asked_at`,
		func(rows *sql.Rows) error {
			var at int64
			if err := rows.Scan(&at); err != nil {
				return err
			}
			date := time.UnixMicro(at).In(r.Since.Location()).Format(time.DateOnly)
			if n := len(r.Urgent); n > 0 && r.Urgent[n-1].Date == date {
				r.Urgent[n-1].Times++
			} else {
				r.Urgent = append(r.Urgent, Day{Date: date, Times: 1})
			}
			return nil
		})
}
