package web

import (
	"net/http"
	"runtime/debug"
	"strings"
)

// policy is the Content-Security-Policy of every page here. It is the one that
// README.md documents for other sites, with what the pages add: their style
// sheet, their icon and their forms.
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

// outer is what stands around every route: security headers, and an answer
// even when a handler panics.
func (s *Server) outer(h http.Handler) http.Handler {
	https := strings.HasPrefix(s.cfg.Base, "https://")
	return s.metrics.around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header(), https)
		defer s.rescue(w, r)
		h.ServeHTTP(w, r)
	}))
}

func setHeaders(h http.Header, https bool) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if https {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// rescue answers for a handler that panicked before it wrote anything. After
// that the connection is cut, so that nobody takes half an answer for a whole one.
func (s *Server) rescue(w http.ResponseWriter, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	if v == http.ErrAbortHandler {
		panic(v)
	}
	s.log.Error("panic in a web handler", "path", r.URL.Path, "panic", v, "stack", string(debug.Stack()))
	if c, ok := w.(*counted); ok && c.status != 0 {
		panic(http.ErrAbortHandler)
	}
	p, _ := asProblem(errPanic)
	p.write(w)
}
