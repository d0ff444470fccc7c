package journal

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"time"
)

// Defaults of Options.
const (
	// DefaultQueue holds about a second of a very busy day, and a few
	// megabytes at worst.
	DefaultQueue = 4096
	// DefaultKeep is a year and some weeks, so that a season can be compared
	// with the same season before.
	DefaultKeep = 400 * 24 * time.Hour
)

// Options of a journal. The zero value works.
type Options struct {
	Logger   *slog.Logger  // told of trouble, never of what people wrote; nil discards
	Queue    int           // entries that may wait to be written; zero means DefaultQueue
	Keep     time.Duration // how long entries are kept; zero means DefaultKeep, negative for ever
	Existing bool          // refuse to make a new file: for commands that only read
}

// Open opens the journal dsn names and brings its tables up to date: a path is
// a SQLite file, made if need be, readable by its owner only; ":memory:" is
// forgotten on Close; postgres:// or postgresql:// is a PostgreSQL database,
// which several processes may share.
//
// Open starts the goroutine that writes; Close ends it. The journal outlives
// ctx, which is only for opening: questions that are answered during shutdown
// are recorded too.
//
// An error is one line that says what to do. It never holds a password.
func Open(ctx context.Context, dsn string, opts Options) (*Journal, error) {
	j := &Journal{
		log:   opts.Logger,
		limit: opts.Queue,
		keep:  opts.Keep,
		turn:  make(chan struct{}, 1),
		wake:  make(chan struct{}, 1),
		done:  make(chan struct{}),
	}
	if j.log == nil {
		j.log = slog.New(slog.DiscardHandler)
	}
	if j.limit <= 0 {
		j.limit = DefaultQueue
	}
	if j.keep == 0 {
		j.keep = DefaultKeep
	}
	store, err := connect(dsn, opts.Existing)
	if err != nil {
		return nil, err
	}
	j.store = store
	if j.key, err = prepare(ctx, store); err == nil {
		j.recall, err = store.db.PrepareContext(ctx, turnsQuery)
	}
	if err != nil {
		store.db.Close()
		return nil, fmt.Errorf("open journal %s: %s", store.name, store.explain(err))
	}
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	j.cancel = cancel
	go j.run(running)
	return j, nil
}

// A store is a database and the few things that differ between the two kinds.
type store struct {
	db      *sql.DB
	name    string             // for messages; without a password
	lock    string             // holds off other processes until the transaction ends; empty: beginning one does
	durable string             // makes a transaction survive a power cut; empty: they all do
	explain func(error) string // one line, with what to do about it
	present func() error       // nil while the database still is where it was opened
}

// connect tells the databases apart. It may not notice yet that there is
// nothing to talk to.
func connect(dsn string, existing bool) (store, error) {
	scheme, _, isURL := strings.Cut(dsn, "://")
	switch {
	case dsn == "":
		return store{}, errors.New("open journal: no path given: name a file, or postgres://user@host/database")
	case !isURL:
		return openSQLite(dsn, existing)
	case scheme == "postgres" || scheme == "postgresql":
		return openPostgres(dsn)
	}
	return store{}, fmt.Errorf("open journal %s://…: unknown kind of database: give the path of a SQLite file, or postgres://user@host/database", scheme)
}

// prepare migrates the database and returns the key that thread digests are
// made with, drawn when the database was new.
func prepare(ctx context.Context, s store) ([]byte, error) {
	if err := migrate(ctx, s); err != nil {
		return nil, err
	}
	fresh := make([]byte, 32)
	rand.Read(fresh)
	_, err := s.db.ExecContext(ctx,
		`INSERT INTO journal_setting (name, value) VALUES ('key', $1) ON CONFLICT (name) DO NOTHING`,
		hex.EncodeToString(fresh))
	if err != nil {
		return nil, err
	}
	var kept string
	if err := s.db.QueryRowContext(ctx, `SELECT value FROM journal_setting WHERE name = 'key'`).Scan(&kept); err != nil {
		return nil, err
	}
	return hex.DecodeString(kept)
}

// oneLine joins the lines of an error, for a terminal and for a log.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// reason is the bare cause of a file error: "permission denied".
func reason(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}
