package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"massagefaq/bot"
)

var errPanic = errors.New("a handler panicked")

// Metrics counts what happens, never what was said: no label holds a question,
// a person or an address.
type Metrics struct {
	registry *prometheus.Registry
	replies  *prometheus.CounterVec
	took     *prometheus.HistogramVec
	failed   *prometheus.CounterVec
	ratings  *prometheus.CounterVec
	requests *prometheus.CounterVec
	flying   prometheus.Gauge
}

func newMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		replies: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "massagefaq_replies_total", Help: "Replies by channel and kind."}, []string{"channel", "kind"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "massagefaq_reply_seconds", Help: "Time from having a question to having its reply.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .5, 1, 5}}, []string{"channel"}),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "massagefaq_failures_total", Help: "Questions that could not be answered for a fault of ours."}, []string{"channel"}),
		ratings: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "massagefaq_ratings_total", Help: "Ratings by channel."}, []string{"channel", "helpful"}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "massagefaq_http_requests_total", Help: "HTTP requests by route and status."}, []string{"route", "status"}),
		flying: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "massagefaq_http_requests_in_flight", Help: "HTTP requests being answered now."}),
	}
	m.registry.MustRegister(m.replies, m.took, m.failed, m.ratings, m.requests, m.flying,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Observe counts one reply of any channel.
func (m *Metrics) Observe(c bot.Channel, k bot.Kind, took time.Duration) {
	m.replies.WithLabelValues(string(c), string(k)).Inc()
	m.took.WithLabelValues(string(c)).Observe(took.Seconds())
}

// Fail counts a question that a fault of ours left without a reply.
func (m *Metrics) Fail(c bot.Channel) { m.failed.WithLabelValues(string(c)).Inc() }

// Rated counts one rating.
func (m *Metrics) Rated(c bot.Channel, helpful bool) {
	m.ratings.WithLabelValues(string(c), strconv.FormatBool(helpful)).Inc()
}

// Registry is for collectors of the other channels' own.
func (m *Metrics) Registry() *prometheus.Registry { return m.registry }

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// around counts every request by its route and status.
func (m *Metrics) around(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.flying.Inc()
		defer m.flying.Dec()
		c := &counted{ResponseWriter: w}
		defer func() {
			status := c.status
			if status == 0 {
				status = http.StatusOK
			}
			m.requests.WithLabelValues(route(r), strconv.Itoa(status)).Inc()
		}()
		h.ServeHTTP(c, r)
	})
}

// route is the pattern that took the request, without its method: few values,
// whatever addresses people try.
func route(r *http.Request) string {
	if _, path, ok := strings.Cut(r.Pattern, " "); ok {
		return path
	}
	return r.Pattern
}

// counted remembers the status that was sent.
type counted struct {
	http.ResponseWriter
	status int // 0: nothing sent yet
}

func (c *counted) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	return c.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }
