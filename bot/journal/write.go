package journal

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"massagefaq/bot"
)

const (
	batchSize    = 128              // items to a transaction: enough to make a flush to disk cheap, few enough to be quick
	writeTimeout = 10 * time.Second // a transaction that takes longer has lost its database
	minPause     = 100 * time.Millisecond
	maxPause     = 2 * time.Second // between attempts in an outage; also how late its end is noticed
	sweepEvery   = 24 * time.Hour
)

// run is the writer. It returns when the journal is closed and everything is
// written, or when ctx ends.
func (j *Journal) run(ctx context.Context) {
	defer close(j.done)
	defer j.abandon(errClosed)
	sweep := time.NewTicker(sweepEvery)
	defer sweep.Stop()
	j.sweep(ctx)
	for {
		select {
		case <-j.wake:
		case <-sweep.C:
			j.sweep(ctx)
		case <-ctx.Done():
			return
		}
		for j.take() {
			j.settleAll(ctx)
			if ctx.Err() != nil {
				return
			}
		}
		if j.ended() {
			return
		}
	}
}

// take moves the line to writing. It reports whether there is anything.
func (j *Journal) take() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.line) == 0 {
		return false
	}
	j.writing, j.line, j.spare = j.line, j.spare, nil
	return true
}

// abandon tells all who still wait that the writer has ended.
func (j *Journal) abandon(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	finish(j.line, err)
	for i := range j.line {
		j.line[i].done = nil
	}
}

// ended reports whether the journal is closed with nothing left to write.
func (j *Journal) ended() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.closed && len(j.line) == 0
}

// settleAll settles what was taken, a batch at a time. When ctx ends the rest
// stays in writing, where Close counts it.
func (j *Journal) settleAll(ctx context.Context) {
	all := j.writing // only the writer changes it
	for rest := all; len(rest) > 0; {
		n := min(batchSize, len(rest))
		if !j.settle(ctx, rest[:n]) {
			finish(rest[n:], ctx.Err())
			return
		}
		rest = rest[n:]
		j.mu.Lock()
		j.writing = rest
		j.mu.Unlock()
		j.tellDropped()
	}
	clear(all)
	j.mu.Lock()
	j.writing, j.spare = nil, all[:0]
	j.mu.Unlock()
}

// settle writes a batch. In an outage it keeps the entries and tries again until
// it works or ctx ends, which it reports as false; people who wait with a rating
// are told at once. Entries that cannot be written although the database works
// are dropped.
func (j *Journal) settle(ctx context.Context, batch []item) bool {
	for pause := minPause; ; pause = min(2*pause, maxPause) {
		err := j.write(ctx, batch)
		if err == nil {
			j.recovered()
			return true
		}
		batch = refuse(batch, err)
		if ctx.Err() != nil {
			finish(batch, ctx.Err())
			return false
		}
		if entries(batch) == 0 {
			finish(batch, nil)
			return true
		}
		if j.Ready(ctx) == nil {
			j.recovered()
			j.writeEach(ctx, batch)
			return true
		}
		j.suffer(err)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			finish(batch, ctx.Err())
			return false
		}
	}
}

// refuse tells those who wait with a rating that it failed, and returns the
// rest: entries and marks, which can wait.
func refuse(batch []item, err error) []item {
	var rest []item
	for _, it := range batch {
		if it.rating == nil {
			rest = append(rest, it)
			continue
		}
		it.done <- err
	}
	return rest
}

// finish tells all who wait, with a rating or at a mark.
func finish(batch []item, err error) {
	for _, it := range batch {
		if it.done != nil {
			it.done <- err
		}
	}
}

// suffer notes an outage: it is logged once, and ratings are refused until it
// is over.
func (j *Journal) suffer(err error) {
	j.mu.Lock()
	known := j.outage != nil
	j.outage = fmt.Errorf("journal %s cannot be written: %s", j.name, j.explain(err))
	outage := j.outage
	j.line = refuse(j.line, outage)
	j.mu.Unlock()
	if !known {
		j.log.Error("journal cannot be written, keeping entries in memory", "err", outage, "limit", j.limit)
	}
}

// recovered ends an outage.
func (j *Journal) recovered() {
	j.mu.Lock()
	was := j.outage != nil
	j.outage = nil
	j.mu.Unlock()
	if was {
		j.log.Info("journal can be written again")
	}
}

// tellDropped logs the entries dropped since the last time.
func (j *Journal) tellDropped() {
	j.mu.Lock()
	n, total := j.untold, j.dropped
	j.untold = 0
	j.mu.Unlock()
	if n > 0 {
		j.log.Warn("journal queue was full, entries dropped", "dropped", n, "since_start", total)
	}
}

// writeEach writes a batch that failed as a whole one by one, so that only what
// is at fault is lost.
func (j *Journal) writeEach(ctx context.Context, batch []item) {
	for i, it := range batch {
		if it.entry == nil {
			it.done <- nil
			continue
		}
		if err := j.write(ctx, batch[i:i+1]); err != nil {
			j.mu.Lock()
			j.dropped++
			j.mu.Unlock()
			j.log.Error("journal entry dropped", "reply", it.entry.Reply, "err", j.explain(err))
		}
	}
}

// write stores a batch in one transaction, and answers its ratings and marks if
// that succeeds. Writing a batch again does no harm.
func (j *Journal) write(ctx context.Context, batch []item) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	if err := j.present(); err != nil {
		return err
	}
	tx, err := j.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := j.insertEntries(ctx, tx, batch); err != nil {
		return err
	}
	unknown, err := j.insertRatings(ctx, tx, batch)
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	for _, it := range batch {
		if it.rating != nil && slices.Contains(unknown, it.rating) {
			it.done <- ErrUnknownReply
		} else if it.done != nil {
			it.done <- nil
		}
	}
	return nil
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
