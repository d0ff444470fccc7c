package web

import (
	"fmt"
	"net/http"
)

// healthz says that the process answers, to pages of any site: a widget that
// may not ask tells by it a closed door from a house that is not there.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	say(w, http.StatusOK, "ok\n")
}

// readyz says whether questions can be answered, and what needs a look while
// they can.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if s.cfg.Ready != nil {
		if err := s.cfg.Ready(r.Context()); err != nil {
			say(w, http.StatusServiceUnavailable, fmt.Sprintf("not ready: %v\n", err))
			return
		}
	}
	text := "ready\n"
	if s.cfg.Warning != nil {
		if err := s.cfg.Warning(); err != nil {
			text += fmt.Sprintf("warning: %v\n", err)
		}
	}
	say(w, http.StatusOK, text)
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", textKind)
	w.Header().Set("Cache-Control", keepNever)
	w.WriteHeader(status)
	fmt.Fprint(w, text)
}
