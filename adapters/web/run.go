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
	drainTimeout  = 30 * time.Second
	maxHeader     = 16 << 10
)

// Run serves h on l until ctx ends, then answers what is under way and returns
// nil. For the first moments after ctx ended it still takes connections: those
// that the system accepted for us and whose question is already on the wire.
func Run(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	var leaving atomic.Bool
	srv := &http.Server{
		Handler:           farewell(&leaving, h),
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
	leaving.Store(true)
	return drain(context.WithoutCancel(ctx), srv, served)
}

// drain waits until every request has its answer.
func drain(ctx context.Context, srv *http.Server, served <-chan error) error {
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-time.After(lastCall):
	}
	ctx, cancel := context.WithTimeout(ctx, drainTimeout)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		srv.Close()
		return fmt.Errorf("stop web server: some requests were still unanswered after %s: %w", drainTimeout, err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// farewell tells clients on their last answer not to use the connection again.
func farewell(leaving *atomic.Bool, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if leaving.Load() {
			w.Header().Set("Connection", "close")
		}
		h.ServeHTTP(w, r)
	})
}
