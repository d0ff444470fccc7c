package web

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// origins are the sites that may call the API from a browser, as patterns.
type origins []string

// parseOrigins reads the patterns. A star stands for part of a host, or for a
// port, or alone for every site.
func parseOrigins(patterns []string) (origins, error) {
	var out origins
	for _, p := range patterns {
		p = strings.ToLower(strings.TrimSpace(p))
		if p == "" {
			continue
		}
		if _, err := path.Match(p, ""); err != nil || p != "*" && !originShaped(p) {
			return nil, fmt.Errorf(`origin %q: want a site such as https://example.com or https://*.example.com, or * for all`, p)
		}
		out = append(out, p)
	}
	return out, nil
}

func originShaped(p string) bool {
	scheme, host, ok := strings.Cut(p, "://")
	return ok && (scheme == "https" || scheme == "http") && host != "" && !strings.ContainsAny(host, "/?#@ ")
}

// allow reports whether pages of the origin may call.
func (o origins) allow(origin string) bool {
	origin = strings.ToLower(origin)
	for _, p := range o {
		if p == "*" || p == origin {
			return true
		}
		if ok, _ := path.Match(p, origin); ok && strings.Contains(origin, "://") {
			return true
		}
	}
	return false
}

// crossing is the origin of a request from another site's page, "" for any
// other request.
func (s *Server) crossing(r *http.Request) string {
	origin := r.Header.Get("Origin")
	if origin == "" || r.Header.Get("Sec-Fetch-Site") == "same-origin" {
		return ""
	}
	if u, err := url.Parse(origin); err == nil && u.Host != "" && (u.Host == r.Host || origin == s.cfg.Base) {
		return ""
	}
	return origin
}

// admit refuses requests from pages of sites that are not permitted, and lets
// the browser show the answer to those that are.
func (s *Server) admit(w http.ResponseWriter, r *http.Request) error {
	w.Header().Add("Vary", "Origin")
	origin := s.crossing(r)
	if origin == "" {
		return nil
	}
	if !s.origins.allow(origin) {
		return newProblem(http.StatusForbidden, "Pages of %s may not ask here. The owner of this server can add that origin to WIDGET_ORIGINS.", origin)
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Expose-Headers", "Retry-After")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return nil
}

// preflight answers a browser's question whether a page may make a call.
func (s *Server) preflight(w http.ResponseWriter, r *http.Request, method string) {
	if err := s.admit(w, r); err != nil {
		p, _ := asProblem(err)
		p.write(w)
		return
	}
	h := w.Header()
	h.Set("Allow", method+", OPTIONS")
	h.Set("Access-Control-Allow-Methods", method)
	h.Set("Access-Control-Allow-Headers", "Content-Type")
	h.Set("Access-Control-Max-Age", "7200")
	w.WriteHeader(http.StatusNoContent)
}
