package journal

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"massagefaq/bot"
)

// write stores a batch in one transaction, and returns the ratings whose reply is
// not known. Writing a batch again does no harm.
func (j *Journal) write(ctx context.Context, batch []item) (unknown []*bot.Rating, err error) {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	release, err := j.takeTurn(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	tx, err := j.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	if err := j.insertEntries(ctx, tx, batch); err != nil {
		return nil, err
	}
	if unknown, err = j.insertRatings(ctx, tx, batch); err != nil {
		return nil, err
	}
	return unknown, tx.Commit()
}

// takeTurn waits for all other writing of this process to end. SQLite takes one
// writer at a time anyway, but not in the order they came: a busy writer would
// keep Ready waiting until it gives up. It fails when there is no database to
// write to any more.
func (j *Journal) takeTurn(ctx context.Context) (release func(), err error) {
	select {
	case j.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	release = func() { <-j.turn }
	if err := j.present(); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

const (
	entryColumns   = 9
	passageColumns = 4
)

// insertEntries stores the entries of a batch with the passages they showed.
func (j *Journal) insertEntries(ctx context.Context, tx *sql.Tx, batch []item) error {
	var rows, shown []any
	for _, it := range batch {
		if it.entry == nil {
			continue
		}
		e := it.entry
		rows = append(rows, tidy(e.Reply, 200), e.At.UnixMicro(), tidy(string(e.Channel), 40), tidy(string(e.Audience), 40),
			j.digest(e.Thread), redactTo(e.Question, maxQuestion), tidy(string(e.Kind), 40), tidy(e.Content, 200), e.Took.Microseconds())
		for i, passage := range e.Passages {
			shown = append(shown, tidy(e.Reply, 200), i, tidy(passage, 400), scoreAt(e, i))
		}
	}
	err := insert(ctx, tx, `INSERT INTO journal_entry (reply, asked_at, channel, audience, thread, question, kind, content, took)
		VALUES %s ON CONFLICT (reply) DO NOTHING`, entryColumns, rows)
	if err != nil {
		return err
	}
	return insert(ctx, tx, `INSERT INTO journal_passage (reply, place, passage, score)
		VALUES %s ON CONFLICT (reply, place) DO NOTHING`, passageColumns, shown)
}

func scoreAt(e *bot.Entry, i int) float64 {
	if i < len(e.Scores) {
		return e.Scores[i]
	}
	return 0
}

// insert runs query for rows of that many columns each, many rows to a statement,
// for a statement is a journey to PostgreSQL. Rows go in powers of two, so that
// there are few different texts to prepare.
func insert(ctx context.Context, tx *sql.Tx, query string, columns int, values []any) error {
	for size := 64; len(values) > 0; size /= 2 {
		for len(values) >= size*columns {
			if _, err := tx.ExecContext(ctx, fmt.Sprintf(query, placeholders(size, columns)), values[:size*columns]...); err != nil {
				return err
			}
			values = values[size*columns:]
		}
	}
	return nil
}

// placeholders(2, 3) is "($1,$2,$3),($4,$5,$6)".
func placeholders(rows, columns int) string {
	var b strings.Builder
	for n := range rows * columns {
		switch {
		case n == 0:
			b.WriteByte('(')
		case n%columns == 0:
			b.WriteString("),(")
		default:
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", n+1)
	}
	b.WriteByte(')')
	return b.String()
}

// insertRatings stores the ratings of a batch, in order, and returns those whose
// reply is not known.
func (j *Journal) insertRatings(ctx context.Context, tx *sql.Tx, batch []item) (unknown []*bot.Rating, err error) {
	made := false
	for _, it := range batch {
		if it.rating == nil {
			continue
		}
		if !made && j.durable != "" {
			if _, err := tx.ExecContext(ctx, j.durable); err != nil {
				return nil, err
			}
		}
		made = true
		r := it.rating
		result, err := tx.ExecContext(ctx, `INSERT INTO journal_rating (reply, helpful, comment, rated_at)
			SELECT reply, CAST($2 AS BOOLEAN), CAST($3 AS TEXT), CAST($4 AS BIGINT) FROM journal_entry WHERE reply = $1
			ON CONFLICT (reply) DO UPDATE SET helpful = excluded.helpful, comment = excluded.comment, rated_at = excluded.rated_at`,
			tidy(r.Reply, 200), r.Helpful, redactTo(r.Comment, maxComment), time.Now().UnixMicro())
		if err != nil {
			return nil, err
		}
		if n, err := result.RowsAffected(); err != nil {
			return nil, err
		} else if n == 0 {
			unknown = append(unknown, r)
		}
	}
	return unknown, nil
}
