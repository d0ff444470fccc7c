package journal

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"
)

// TestLead holds that of several replicas one leads at a time, and that another
// takes over when it gives way or dies.
func TestLead(t *testing.T) {
	dsn := postgres(t)
	first, second := open(t, dsn, Options{}), open(t, dsn, Options{})
	held, release, err := first.Lead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	brief, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if _, _, err := second.Lead(brief); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("a second replica leads beside the first: %v", err)
	}
	release()
	if held.Err() == nil {
		t.Error("the lead is still held after release")
	}
	took, releaseSecond, err := second.Lead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// The server ends the second one's connection, as when its machine dies.
	if _, err := first.db.ExecContext(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'`); err != nil {
		t.Fatal(err)
	}
	select {
	case <-took.Done():
	case <-time.After(30 * time.Second):
		t.Error("a replica that lost its lock still believes that it leads")
	}
	releaseSecond()
	_, releaseThird, err := first.Lead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	releaseThird()
}

// TestLeadAlone: a SQLite file has one process, which always leads.
func TestLeadAlone(t *testing.T) {
	j := open(t, filepath.Join(t.TempDir(), "faq.db"), Options{})
	held, release, err := j.Lead(t.Context())
	if err != nil || held.Err() != nil {
		t.Fatal(err, held.Err())
	}
	release()
	if held.Err() == nil {
		t.Error("the lead is still held after release")
	}
}
