package journal

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"massagefaq/bot"
)

const (
	maxQuestion = 2000 // characters of a question kept
	maxComment  = 1000 // characters of a comment kept

	// turnsTimeout is all the time an answer waits to learn what was said before.
	turnsTimeout = time.Second
	readyTimeout = 5 * time.Second
)

// Turns returns the last n turns of a conversation since a time, newest last,
// with the questions as stored: without personal data. Only turns that were
// shown passages count, for nothing else can be followed up; entries that still
// wait to be written do. An empty thread has no turns. With an error come the
// turns known nonetheless.
func (j *Journal) Turns(ctx context.Context, thread string, since time.Time, n int) ([]bot.Turn, error) {
	if thread == "" || n <= 0 {
		return nil, nil
	}
	// Waiting entries first: one that is written meanwhile is then seen twice, not never.
	turns, outage := j.waitingTurns(thread, since)
	err := outage
	if outage == nil {
		err = j.storedTurns(ctx, thread, since, n, turns)
	}
	recent := make([]turn, 0, len(turns))
	for _, t := range turns {
		recent = append(recent, t)
	}
	slices.SortFunc(recent, func(a, b turn) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.order, b.order), cmp.Compare(a.reply, b.reply))
	})
	recent = recent[max(0, len(recent)-n):]
	result := make([]bot.Turn, len(recent))
	for i, t := range recent {
		result[i] = t.Turn
	}
	if err != nil {
		err = fmt.Errorf("recall conversation: %w", err)
	}
	return result, err
}

// A turn is a bot.Turn that can be told from others and put in order.
type turn struct {
	bot.Turn
	reply string
	order int // in the line; 0 for stored turns
}

// waitingTurns finds the turns that are not written yet, by reply, and what
// keeps them, if something does.
func (j *Journal) waitingTurns(thread string, since time.Time) (map[string]turn, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	turns := map[string]turn{}
	for _, items := range [][]item{j.writing, j.line} {
		for _, it := range items {
			if e := it.entry; e != nil && e.Thread == thread && recalled(e) && !e.At.Before(since) {
				turns[e.Reply] = turn{bot.Turn{Question: redactTo(e.Question, maxQuestion), Passages: slices.Clone(e.Passages), At: e.At}, e.Reply, len(turns) + 1}
			}
		}
	}
	return turns, j.outage
}

// recalled reports whether an entry is a turn; storedTurns asks the same in SQL.
func recalled(e *bot.Entry) bool {
	return e.Question != "" && (e.Kind == bot.Answer || e.Kind == bot.Choices)
}

// turnsQuery is prepared once: an answer waits for it, and reading it takes longer
// than running it.
const turnsQuery = `SELECT e.reply, e.question, e.asked_at, COALESCE(p.passage, '')
	FROM (SELECT reply, question, asked_at FROM journal_entry
		WHERE thread = $1 AND asked_at >= $2 AND question <> '' AND kind IN ('answer', 'choices') ORDER BY asked_at DESC, reply LIMIT $3) AS e
	LEFT JOIN journal_passage AS p ON p.reply = e.reply
	ORDER BY e.asked_at, e.reply, p.place`

// storedTurns adds the last n turns that are in the database.
func (j *Journal) storedTurns(ctx context.Context, thread string, since time.Time, n int, turns map[string]turn) error {
	ctx, cancel := context.WithTimeout(ctx, turnsTimeout)
	defer cancel()
	rows, err := j.recall.QueryContext(ctx, j.digest(thread), since.UnixMicro(), n)
	if err != nil {
		return err
	}
	defer rows.Close()
	waiting := map[string]bool{}
	for reply := range turns {
		waiting[reply] = true
	}
	for rows.Next() {
		var reply, question, passage string
		var asked int64
		if err := rows.Scan(&reply, &question, &asked, &passage); err != nil {
			return err
		}
		if waiting[reply] {
			continue
		}
		t := turns[reply]
		t.reply, t.Question, t.At = reply, question, time.UnixMicro(asked)
		if passage != "" {
			t.Passages = append(t.Passages, passage)
		}
		turns[reply] = t
	}
	return rows.Err()
}

// digest stands for a thread in the database: the same for the same thread, and
// of no use to someone who reads the journal and knows the thread's id but not
// the key. Empty for no thread.
func (j *Journal) digest(thread string) string {
	if thread == "" {
		return ""
	}
	mac := hmac.New(sha256.New, j.key)
	mac.Write([]byte(thread))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Ready returns nil when the journal can be written.
func (j *Journal) Ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	err := j.prove(ctx)
	if err != nil {
		return fmt.Errorf("journal %s cannot be written: %s", j.name, j.explain(err))
	}
	return nil
}

// prove writes something.
func (j *Journal) prove(ctx context.Context) error {
	release, err := j.takeTurn(ctx)
	if err != nil {
		return err
	}
	defer release()
	_, err = j.db.ExecContext(ctx, `INSERT INTO journal_setting (name, value) VALUES ('ready', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, time.Now().UTC().Format(time.RFC3339))
	return err
}

// Forget removes the entries asked before a time, with their ratings, and
// returns how many there were.
func (j *Journal) Forget(ctx context.Context, before time.Time) (int64, error) {
	var total int64
	for {
		n, err := j.forgetSome(ctx, before)
		total += n
		if err != nil {
			return total, fmt.Errorf("forget entries of journal %s: %s", j.name, j.explain(err))
		}
		if n == 0 {
			return total, nil
		}
	}
}

// forgetSome removes a thousand entries at most: the writer gets its turn in
// between.
func (j *Journal) forgetSome(ctx context.Context, before time.Time) (int64, error) {
	release, err := j.takeTurn(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	result, err := j.db.ExecContext(ctx, `DELETE FROM journal_entry WHERE reply IN
		(SELECT reply FROM journal_entry WHERE asked_at < $1 ORDER BY asked_at LIMIT 1000)`, before.UnixMicro())
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// sweep forgets what is older than the journal keeps.
func (j *Journal) sweep(ctx context.Context) {
	if j.keep < 0 {
		return
	}
	n, err := j.Forget(ctx, time.Now().Add(-j.keep))
	switch {
	case err != nil && ctx.Err() == nil:
		j.log.Error("old journal entries cannot be removed", "err", err)
	case n > 0:
		j.log.Info("old journal entries removed", "entries", n, "kept", j.keep)
	}
}

// redactTo removes personal data and keeps at most that many characters. It
// looks much further than it keeps, so that nothing is recognised less for
// being cut in two.
func redactTo(s string, limit int) string {
	s = tidy(s, 10*limit)
	if utf8.RuneCountInString(s) >= limit {
		// It may have been cut before it came here, and half a number is not
		// recognised as one.
		s = strings.TrimRight(s, "0123456789 -./()+")
	}
	return tidy(Redact(s), limit)
}

// tidy makes text that every database and terminal can hold: valid, without
// control characters, at most that many characters.
func tidy(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if len(s) <= limit {
		return s
	}
	for i := range s {
		if limit--; limit < 0 {
			return s[:i]
		}
	}
	return s
}
