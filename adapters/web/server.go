package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"massagefaq/bot"
)

// Config is what a Server is made of. Only Bot is needed.
type Config struct {
	Bot     *bot.Bot
	Base    string                      // public address without a slash at its end, "https://faq.example.com"; empty: taken from each request
	Origins []string                    // sites that may embed the widget: "https://example.com", "https://*.example.com", "*"; the same origin always may
	Proxies []string                    // networks whose X-Forwarded-For is believed; nil: this machine and private networks
	PerMin  int                         // questions a minute and client, 0: 30; requests straight from this machine are not counted
	Ready   func(context.Context) error // nil: always ready; an error makes /readyz 503
	Warning func() error                // nil: none; said on /readyz while serving goes on, such as content that could not be reloaded
	Mount   map[string]http.Handler     // other channels' handlers by ServeMux pattern: "POST /slack/events"
	Log     *slog.Logger                // nil discards
}

// Server answers on the web. It is safe for concurrent use.
type Server struct {
	cfg       Config
	bot       *bot.Bot
	log       *slog.Logger
	origins   origins
	proxies   []netip.Prefix
	asking    *limiter // questions and ratings
	typing    *limiter // suggestions while typing, several a question
	metrics   *Metrics
	static    *static
	templates map[string]*template.Template
	sites     sites
	html      *htmlCache
	handler   http.Handler
}

// askTimeout bounds one question; it takes under a millisecond unless the
// machine is drowning.
const askTimeout = 10 * time.Second

// New makes a server. Errors are mistakes in cfg.
func New(cfg Config) (*Server, error) {
	if cfg.Bot == nil {
		return nil, errors.New("web: no bot")
	}
	s := &Server{cfg: cfg, bot: cfg.Bot, log: cfg.Log, metrics: newMetrics(), html: newHTMLCache()}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.addresses(); err != nil {
		return nil, err
	}
	perMin := cfg.PerMin
	if perMin == 0 {
		perMin = 30
	}
	s.asking, s.typing = newLimiter(perMin), newLimiter(perMin*8)
	var err error
	if s.static, err = loadStatic(); err != nil {
		return nil, err
	}
	if s.templates, err = parseTemplates(s.static.url); err != nil {
		return nil, fmt.Errorf("read embedded templates: %w", err)
	}
	s.handler = s.outer(s.routes())
	return s, nil
}

// addresses reads the settings that name places on the network.
func (s *Server) addresses() (err error) {
	s.cfg.Base = strings.TrimRight(s.cfg.Base, "/")
	if s.cfg.Base != "" {
		u, err := url.Parse(s.cfg.Base)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("public address %q: want something like https://faq.example.com", s.cfg.Base)
		}
	}
	if s.origins, err = parseOrigins(s.cfg.Origins); err != nil {
		return err
	}
	s.proxies, err = parseProxies(s.cfg.Proxies)
	return err
}

// Handler answers every route, with what is in Config.Mount.
func (s *Server) Handler() http.Handler { return s.handler }

// Metrics counts replies, for the other channels to count theirs.
func (s *Server) Metrics() *Metrics { return s.metrics }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/ask", s.api(http.MethodPost, s.ask))
	mux.Handle("/api/rate", s.api(http.MethodPost, s.rate))
	mux.Handle("/api/suggest", s.api(http.MethodGet, s.suggest))
	mux.Handle("/api/", s.api("", s.noRoute))
	mux.Handle("GET /openapi.json", s.page(s.openapi))
	mux.Handle("GET /{$}", s.page(s.home))
	mux.Handle("POST /rate", s.page(s.rateForm))
	mux.Handle("GET /faq/{passage...}", s.page(s.passage))
	mux.Handle("GET /demo", s.page(s.demo))
	mux.Handle("GET /demo/site", s.page(s.demoSite))
	mux.Handle("GET /widget.js", s.page(s.widget))
	mux.Handle("GET /static/{hash}/{name}", s.page(s.file))
	mux.Handle("GET /favicon.ico", s.page(s.favicon))
	mux.Handle("GET /robots.txt", s.page(s.robots))
	mux.Handle("GET /sitemap.xml", s.page(s.sitemap))
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("GET /metrics", s.metrics.handler())
	mux.Handle("/", s.page(s.noPage))
	for pattern, h := range s.cfg.Mount {
		mux.Handle(pattern, h)
	}
	return mux
}

// base is the server's public address without a slash at its end: as
// configured, else as the request was addressed.
func (s *Server) base(r *http.Request) string {
	if s.cfg.Base != "" {
		return s.cfg.Base
	}
	scheme := "http"
	if r.TLS != nil || s.trusted(r) && r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
