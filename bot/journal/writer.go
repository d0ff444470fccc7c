package journal

import (
	"context"
	"fmt"
	"time"
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
