package journal

import (
	"context"
	"fmt"
	"slices"
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
			unknown, err := j.settle(ctx)
			j.settled(unknown, err)
			if ctx.Err() != nil {
				return
			}
		}
		if j.ended() {
			return
		}
	}
}

// take moves the head of the line to writing. It reports whether there is any.
func (j *Journal) take() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := min(batchSize, len(j.line))
	j.writing = append(j.writing, j.line[:n]...)
	j.line = slices.Delete(j.line, 0, n)
	return n > 0
}

// settled ends a batch: those who wait for it are told, with an error of theirs if
// it is not nil. Entries stay in writing when ctx ended before they were stored,
// where Close counts them.
func (j *Journal) settled(unknown []*bot.Rating, err error) {
	j.mu.Lock()
	batch := slices.Clone(j.writing)
	if err == nil {
		clear(j.writing)
		j.writing = j.writing[:0]
	}
	j.mu.Unlock()
	j.tellDropped()
	for _, it := range batch {
		switch {
		case it.done == nil:
		case it.rating != nil && slices.Contains(unknown, it.rating):
			it.done <- ErrUnknownReply
		default:
			it.done <- err
		}
	}
}

// tellDropped logs the entries dropped since the last time: once the line is
// empty again, or every minute while it is not.
func (j *Journal) tellDropped() {
	j.mu.Lock()
	n, total := j.untold, j.dropped
	if n == 0 || len(j.line) > 0 && time.Since(j.told) < time.Minute {
		j.mu.Unlock()
		return
	}
	j.untold, j.told = 0, time.Now()
	j.mu.Unlock()
	j.log.Warn("journal queue was full, entries dropped", "dropped", n, "since_start", total)
}

// abandon tells all who still wait in the line that the writer has ended.
func (j *Journal) abandon(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, it := range j.line {
		if it.done != nil {
			it.done <- err
			j.line[i].done = nil
		}
	}
}

// ended reports whether the journal is closed with nothing left to write.
func (j *Journal) ended() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.closed && len(j.line) == 0
}

// settle writes what is in writing, and returns the ratings whose reply is not
// known. In an outage it keeps the entries and tries again until it works or ctx
// ends; people who wait with a rating are told at once. Entries that cannot be
// written although the database works are dropped.
func (j *Journal) settle(ctx context.Context) (unknown []*bot.Rating, err error) {
	for pause := minPause; ; pause = min(2*pause, maxPause) {
		if unknown, err = j.write(ctx, j.writing); err == nil {
			j.recovered()
			return unknown, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if j.refuse(err); entries(j.writing) == 0 {
			return nil, nil
		}
		if j.Ready(ctx) == nil {
			j.recovered()
			j.writeEach(ctx)
			return nil, nil
		}
		j.suffer(err)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// refuse tells those who wait with a rating that it failed; entries and marks can
// wait.
func (j *Journal) refuse(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	told := func(it item) bool {
		if it.rating != nil {
			it.done <- err
		}
		return it.rating != nil
	}
	j.writing = slices.DeleteFunc(j.writing, told)
	j.line = slices.DeleteFunc(j.line, told)
}

// suffer notes an outage: it is logged once, and ratings are refused until it
// is over.
func (j *Journal) suffer(err error) {
	j.mu.Lock()
	known := j.outage != nil
	j.outage = fmt.Errorf("journal %s cannot be written: %s", j.name, j.explain(err))
	outage := j.outage
	j.mu.Unlock()
	j.refuse(outage)
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

// writeEach writes the entries of a batch that failed as a whole one by one, so
// that only what is at fault is lost.
func (j *Journal) writeEach(ctx context.Context) {
	for i, it := range j.writing {
		if it.entry == nil {
			continue
		}
		if _, err := j.write(ctx, j.writing[i:i+1]); err != nil {
			j.mu.Lock()
			j.dropped++
			j.mu.Unlock()
			j.log.Error("journal entry dropped", "reply", it.entry.Reply, "err", j.explain(err))
		}
	}
}
