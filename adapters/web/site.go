package web

import (
	"html/template"
	"strings"
	"sync"
	"time"

	"massagefaq/knowledge"
)

// site is everything that is made of one state of the content, kept until the
// content changes or a new day may put an answer out of date.
type site struct {
	of      string // the content's digest and the day
	topics  []topic
	bySlug  map[string]*entry
	byTitle map[string]*entry // lower case
	script  func() (*asset, error)
	mu      sync.Mutex
	pages   map[string]*asset // by base and path
	bases   map[string]bool
}

// topic is a chapter of the FAQ.
type topic struct {
	ID      knowledge.Topic
	Title   string
	Entries []*entry
}

// entry is a passage as the pages show it.
type entry struct {
	knowledge.Passage
	HTML    template.HTML // sanitised by package knowledge
	Path    string        // "/faq/insurance/covered"
	Related []*entry
}

// maxBases is how many public addresses pages are kept for. Who comes under
// one more, or under names made up to fill this place, gets pages without
// absolute addresses.
const maxBases = 4

// sites holds the site in use.
type sites struct {
	mu  sync.Mutex
	now *site
}

// site is the site of the content in use.
func (s *Server) site() *site {
	of := s.bot.Digest() + " " + time.Now().UTC().Format(time.DateOnly)
	s.sites.mu.Lock()
	defer s.sites.mu.Unlock()
	if s.sites.now == nil || s.sites.now.of != of {
		s.sites.now = s.build(of)
	}
	return s.sites.now
}

func (s *Server) build(of string) *site {
	t := &site{of: of, bySlug: map[string]*entry{}, byTitle: map[string]*entry{}, pages: map[string]*asset{}, bases: map[string]bool{}}
	byID := map[string]*entry{}
	byTopic := map[knowledge.Topic][]*entry{}
	for _, p := range s.bot.Passages(knowledge.Public) {
		e := &entry{Passage: p, HTML: template.HTML(s.html.of(p.Text)), Path: passagePath(p)}
		t.bySlug[p.Slug()], t.byTitle[strings.ToLower(p.Title)], byID[p.ID] = e, e, e
		byTopic[p.Topic] = append(byTopic[p.Topic], e)
	}
	for _, e := range byID {
		for _, id := range e.Passage.Related {
			if other := byID[id]; other != nil {
				e.Related = append(e.Related, other)
			}
		}
	}
	for _, id := range knowledge.Topics {
		if es := byTopic[id]; len(es) > 0 {
			t.topics = append(t.topics, topic{ID: id, Title: id.Title(), Entries: es})
		}
	}
	t.script = sync.OnceValues(func() (*asset, error) { return s.script(t) })
	return t
}

// first is the first entry of a topic, nil without any.
func (t *site) first(id knowledge.Topic) *entry {
	for _, topic := range t.topics {
		if topic.ID == id {
			return topic.Entries[0]
		}
	}
	return nil
}

// starterTopics are what newcomers ask about; the later ones stand in for
// topics that the content does not have.
var starterTopics = []knowledge.Topic{
	knowledge.Conditions, knowledge.Insurance, knowledge.Session, knowledge.Booking,
	knowledge.About, knowledge.Preparation, knowledge.Cost, knowledge.Aftercare, knowledge.Benefits, knowledge.Safety,
}

// starters are four questions to begin with, each of another topic.
func (t *site) starters() []*entry {
	var out []*entry
	for _, id := range starterTopics {
		if e := t.first(id); e != nil && len(out) < 4 {
			out = append(out, e)
		}
	}
	return out
}

// page is a kept page, made by render when it is asked for the first time.
func (t *site) page(base, path string, render func(base string) (*asset, error)) (*asset, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.bases[base] {
		if len(t.bases) >= maxBases {
			base = ""
		}
		t.bases[base] = true
	}
	key := base + " " + path
	if a := t.pages[key]; a != nil {
		return a, nil
	}
	a, err := render(base)
	if err == nil {
		t.pages[key] = a
	}
	return a, err
}
