package journal

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// connectTimeout is how long to wait for PostgreSQL where the address does not
// say (connect_timeout=…): long enough for another continent.
const connectTimeout = 5 * time.Second

// openPostgres prepares connections to the database at dsn; nothing is dialled yet.
func openPostgres(dsn string) (store, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		// The parser's own words quote the address, and may quote more of it than one likes.
		return store{}, errors.New("open journal: the PostgreSQL address cannot be read: write postgres://user:password@host:5432/database, with signs such as @ # / : in the password as %40 %23 %2F %3A")
	}
	if cfg.ConnectTimeout == 0 || cfg.ConnectTimeout > time.Minute {
		cfg.ConnectTimeout = connectTimeout
	}
	if cfg.RuntimeParams["application_name"] == "" {
		cfg.RuntimeParams["application_name"] = "massagefaq"
	}
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(4)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return store{
		db:      db,
		name:    postgresName(cfg),
		lock:    `SELECT pg_advisory_xact_lock(6227802)`, // any number, the same in every process
		durable: `SET LOCAL synchronous_commit = on`,     // the default, but a server may be set otherwise
		explain: func(err error) string { return explainPostgres(err, cfg) },
		present: func() error { return nil },
	}, nil
}

// postgresName is the address without the password.
func postgresName(cfg *pgx.ConnConfig) string {
	return fmt.Sprintf("postgres://%s@%s/%s", cfg.User, endpoint(cfg), cfg.Database)
}

func endpoint(cfg *pgx.ConnConfig) string {
	if strings.HasPrefix(cfg.Host, "/") {
		return cfg.Host
	}
	return net.JoinHostPort(cfg.Host, strconv.Itoa(int(cfg.Port)))
}

// explainPostgres says what an error of PostgreSQL's, or of the way to it, means
// to whoever runs the bot.
func explainPostgres(err error, cfg *pgx.ConnConfig) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return explainCode(e, cfg)
	}
	_, dial := errors.AsType[*net.OpError](err)
	_, connect := errors.AsType[*pgconn.ConnectError](err)
	switch {
	case strings.Contains(err.Error(), "tls error") || strings.Contains(err.Error(), "server refused TLS"):
		return fmt.Sprintf("no encrypted connection to %s: check its certificate, or the sslmode in the address", endpoint(cfg))
	case dial || connect || errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("cannot reach PostgreSQL at %s: start it, or correct host and port", endpoint(cfg))
	}
	return oneLine(err.Error())
}

// explainCode goes by SQLSTATE, which unlike the words does not change with
// the server's language.
func explainCode(e *pgconn.PgError, cfg *pgx.ConnConfig) string {
	switch e.Code {
	case "28P01":
		return fmt.Sprintf("PostgreSQL refused the password of user %q: correct it in the address", cfg.User)
	case "28000":
		return fmt.Sprintf("PostgreSQL does not let user %q in from here: create the user, or allow it in pg_hba.conf", cfg.User)
	case "3D000":
		return fmt.Sprintf("there is no database %q: create it (createdb %s), or correct the name", cfg.Database, cfg.Database)
	case "42501", "3F000", "25006":
		return fmt.Sprintf("user %q may not make tables in database %q: grant it CREATE on a schema (%s)", cfg.User, cfg.Database, oneLine(e.Message))
	case "53300":
		return "PostgreSQL has no connection left: raise max_connections, or use a pool"
	case "57P03":
		return "PostgreSQL is still starting: try again in a moment"
	}
	return oneLine(e.Error())
}
