package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"massagefaq/adapters/web"
	"massagefaq/bot"
	"massagefaq/bot/journal"
)

// serve is the product.
type serve struct {
	content
	Listen  string   `help:"Address to listen on." default:"localhost:8080" setting:"LISTEN"`
	Journal string   `help:"Where questions and ratings are kept: a SQLite file, or postgres://…" default:"massagefaq.db" placeholder:"PATH" setting:"JOURNAL"`
	Base    string   `help:"Public address of this server, for permanent links." placeholder:"URL" setting:"PUBLIC_URL"`
	Origins []string `name:"widget-origins" help:"Sites that may embed the widget, separated by commas." setting:"WIDGET_ORIGINS"`
	chatFlags
	PerMin int `name:"rate" help:"Questions a minute and client." default:"30" setting:"RATE"`
}

// Run is "massagefaq serve".
func (s *serve) Run(w *world) (err error) {
	if s.PerMin < 1 {
		return fmt.Errorf("serve -rate %d: want at least 1 question a minute", s.PerMin)
	}
	// The port first: a second copy must not touch the first one's journal. Then
	// the content: without any there is nothing to keep a journal of.
	listener, err := listen(w.ctx, s.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	f, err := s.load()
	if err != nil {
		return err
	}
	j, err := journal.Open(w.ctx, s.Journal, journal.Options{Logger: w.log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeJournal(j)) }()
	b, err := s.botOf(w, f, j)
	if err != nil {
		return err
	}
	defer b.Close()
	return s.all(w, b, j, listener)
}

// all runs every channel until ctx ends or the web fails. A chat that cannot go
// on is logged; the others stay.
func (s *serve) all(w *world, b *bot.Bot, j *journal.Journal, listener net.Listener) error {
	var broken reloadError
	chats, mount, err := s.channels(w, b, j)
	if err != nil {
		return err
	}
	server, err := web.New(web.Config{Bot: b, Base: s.Base, Origins: s.Origins, PerMin: s.PerMin, Ready: j.Ready,
		Warning: broken.get, Mount: mount, Log: w.log})
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(w.ctx)
	g.Go(func() error { return web.Run(ctx, listener, server.Handler(), w.log) })
	if s.Knowledge != "" {
		g.Go(func() error { return watch(ctx, &s.content, b, &broken, w.log) })
	}
	for _, c := range chats {
		g.Go(func() error {
			if err := c.run(ctx); err != nil {
				w.log.Error(c.name+" is off", "err", err)
			}
			return nil
		})
	}
	fmt.Fprintf(w.stdout, "massagefaq answers on http://%s\n", shown(listener.Addr()))
	return g.Wait()
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("listen on %s: the port is in use; stop the other program, or choose another port with -listen", address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("listen on %s: not allowed; ports below 1024 need privileges, choose another with -listen", address)
	case err != nil:
		return nil, fmt.Errorf("listen on %s: %w; want something like localhost:8080", address, err)
	}
	return l, nil
}

// shown is an address as a browser on this machine wants it.
func shown(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	if ip := net.ParseIP(host); ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// closeJournal writes what is queued; it does not use the command's context,
// which has ended by then.
func closeJournal(j *journal.Journal) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return j.Close(ctx)
}

// reloadError is what is wrong with content that was changed while serving.
type reloadError struct{ err atomic.Pointer[error] }

func (r *reloadError) set(err error) {
	if err == nil {
		r.err.Store(nil)
		return
	}
	r.err.Store(&err)
}

func (r *reloadError) get() error {
	if err := r.err.Load(); err != nil {
		return *err
	}
	return nil
}
