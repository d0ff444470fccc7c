package web

import (
	"net/http"
	"strings"
)

// passage answers GET /faq/{passage}, under its slug; other spellings of its
// name are sent there.
func (s *Server) passage(w http.ResponseWriter, r *http.Request) error {
	t, name := s.site(), r.PathValue("passage")
	if e := t.bySlug[name]; e != nil {
		a, err := t.page(s.base(r), e.Path, func(base string) (*asset, error) { return s.passagePage(t, e, base) })
		if err != nil {
			return err
		}
		a.ServeHTTP(w, r)
		return nil
	}
	if to := t.moved(name); to != "" {
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return nil
	}
	return newProblem(http.StatusNotFound, "There is no answer under this name. It may have been renamed, or the link was cut short.")
}

// moved is where a passage's page is when asked for by its ID, with a slash too
// many, in capitals, or by its topic alone; "" when nobody knows.
func (t *site) moved(name string) string {
	name = strings.ToLower(strings.Trim(name, "/"))
	if file, anchor, ok := strings.Cut(name, "#"); ok {
		name = strings.TrimSuffix(file, ".md") + "/" + anchor
	}
	if e := t.bySlug[name]; e != nil {
		return e.Path
	}
	for _, topic := range t.topics {
		if string(topic.ID) == name {
			return "/#" + name
		}
	}
	if name == "" {
		return "/"
	}
	return ""
}

func (s *Server) passagePage(t *site, e *entry, base string) (*asset, error) {
	v, err := s.view(t, base)
	if err != nil {
		return nil, err
	}
	v.Title, v.Description, v.Canonical, v.Entry = e.Title, summary(e.Text), e.Path, e
	v.Data = faqData(base, []*entry{e})
	for _, topic := range t.topics {
		if topic.ID == e.Topic {
			v.Topic = topic
		}
	}
	return s.kept("passage", v)
}
