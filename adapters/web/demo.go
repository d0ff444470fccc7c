package web

import "net/http"

// demo answers GET /demo: the widget in a site, and the snippet to embed it.
func (s *Server) demo(w http.ResponseWriter, r *http.Request) error {
	t := s.site()
	a, err := t.page(s.base(r), "/demo", func(base string) (*asset, error) {
		v, err := s.view(t, base)
		if err != nil {
			return nil, err
		}
		v.Title, v.Canonical = "The widget on your site", "/demo"
		v.Description = "See the chat widget in a page, set its options, and copy the line that embeds it."
		return s.kept("demo", v)
	})
	if err != nil {
		return err
	}
	a.ServeHTTP(w, r)
	return nil
}
