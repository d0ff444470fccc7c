package web

import "net/http"

// framed is the policy of the demo, which shows a page of its own in a frame.
const framed = policy + "; frame-src 'self'"

// demo answers GET /demo: the widget in a site, and the snippet to embed it.
func (s *Server) demo(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Security-Policy", framed)
	return s.shown(w, r, "demo", "/demo", func(v *view) {
		v.Title = "The chat on your own site"
		v.Script = "" // one chat is enough, the one in the frame
		v.Description = "See the chat widget in a page, set its options, and copy the line that embeds it."
	})
}

// demoSite answers GET /demo/site: the site in the frame.
func (s *Server) demoSite(w http.ResponseWriter, r *http.Request) error {
	return s.shown(w, r, "site", "/demo/site", func(*view) {})
}

// shown sends a page that is the same for everyone; fill says what is on it.
func (s *Server) shown(w http.ResponseWriter, r *http.Request, name, path string, fill func(*view)) error {
	t := s.site()
	a, err := t.page(s.base(r), path, func(base string) (*asset, error) {
		v, err := s.view(t, base)
		if err != nil {
			return nil, err
		}
		v.Canonical = path
		fill(v)
		return s.kept(name, v)
	})
	if err != nil {
		return err
	}
	a.ServeHTTP(w, r)
	return nil
}
