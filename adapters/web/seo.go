package web

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"

	"massagefaq/knowledge"
)

// faqData is schema.org's FAQPage of the entries, for search engines.
func faqData(base string, entries []*entry) any {
	type answer struct {
		Type string `json:"@type"`
		Text string `json:"text"`
	}
	type question struct {
		Type   string `json:"@type"`
		Name   string `json:"name"`
		URL    string `json:"url,omitempty"`
		Answer answer `json:"acceptedAnswer"`
	}
	questions := make([]question, len(entries))
	for i, e := range entries {
		questions[i] = question{Type: "Question", Name: e.Title, Answer: answer{"Answer", string(e.HTML)}}
		if base != "" {
			questions[i].URL = base + e.Path
		}
	}
	return struct {
		Context  string     `json:"@context"`
		Type     string     `json:"@type"`
		Language string     `json:"inLanguage"`
		Entities []question `json:"mainEntity"`
	}{"https://schema.org", "FAQPage", "en", questions}
}

// summary is the beginning of an answer in plain text, at most some 155
// characters, whole sentences if one fits.
func summary(markdown string) string {
	text := strings.Join(strings.Fields(knowledge.Plain(markdown)), " ")
	if len(text) <= 155 {
		return text
	}
	cut := clip(text, 155)
	if i := strings.LastIndex(cut, ". "); i > 60 {
		return cut[:i+1]
	}
	if i := strings.LastIndex(cut, " "); i > 0 {
		cut = cut[:i]
	}
	return cut + "\u2026"
}

func (s *Server) robots(w http.ResponseWriter, r *http.Request) error {
	body := fmt.Sprintf("User-agent: *\nDisallow: /api/\nDisallow: /*?q=\n\nSitemap: %s/sitemap.xml\n", s.base(r))
	newAsset(textKind, keepAsk, []byte(body)).ServeHTTP(w, r)
	return nil
}

// sitemap lists the pages with the day of their last review.
func (s *Server) sitemap(w http.ResponseWriter, r *http.Request) error {
	type location struct {
		Loc  string `xml:"loc"`
		Last string `xml:"lastmod,omitempty"`
	}
	base := s.base(r)
	list := struct {
		XMLName xml.Name   `xml:"urlset"`
		NS      string     `xml:"xmlns,attr"`
		URLs    []location `xml:"url"`
	}{NS: "http://www.sitemaps.org/schemas/sitemap/0.9", URLs: []location{{Loc: base + "/"}}}
	for _, t := range s.site().topics {
		for _, e := range t.Entries {
			list.URLs = append(list.URLs, location{base + e.Path, day(e.Reviewed)})
		}
	}
	body, err := xml.MarshalIndent(list, "", " ")
	if err != nil {
		return fmt.Errorf("write sitemap: %w", err)
	}
	w.Header().Set("Content-Type", "application/xml")
	w.Header().Set("Cache-Control", keepAsk)
	sendOnce(w, r, http.StatusOK, append([]byte(xml.Header), body...))
	return nil
}
