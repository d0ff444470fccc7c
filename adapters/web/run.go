package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

const (
	headerTimeout = 5 * time.Second  // to send the request's head
	readTimeout   = 20 * time.Second // to send all of it, on a bad phone line
	writeTimeout  = 40 * time.Second // from the head's end to our last byte
	idleTimeout   = 2 * time.Minute  // between the requests of one connection
	lastCall      = 200 * time.Millisecond
	longestCall   = 10 * time.Second // however many still come
	drainTimeout  = 30 * time.Second // the last call among it
	maxHeader     = 16 << 10
)

// Run serves h on l until ctx ends, then answers what is under way and returns
// nil. Until nobody has come or asked for a moment it still takes connections:
// those that the system accepted for us and whose question is already on the
// wire. http.Server.Shutdown would drop the questions that it has not yet read.
func Run(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	var t traffic
	srv := &http.Server{
		Handler:           t.farewell(h),
		ConnState:         func(net.Conn, http.ConnState) { t.moves.Add(1) },
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // mostly scanners' broken handshakes
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	t.leaving.Store(true)
	return t.drain(context.WithoutCancel(ctx), srv, served)
}

// traffic is what goes on at a server.
type traffic struct {
	leaving atomic.Bool
	inside  atomic.Int64 // requests in their handlers
	moves   atomic.Int64 // how often a connection has begun, asked, been answered or ended
}

// farewell tells clients on their last answer not to use the connection again.
func (t *traffic) farewell(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.inside.Add(1)
		defer t.inside.Add(-1)
		if t.leaving.Load() {
			w.Header().Set("Connection", "close")
		}
		h.ServeHTTP(w, r)
	})
}

// drain waits until every request has its answer.
func (t *traffic) drain(ctx context.Context, srv *http.Server, served <-chan error) error {
	ctx, cancel := context.WithTimeout(ctx, drainTimeout)
	defer cancel()
	if err := t.lull(served); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	if err := srv.Shutdown(ctx); err != nil {
		srv.Close()
		return fmt.Errorf("stop web server: some requests were still unanswered after %s: %w", drainTimeout, err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// lull returns once nothing has moved for lastCall, seen in ten looks: after a
// pause of the whole machine one look alone would miss who has waited just as
// long. The error is the server's, should it end.
func (t *traffic) lull(served <-chan error) error {
	late := time.After(longestCall)
	for seen, still := int64(-1), 0; still < 10; still++ {
		select {
		case err := <-served:
			return err
		case <-late:
			return nil
		case <-time.After(lastCall / 10):
		}
		if now := t.moves.Load(); now != seen || t.inside.Load() > 0 {
			seen, still = now, -1
		}
	}
	return nil
}
