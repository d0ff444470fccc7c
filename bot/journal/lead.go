package journal

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

const (
	leadLock  = 0x6d617373 // "mass": the advisory lock's key, the same in every replica
	leadRetry = 3 * time.Second
	leadPing  = 2 * time.Second
)

// Lead waits until this process is the one among all that share the journal that
// may do what only one should, such as hold a chat's gateway. held ends when that
// is no longer so; release gives way to another. A SQLite journal has one process,
// which always leads. On PostgreSQL it is an advisory lock on a connection of its
// own: when a process dies the server frees the lock, and another has it within
// seconds.
func (j *Journal) Lead(ctx context.Context) (held context.Context, release func(), err error) {
	if !j.shared() {
		held, release = context.WithCancel(ctx)
		return held, release, nil
	}
	for {
		conn, ok, err := j.tryLead(ctx)
		if ok {
			held, release = holdLead(ctx, conn)
			return held, release, nil
		}
		if err != nil && ctx.Err() == nil {
			j.log.Warn("wait for leadership", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-time.After(leadRetry):
		}
	}
}

// shared reports whether other processes may have the same journal.
func (j *Journal) shared() bool {
	_, postgres := j.db.Driver().(*stdlib.Driver)
	return postgres
}

func (j *Journal) tryLead(ctx context.Context) (*sql.Conn, bool, error) {
	conn, err := j.db.Conn(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("open connection: %w", err)
	}
	var got bool
	if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", leadLock).Scan(&got); err != nil || !got {
		conn.Close()
		return nil, false, err
	}
	return conn, true, nil
}

// holdLead keeps asking whether the connection, and with it the lock, still is.
func holdLead(ctx context.Context, conn *sql.Conn) (context.Context, func()) {
	held, cancel := context.WithCancel(ctx)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		defer conn.Close()
		defer cancel()
		tick := time.NewTicker(leadPing)
		defer tick.Stop()
		for {
			select {
			case <-held.Done():
				// The lock lives as long as the connection: not given back to the pool,
				// it cannot outlive its holder.
				conn.Raw(func(any) error { return driver.ErrBadConn })
				return
			case <-tick.C:
				ping, done := context.WithTimeout(held, leadPing)
				err := conn.PingContext(ping)
				done()
				if err != nil {
					return
				}
			}
		}
	}()
	return held, func() { cancel(); <-gone }
}
