package journal

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestOpenErrors holds that what goes wrong at the start is one line that says
// what to do.
func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ dsn, want string }{
		{"", "name a file"},
		{filepath.Join(dir, "missing", "faq.db"), "mkdir -p"},
		{filepath.Join(text, "faq.db"), "is not a folder"},
		{dir, "this is a folder"},
		{text, "not a SQLite database"},
		{unwritable(t), "give this user leave"},
		{"mysql://root:hush@localhost/x", "unknown kind of database"},
		{"postgres://user:hush@localhost:notaport/x", "cannot be read"},
		{"postgres://user:hush@" + closedPort(t) + "/x?sslmode=disable", "cannot reach PostgreSQL at 127.0.0.1"},
	} {
		wantOpenError(t, test.dsn, Options{}, test.want)
	}
	wantOpenError(t, filepath.Join(dir, "none.db"), Options{Existing: true}, "no such file")
	if _, err := os.Stat(filepath.Join(dir, "none.db")); err == nil {
		t.Error("Open with Existing made a file")
	}
}

func wantOpenError(t *testing.T, dsn string, opts Options, want string) {
	t.Helper()
	j, err := Open(t.Context(), dsn, opts)
	if err == nil {
		j.Close(t.Context())
		t.Errorf("Open(%q) = nil, want an error with %q", dsn, want)
		return
	}
	if text := err.Error(); !strings.Contains(text, want) || strings.ContainsAny(text, "\n\r") || !strings.HasPrefix(text, "open journal") {
		t.Errorf("Open(%q) = %q, want one line with %q", dsn, text, want)
	}
	for _, password := range []string{"hush", postgresPassword} {
		if strings.Contains(err.Error(), password) {
			t.Errorf("Open(%q) = %q, which tells the password", dsn, err)
		}
	}
	t.Log(err)
}

// unwritable is a path nobody may write to, not even root.
func unwritable(t *testing.T) string {
	if os.Geteuid() == 0 && runtime.GOOS == "linux" {
		return "/sys/faq.db"
	}
	dir := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "faq.db")
}

// closedPort is an address where nothing listens.
func closedPort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestPostgresOpenErrors(t *testing.T) {
	dsn := postgres(t)
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	missing := *u
	missing.Path = "/nowhere"
	wantOpenError(t, missing.String(), Options{}, "createdb nowhere")
	if os.Getenv(postgresEnv) != "" {
		t.Skip("passwords and rights are not tested on a server that is not ours")
	}
	wrong := *u
	wrong.User = url.UserPassword("massagefaq", "hush")
	wantOpenError(t, wrong.String(), Options{}, "refused the password")
	execSQL(t, dsn, "DROP USER IF EXISTS reader", "CREATE USER reader PASSWORD 'hush'", "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
	reader := *u
	reader.User = url.UserPassword("reader", "hush")
	wantOpenError(t, reader.String(), Options{}, "grant it CREATE")
}

// TestFileMode holds that only its owner may read a new journal, and that odd names
// are names.
func TestFileMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "what? 100%#.db")
	j := open(t, path, Options{})
	j.Record(entry("r", "t", "q", noon))
	flush(t, j)
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(files) < 2 {
		t.Fatalf("files = %q, %v, want the database and its log", files, err)
	}
	for _, name := range files {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 || !strings.HasPrefix(name, path) {
			t.Errorf("%s has mode %v, %v, want 0600", name, info.Mode(), err)
		}
	}
}
