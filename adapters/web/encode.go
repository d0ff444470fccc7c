package web

import (
	"math"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// ReplyJSON is the answer to POST /api/ask, and a line of "massagefaq ask -json".
type ReplyJSON struct {
	ID          string             `json:"id"`                // for POST /api/rate
	Kind        bot.Kind           `json:"kind"`              // answer choices unknown urgent handoff smalltalk
	Text        string             `json:"text"`              // Markdown, complete in itself
	HTML        string             `json:"html"`              // the same, as sanitised HTML
	Heading     string             `json:"heading,omitempty"` // for urgent: what to do, in a few words
	Passages    []PassageJSON      `json:"passages"`
	Suggestions []string           `json:"suggestions"`
	Resource    knowledge.Resource `json:"resource,omitempty"` // for urgent: who to turn to
	Actions     []Action           `json:"actions,omitempty"`  // what to do besides reading: numbers to call, a page to book on
	Cut         bool               `json:"cut,omitempty"`      // the question was longer than what is read
}

// PassageJSON is a passage of a reply.
type PassageJSON struct {
	ID       string             `json:"id"`
	Title    string             `json:"title"`
	Text     string             `json:"text"` // Markdown
	HTML     string             `json:"html"` // sanitised
	Topic    knowledge.Topic    `json:"topic"`
	URL      string             `json:"url"`      // its permanent page; starts with / when the server's address is not known
	Reviewed string             `json:"reviewed"` // "2026-11-20"; empty when never
	Sources  []knowledge.Source `json:"sources"`
	Score    float64            `json:"score"`               // probability, 0 to 1, that it answers the question
	Or       bool               `json:"otherwise,omitempty"` // not the answer, but what may have been meant instead
}

// Encode is a reply as the JSON object of POST /api/ask, with nothing known of
// the server or the practice.
func Encode(r bot.Reply) ReplyJSON { return Encoder{}.Encode(r) }

// Encoder makes JSON objects of replies. Its zero value will do.
type Encoder struct {
	Base     string             // public address of the server, put before the passages' own; empty leaves those relative
	Practice knowledge.Practice // for ways to reach it
	html     *htmlCache         // nil: none
}

// Encode is a reply as the JSON object of POST /api/ask.
func (e Encoder) Encode(r bot.Reply) ReplyJSON {
	out := ReplyJSON{
		ID: r.ID, Kind: r.Kind, Text: r.Text, HTML: e.html.of(r.Text), Resource: r.Resource, Cut: r.Cut,
		Heading: heading(r), Actions: actions(r, e.Practice),
		Passages: make([]PassageJSON, 0, len(r.Passages)+len(r.Otherwise)), Suggestions: r.Suggestions,
	}
	if out.Suggestions == nil {
		out.Suggestions = []string{}
	}
	for _, f := range r.Passages {
		out.Passages = append(out.Passages, e.passage(f))
	}
	for _, f := range r.Otherwise {
		p := e.passage(f)
		p.Or = true
		out.Passages = append(out.Passages, p)
	}
	return out
}

func (e Encoder) passage(f bot.Found) PassageJSON {
	p := PassageJSON{
		ID: f.ID, Title: f.Title, Text: f.Text, HTML: e.html.of(f.Text), Topic: f.Topic, URL: f.URL,
		Reviewed: day(f.Reviewed), Sources: f.Sources, Score: math.Round(f.Score*1000) / 1000,
	}
	if p.URL == "" {
		p.URL = e.Base + passagePath(f.Passage)
	}
	if p.Sources == nil {
		p.Sources = []knowledge.Source{}
	}
	return p
}

// passagePath is where a passage stands on the server.
func passagePath(p knowledge.Passage) string { return "/faq/" + p.Slug() }

// day is a date as "2026-11-20"; empty for no date.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// htmlCache remembers the HTML of texts that are shown again and again: every
// passage and every fixed reply. A nil cache remembers nothing.
type htmlCache struct{ kept *lru.Cache[string, string] }

func newHTMLCache() *htmlCache {
	kept, err := lru.New[string, string](1024) // some three times the shipped content
	if err != nil {
		panic(err) // the size is positive
	}
	return &htmlCache{kept}
}

func (c *htmlCache) of(markdown string) string {
	if c == nil {
		return knowledge.HTML(markdown)
	}
	if html, ok := c.kept.Get(markdown); ok {
		return html
	}
	html := knowledge.HTML(markdown)
	c.kept.Add(markdown, html)
	return html
}
