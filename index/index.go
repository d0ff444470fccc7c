// Package index finds the passages that answer a question and says how sure it
// is. It owns Bleve, which no other package imports: candidates come from Bleve's
// postings, and the ranking reads them field by field.
package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"massagefaq/knowledge"
)

// Index answers searches over one body of passages, which Replace swaps whole.
// It is safe for concurrent use.
type Index struct {
	mu     sync.RWMutex // held for reading during a search, so that Replace closes nothing in use
	now    *snapshot
	closed bool
}

// snapshot is everything about one body of content; it never changes.
type snapshot struct {
	finder     *finder
	passages   []knowledge.Passage
	docs       []document
	lex        *lexicon
	vocab      *vocabulary
	titles     []title
	staff      []bool          // by ordinal: the passage is for staff only
	exact      map[string]int  // ordinal by words of a title or phrasing
	average    [fields]float32 // words in each field
	averageAll float32         // words in a passage
	kind       float32         // see prose
	weights    Features        // of the features, for a collection of this kind
	classifier *classifier
	folds      []*classifier // see folded
	foldOnce   sync.Once
	scratch    sync.Pool // *scratch
}

// New indexes passages. Expired passages stay findable: what to say about them is
// not the index's business.
func New(passages []knowledge.Passage, vocab knowledge.Vocabulary) (*Index, error) {
	s, err := newSnapshot(passages, vocab)
	if err != nil {
		return nil, err
	}
	return &Index{now: s}, nil
}

// Replace swaps the content at once: a search sees the old body or the new one.
// On error the old one stays.
func (x *Index) Replace(passages []knowledge.Passage, vocab knowledge.Vocabulary) error {
	s, err := newSnapshot(passages, vocab)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return errors.Join(fmt.Errorf("replace content: %w", errClosed), s.finder.close())
	}
	old := x.now
	x.now = s
	return old.finder.close()
}

var errClosed = errors.New("the index is closed")

// Close frees the index; a search afterwards is an error. Closing twice is none.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	return x.now.finder.close()
}

func newSnapshot(passages []knowledge.Passage, vocab knowledge.Vocabulary) (*snapshot, error) {
	s := &snapshot{passages: passages, lex: newLexicon(), vocab: newVocabulary(vocab)}
	r := newReader(s.lex, s.vocab)
	rows := s.read(r)
	var filled errgroup.Group
	filled.Go(func() (err error) {
		s.finder, err = newFinder(rows)
		return err
	})
	s.finish(r.counts())
	if err := filled.Wait(); err != nil {
		return nil, fmt.Errorf("fill index: %w", err)
	}
	return s, nil
}

// read makes documents of the passages, and what Bleve is to have of them.
func (s *snapshot) read(r *reader) []row {
	rows := make([]row, len(s.passages))
	s.docs = make([]document, len(s.passages))
	s.titles = make([]title, len(s.passages))
	s.staff = make([]bool, len(s.passages))
	s.exact = make(map[string]int, 8*len(s.passages))
	for i := range s.passages {
		d := r.read(&s.passages[i])
		s.docs[i], s.titles[i] = d.document, d.title
		s.staff[i] = s.passages[i].Audience == knowledge.Staff
		s.know(i, d.asked)
		rows[i] = row{d.streams[titleField], d.streams[asksField], d.streams[textField]}
	}
	return rows
}

func (s *snapshot) finish(words map[string]int32) {
	s.lex.close(s.docs)
	s.lex.surface, s.lex.words = words, newWordIndex(words)
	for i := range s.docs {
		d := &s.docs[i]
		d.weigh(s.lex)
		for f := range s.average {
			s.average[f] += float32(d.length[f]) / float32(len(s.docs))
		}
	}
	s.averageAll = max(s.average[0]+s.average[1]+s.average[2], 1)
	s.kind = s.prose()
	if s.classifier = s.newClassifier(); s.classifier != nil {
		s.classifier.train(s.examples(s.classifier), func(*example) bool { return true })
	}
	s.weights = blend(s.kind, s.classifier != nil)
	terms := len(s.lex.df)
	s.scratch.New = func() any { return newScratch(terms) }
}

// A segment of proseFrom words is a short question, one of proseTo a sentence of prose.
const proseFrom, proseTo = 6, 20

// prose says what kind of collection it is: 0 for short questions, 1 for prose.
// They want different weights: a short question has no word to spare.
func (s *snapshot) prose() float32 {
	words, segments := 0, 0
	for i := range s.docs {
		for j := range s.docs[i].segments {
			words += len(s.docs[i].segments[j].terms)
			segments++
		}
	}
	mean := float32(words) / float32(max(segments, 1))
	return min(max((mean-proseFrom)/(proseTo-proseFrom), 0), 1)
}

// Query is one search.
type Query struct {
	Text     string             // the question, tidied
	Context  []string           // earlier questions of the conversation, newest first, that Text leans on
	Audience knowledge.Audience // zero is public
	Topic    knowledge.Topic    // only this topic; empty is all
	Limit    int                // how many hits at most; zero or less is DefaultLimit
}

// DefaultLimit is enough for an answer, its rivals, and related choices.
const DefaultLimit = 8

// Search returns the passages that best answer q, best first. A question
// without a known word gives no hits and no error.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return Result{}, fmt.Errorf("search index: %w", errClosed)
	}
	s := x.now
	sc := s.scratch.Get().(*scratch)
	defer s.release(sc)
	p := s.parse(q, sc)
	if len(p.terms) == 0 {
		return Result{Reading: p.reading()}, nil
	}
	found, err := s.candidates(ctx, p, &q, sc)
	if err != nil {
		return Result{}, err
	}
	s.believe(s.classifier, p, &q, sc)
	found = sc.finalists(found)
	if q.Limit <= 0 {
		q.Limit = DefaultLimit
	}
	n, asked := s.asked(&q)
	if asked && !slices.Contains(found, n) {
		found = append(found, n) // its words are so common that Bleve did not find it
	}
	hits := s.rank(p, found, sc)
	if asked && len(q.Context) == 0 {
		s.prefer(n, hits)
	}
	return Result{Hits: hits[:min(q.Limit, len(hits))], Reading: p.reading()}, nil
}
