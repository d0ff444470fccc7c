package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// pragmas of every connection. WAL lets people read while the writer writes.
// synchronous=FULL makes every commit reach the disk before it is called one:
// a rating that was acknowledged survives a power cut, not only a crash. Entries
// pay for it too, but they are written in the background, many to a commit.
// secure_delete overwrites what Forget removes.
const pragmas = "_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(ON)&_pragma=secure_delete(ON)&_txlock=immediate"

// openSQLite opens the file, or the memory, called path.
func openSQLite(path string, existing bool) (store, error) {
	if path == ":memory:" {
		return openMemory()
	}
	made, err := claim(path, existing)
	if err != nil {
		return store{}, fmt.Errorf("open journal %s: %w", path, err)
	}
	name := url.URL{Path: filepath.ToSlash(path)}
	db, err := sql.Open("sqlite", "file:"+name.EscapedPath()+"?"+pragmas)
	if err != nil {
		return store{}, fmt.Errorf("open journal %s: %s", path, oneLine(err.Error()))
	}
	// One writer at a time is SQLite's rule; the others read.
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	return store{db: db, name: path, explain: explainSQLite, present: stillThere(path, made)}, nil
}

// openMemory opens a database that lives in one connection: a second one would
// see another, empty, database.
func openMemory() (store, error) {
	db, err := sql.Open("sqlite", ":memory:?"+pragmas)
	if err != nil {
		return store{}, fmt.Errorf("open journal in memory: %w", err)
	}
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	return store{db: db, name: ":memory:", explain: explainSQLite, present: func() error { return nil }}, nil
}

// claim makes sure that the file is there and may be written, and says plainly
// why not: SQLite would only say "unable to open database file (14)".
// A new file is for its owner only; SQLite gives its companions the same mode.
func claim(path string, existing bool) (fs.FileInfo, error) {
	dir := filepath.Dir(path)
	if info, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no folder %s: create it (mkdir -p %s), or choose another file", dir, dir)
	} else if err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder: choose another file", dir)
	}
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return nil, fmt.Errorf("this is a folder: name a file in it, such as %s", filepath.Join(path, "massagefaq.db"))
	}
	if existing && errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("there is no such file: nothing was recorded yet, or the path is another one")
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%s: give this user leave to write the file and its folder, or choose another file", reason(err))
	}
	defer f.Close()
	if info == nil {
		if err := syncDir(dir); err != nil {
			return nil, err
		}
	}
	return f.Stat()
}

// syncDir makes a new file's name as durable as its content.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// stillThere returns a check that path still is the file that was opened: an
// open SQLite file can be deleted or replaced under us, and writing to it would
// succeed, into nothing.
func stillThere(path string, opened fs.FileInfo) func() error {
	return func() error {
		now, err := os.Stat(path)
		if err != nil || !os.SameFile(now, opened) {
			return errors.New("the file was removed or replaced: restart to begin a new one")
		}
		return nil
	}
}

// explainSQLite says what an error of SQLite's means to whoever runs the bot.
func explainSQLite(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "another program keeps the file locked, or the disk is very slow: stop it, or choose another file"
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return oneLine(err.Error())
	}
	advice := map[int]string{
		sqlite3.SQLITE_NOTADB:    "this file is not a SQLite database: choose another, or move it away",
		sqlite3.SQLITE_CORRUPT:   "the file is damaged: restore it from a backup, or move it away to begin a new one",
		sqlite3.SQLITE_READONLY:  "may not be written: give this user leave to write the file and its folder, or choose another",
		sqlite3.SQLITE_CANTOPEN:  "cannot be opened: give this user leave to write the file and its folder, or choose another",
		sqlite3.SQLITE_PERM:      "may not be opened: give this user leave to write the file and its folder, or choose another",
		sqlite3.SQLITE_BUSY:      "another program keeps the file locked: stop it, or choose another file",
		sqlite3.SQLITE_INTERRUPT: "took too long: another program keeps the file locked, or the disk is very slow",
		sqlite3.SQLITE_FULL:      "the disk is full: make room, or choose a file elsewhere",
		sqlite3.SQLITE_IOERR:     "the disk cannot be read or written: check it, or choose a file elsewhere",
	}[e.Code()&0xff]
	if advice == "" {
		return oneLine(err.Error())
	}
	return advice
}
