package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"massagefaq/knowledge"
)

//go:embed templates
var templateFiles embed.FS

// parseTemplates reads each page with the layout around it. static gives the
// address of a static file.
func parseTemplates(static func(string) (string, error)) (map[string]*template.Template, error) {
	funcs := template.FuncMap{"static": static, "date": longDate, "tel": tel, "link": link}
	layout, err := template.New("layout.html").Funcs(funcs).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	out := map[string]*template.Template{}
	for _, n := range []string{"home", "passage", "problem", "demo"} {
		page, err := layout.Clone()
		if err != nil {
			return nil, err
		}
		if out[n], err = page.ParseFS(templateFiles, "templates/"+n+".html"); err != nil {
			return nil, err
		}
	}
	if out["site"], err = template.New("layout.html").Funcs(funcs).ParseFS(templateFiles, "templates/site.html"); err != nil {
		return nil, err
	}
	out["site"] = out["site"].Lookup("site.html")
	return out, nil
}

// longDate is a day as people say it: "20 November 2026".
func longDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}

// view is what a page shows. Every page has the upper part.
type view struct {
	Title       string // of the window
	Description string // for search engines and link previews
	Canonical   string // path; empty on pages that nobody should keep
	Base        string // put before paths that must be absolute; may be empty
	Practice    knowledge.Practice
	Script      string // address of widget.js
	Query       string // in the search field
	Topics      []topic
	Data        any // JSON-LD, nil for none

	Starters []*entry
	Reply    *replyView
	Thread   string // for follow-up questions without JavaScript
	Thanks   bool   // a rating has just been given
	Entry    *entry
	Topic    topic
	Problem  *problem
	Near     []*entry
}

// view begins a page.
func (s *Server) view(t *site, base string) (*view, error) {
	script, err := t.script()
	if err != nil {
		return nil, err
	}
	return &view{
		Base: base, Practice: s.bot.Practice(), Topics: t.topics, Starters: t.starters(),
		Script: "/widget.js?v=" + script.hash,
	}, nil
}

// Name is who speaks: the practice, or what the page is about.
func (v *view) Name() string {
	if v.Practice.Name != "" {
		return v.Practice.Name
	}
	return "Medical massage FAQ"
}

// render makes a page. Nothing is sent, so an error can still become one.
func (s *Server) render(name string, v *view) ([]byte, error) {
	var b bytes.Buffer
	if err := s.templates[name].Execute(&b, v); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// page makes a route for people: errors become pages.
func (s *Server) page(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		p, ours := asProblem(err)
		if ours {
			s.log.Error("page request", "path", r.URL.Path, "err", err)
		}
		if wantsJSON(r) || s.problemPage(w, r, p) != nil {
			p.write(w)
		}
	})
}

// wantsJSON reports whether the caller is a program rather than a browser.
func wantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "json") && !strings.Contains(accept, "text/html")
}

// problemPage shows what went wrong and where to go on.
func (s *Server) problemPage(w http.ResponseWriter, r *http.Request, p *problem) error {
	t := s.site()
	v, err := s.view(t, "")
	if err != nil {
		return err
	}
	v.Title, v.Problem = p.Title, p
	if p.Status == http.StatusNotFound {
		words := strings.NewReplacer("/", " ", "-", " ", "_", " ", ".md", " ", ".html", " ", "faq", " ").Replace(r.URL.Path)
		v.Near = s.near(t, r, words)
	}
	body, err := s.render("problem", v)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", htmlKind)
	h.Set("Cache-Control", keepNever)
	if p.Retry > 0 {
		h.Set("Retry-After", fmt.Sprint(int(p.Retry.Seconds())+1))
	}
	if p.Allow != "" {
		h.Set("Allow", p.Allow)
	}
	sendOnce(w, r, p.Status, body)
	return nil
}

// near are entries that someone may have meant.
func (s *Server) near(t *site, r *http.Request, words string) []*entry {
	var out []*entry
	for _, p := range s.bot.Suggest(r.Context(), clip(strings.TrimSpace(words), 200), knowledge.Public, suggestions) {
		if e := t.bySlug[p.Slug()]; e != nil {
			out = append(out, e)
		}
	}
	return out
}

// noPage answers for every address without a route.
func (s *Server) noPage(_ http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		p := newProblem(http.StatusMethodNotAllowed, "This address can only be read.")
		p.Allow = "GET, HEAD"
		return p
	}
	return newProblem(http.StatusNotFound, "There is no page at this address. It may have moved, or the link was cut short.")
}

// kept renders a page to be sent often.
func (s *Server) kept(name string, v *view) (*asset, error) {
	body, err := s.render(name, v)
	if err != nil {
		return nil, err
	}
	return newPage(body), nil
}

// homePage is the FAQ by topic.
func (s *Server) homePage(t *site, base string) (*asset, error) {
	v, err := s.view(t, base)
	if err != nil {
		return nil, err
	}
	v.homeTexts()
	v.Canonical = "/"
	var all []*entry
	for _, topic := range t.topics {
		all = append(all, topic.Entries...)
	}
	v.Data = faqData(base, all)
	return s.kept("home", v)
}

func (v *view) homeTexts() {
	v.Title = "Medical massage: questions and answers"
	v.Description = "Plain, reviewed answers on medical massage: what it helps, who pays, how to prepare, what happens, and when not to have it. With sources."
}

// home answers GET /, and with ?q= the question asked there.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	if strings.TrimSpace(query.Get("q")) != "" {
		return s.answerPage(w, r, query)
	}
	t := s.site()
	a, err := t.page(s.base(r), "/", func(base string) (*asset, error) { return s.homePage(t, base) })
	if err != nil {
		return err
	}
	a.ServeHTTP(w, r)
	return nil
}
