package journal

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"regexp"
)

//go:embed schema.sql
var schema string

var versionLine = regexp.MustCompile(`(?m)^-- version \d+$`)

// steps are the migrations in order: steps()[0] makes version 1.
func steps() []string { return versionLine.Split(schema, -1)[1:] }

// migrate applies the steps the database has not seen, all or none. Processes
// that start together take turns.
func migrate(ctx context.Context, s store) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if s.lock != "" {
		if _, err := tx.ExecContext(ctx, s.lock); err != nil {
			return err
		}
	}
	if err := advance(ctx, tx, steps()); err != nil {
		return err
	}
	return tx.Commit()
}

// advance brings the version from where it is to len(steps).
func advance(ctx context.Context, tx *sql.Tx, steps []string) error {
	if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS journal_version (version BIGINT NOT NULL PRIMARY KEY)`); err != nil {
		return err
	}
	var have int
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(version), 0) FROM journal_version`).Scan(&have); err != nil {
		return err
	}
	if have > len(steps) {
		return fmt.Errorf("written by a newer massagefaq (version %d of the tables, this one knows %d): use the newer one, or another journal", have, len(steps))
	}
	for version := have + 1; version <= len(steps); version++ {
		if _, err := tx.ExecContext(ctx, steps[version-1]); err != nil {
			return fmt.Errorf("make version %d of the tables: %w", version, err)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO journal_version (version) VALUES ($1)`, version); err != nil {
			return err
		}
	}
	return nil
}
