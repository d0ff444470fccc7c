// Package journal remembers what was asked, what was replied and whether it
// helped, in a SQLite file or in PostgreSQL, without remembering who asked:
// personal data is removed from every text before it is stored, an urgent
// message is stored without its text, and a conversation is known by a keyed
// digest only.
//
// There is one writer, a goroutine that Open starts and Close ends. Record hands
// it an entry and returns at once; ratings and flushes take their place in the
// same line, so a rating finds the reply that was recorded just before it.
package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"massagefaq/bot"
)

// ErrUnknownReply is returned for a rating of a reply the journal does not hold:
// never given, forgotten by now, or dropped while the queue was full.
var ErrUnknownReply = bot.ErrUnknownReply

// errClosed answers a rating that comes after Close.
var errClosed = errors.New("journal is closed")

// A Journal is open until Close. All methods may be called at the same time.
type Journal struct {
	store
	log    *slog.Logger
	key    []byte        // of the thread digests
	recall *sql.Stmt     // turnsQuery
	limit  int           // entries in line and writing, at most
	keep   time.Duration // how long; negative for ever
	turn   chan struct{} // holds one token while something is written
	wake   chan struct{} // holds one token while there may be something to write
	done   chan struct{} // closed when the writer has ended
	cancel func()        // ends the writer, written or not

	mu      sync.Mutex
	line    []item    // waiting for the writer, oldest first
	writing []item    // with the writer, which alone changes it; not known to be durable yet
	dropped int64     // entries lost since Open
	untold  int64     // of those, not logged yet
	told    time.Time // when they were logged last
	outage  error     // why nothing can be written at the moment
	closed  bool
}

// An item is what waits for the writer: an entry, a rating, or, when it is
// neither, a mark that tells when everything before it is done with.
type item struct {
	entry  *bot.Entry
	rating *bot.Rating
	done   chan<- error // buffered for one; nil for entries
}

// Record hands an entry over to be written, and never waits. The entry's slices
// belong to the journal from then on. When the queue is full, as in a long
// outage, the entry is dropped and counted.
func (j *Journal) Record(e bot.Entry) {
	if e.At.IsZero() {
		e.At = time.Now()
	}
	if e.Kind == bot.Urgent {
		e.Question = "" // not even kept in memory
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed || len(j.line)+len(j.writing) >= j.limit {
		j.dropped++
		j.untold++ // the writer logs it: a slow log must not hold up an answer
		return
	}
	j.line = append(j.line, item{entry: &e})
	j.poke()
}

// Rate stores what someone thought of a reply; the last rating of a reply
// counts. When Rate returns nil the rating is on disk: it survives a crash and a
// power cut. The error is ErrUnknownReply when the reply is not known; any
// other means that nothing may have been stored.
func (j *Journal) Rate(ctx context.Context, r bot.Rating) error {
	if err := j.wait(ctx, &r); err != nil {
		return fmt.Errorf("rate reply %q: %w", r.Reply, err)
	}
	return nil
}

// Flush returns nil when everything recorded before it is written, or dropped.
func (j *Journal) Flush(ctx context.Context) error {
	if err := j.wait(ctx, nil); err != nil {
		return fmt.Errorf("flush journal %s: %w", j.name, err)
	}
	return nil
}

// wait puts a rating, or a mark, in the line and waits for its turn. The limit
// does not hold for these: each has someone waiting for it.
func (j *Journal) wait(ctx context.Context, r *bot.Rating) error {
	done := make(chan error, 1)
	j.mu.Lock()
	switch {
	case j.closed:
		j.mu.Unlock()
		return errClosed
	case r != nil && j.outage != nil:
		defer j.mu.Unlock()
		return j.outage
	}
	j.line = append(j.line, item{rating: r, done: done})
	j.poke()
	j.mu.Unlock()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// poke tells the writer that there is work, unless it has been told.
func (j *Journal) poke() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// Dropped returns how many entries were lost since Open: the queue was full, or
// they could not be written.
func (j *Journal) Dropped() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.dropped
}

// Waiting returns how many entries are not written yet.
func (j *Journal) Waiting() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return entries(j.line) + entries(j.writing)
}

// Close writes what is waiting, for as long as ctx lasts, and closes the
// database. What is recorded later is dropped. Closing again does nothing.
func (j *Journal) Close(ctx context.Context) error {
	j.mu.Lock()
	again := j.closed
	j.closed = true
	j.poke()
	j.mu.Unlock()
	select {
	case <-j.done:
	case <-ctx.Done():
		j.cancel()
		<-j.done
	}
	if again {
		return nil
	}
	j.cancel()
	err := j.db.Close()
	if lost := j.Waiting(); lost > 0 {
		err = fmt.Errorf("%d entries could not be written in time", lost)
	}
	if err != nil {
		return fmt.Errorf("close journal %s: %w", j.name, err)
	}
	return nil
}

func entries(items []item) int {
	n := 0
	for _, it := range items {
		if it.entry != nil {
			n++
		}
	}
	return n
}
