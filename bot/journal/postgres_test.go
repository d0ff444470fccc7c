package journal

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// postgresEnv names a PostgreSQL to test with, as a user who may make databases.
// Without it the tests start one of their own.
const postgresEnv = "MASSAGEFAQ_TEST_POSTGRES"

const postgresPassword = "tangerine-socks"

// A server is a PostgreSQL that lives in a temporary folder.
type server struct {
	dir, bin string
	cred     *syscall.Credential // who runs it: PostgreSQL refuses to be root
	cmd      *exec.Cmd
	stdin    io.Closer // closing it stops the server, as the end of this process does
}

var shared struct {
	once sync.Once
	dsn  string
	stop func()
	err  error
}

func TestMain(m *testing.M) {
	child() // does not return when this is one
	code := m.Run()
	if shared.stop != nil {
		shared.stop()
	}
	os.Exit(code)
}

// postgres returns the address of an empty database of its own.
func postgres(t testing.TB) string {
	t.Helper()
	shared.once.Do(func() {
		if shared.dsn = os.Getenv(postgresEnv); shared.dsn != "" {
			return
		}
		s, err := newServer()
		if err == nil {
			shared.stop = s.remove
			err = s.start()
		}
		if err != nil {
			shared.err = err
			return
		}
		shared.dsn = s.dsn("postgres", postgresPassword)
	})
	if shared.err != nil {
		withoutPostgres(t, shared.err)
	}
	return freshDatabase(t, shared.dsn)
}

// withoutPostgres ends the test: where everything must be tested it fails.
func withoutPostgres(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("no PostgreSQL to test with (install it or set %s): %v", postgresEnv, err)
	}
	t.Skipf("NOT TESTED with PostgreSQL: install it or set %s: %v", postgresEnv, err)
}

var databases atomic.Int64

func freshDatabase(t testing.TB, admin string) string {
	t.Helper()
	name := fmt.Sprintf("journal_%d_%d", os.Getpid(), databases.Add(1))
	execSQL(t, admin, "CREATE DATABASE "+name)
	t.Cleanup(func() { execSQL(t, admin, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	u, err := url.Parse(admin)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// execSQL runs statements at dsn, outside any journal.
func execSQL(t testing.TB, dsn string, statements ...string) {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.ExecContext(context.Background(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// newServer prepares a PostgreSQL without starting it.
func newServer() (*server, error) {
	bin, err := postgresFolder()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "journal-pg")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, bin: bin}
	if os.Geteuid() == 0 {
		if s.cred, err = someoneElse(); err != nil {
			return nil, err
		}
	}
	password := filepath.Join(dir, "password")
	if err := os.WriteFile(password, []byte(postgresPassword), 0o644); err != nil {
		return nil, err
	}
	if s.cred != nil {
		if err := os.Chown(dir, int(s.cred.Uid), int(s.cred.Gid)); err != nil {
			return nil, err
		}
	}
	out, err := s.command("initdb", "-D", filepath.Join(dir, "data"), "-U", "massagefaq", "--auth=scram-sha-256",
		"--pwfile="+password, "-E", "UTF8", "--locale=C", "--no-sync").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	return s, nil
}

// postgresFolder finds the programs: the newest installed, wherever Debian puts
// them, or those in the path.
func postgresFolder() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		return filepath.Dir(slices.Max(found)), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", err
	}
	return filepath.Dir(path), nil
}

func someoneElse() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid)
			gid, _ := strconv.Atoi(u.Gid)
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("PostgreSQL will not run as root, and there is no user postgres or nobody")
}

func (s *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.cred}
	return cmd
}

// start returns when the server takes connections. It listens on a socket in its
// folder only, so there is no port to collide. A shell holds it by a pipe: when
// this process dies in whatever way, so does the server.
func (s *server) start() error {
	s.cmd = exec.Command("/bin/sh", "-c", `"$0" "$@" & pid=$!; read end; kill -INT $pid; wait $pid`,
		filepath.Join(s.bin, "postgres"), "-D", filepath.Join(s.dir, "data"), "-k", s.dir, "-c", "listen_addresses=", "-c", "fsync=off")
	s.cmd.Dir = s.dir
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.cred}
	stdin, err := s.cmd.StdinPipe()
	if err != nil {
		return err
	}
	s.stdin = stdin
	stderr, err := s.cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(stderr)
	var log []string
	for lines.Scan() {
		if strings.Contains(lines.Text(), "ready to accept connections") {
			go io.Copy(io.Discard, stderr)
			return nil
		}
		log = append(log, lines.Text())
	}
	return fmt.Errorf("postgres did not start: %s", strings.Join(log, "; "))
}

func (s *server) stop() {
	if s.cmd != nil {
		s.stdin.Close()
		s.cmd.Wait()
		s.cmd = nil
	}
}

func (s *server) remove() {
	s.stop()
	os.RemoveAll(s.dir)
}

func (s *server) dsn(database, password string) string {
	return fmt.Sprintf("postgres://massagefaq:%s@/%s?host=%s", password, database, url.QueryEscape(s.dir))
}
