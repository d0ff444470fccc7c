package index

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	indexapi "github.com/blevesearch/bleve_index_api"

	"massagefaq/knowledge"
)

// fieldNames are the fields in Bleve, in step with the field constants.
var fieldNames = [fields]string{"title", "asks", "text"}

// fieldBoost is the weight of a hit in each field when looking for candidates. A
// title is short, so BM25 favours it already: boosted, it costs recall on prose.
// The ranking proper (score.go) reads every field anew.
var fieldBoost = [fields]float64{0.6, 1, 1}

// newBleve makes an in-memory scorch index. bleve.NewMemOnly would be the older
// engine, which ignores BM25 without a word and is ten times slower.
func newBleve() (bleve.Index, error) {
	m, err := newMapping()
	if err != nil {
		return nil, err
	}
	return bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
}

// newMapping takes fields that analyze has already turned into terms: the words
// are analysed once, in one place, and Bleve only splits them at spaces.
func newMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = indexapi.BM25Scoring
	const analyzer = "terms"
	err := m.AddCustomAnalyzer(analyzer, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name})
	if err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range fieldNames {
		doc.AddFieldMappingsAt(name, fieldMapping(analyzer))
	}
	for _, name := range []string{"audience", "topic"} {
		doc.AddFieldMappingsAt(name, fieldMapping(keyword.Name))
	}
	m.DefaultMapping = doc
	return m, nil
}

func fieldMapping(analyzer string) *mapping.FieldMapping {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = analyzer
	f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
	return f
}

// row is a passage as Bleve stores it.
type row struct {
	Title    string `json:"title"`
	Asks     string `json:"asks"`
	Text     string `json:"text"`
	Audience string `json:"audience"`
	Topic    string `json:"topic"`
}

func newRow(p *knowledge.Passage, streams [fields]string) row {
	return row{streams[titleField], streams[asksField], streams[textField], string(p.Audience), string(p.Topic)}
}

// candidates asks Bleve for the passages worth ranking, as ordinals.
func (s *snapshot) candidates(ctx context.Context, q *parsed, opts Query) ([]int, error) {
	find := query.NewBooleanQuery(nil, []query.Query{s.disjunction(q)}, nil)
	find.SetMinShould(1)
	if opts.Audience != knowledge.Staff {
		find.AddMustNot(fieldTerm("audience", string(knowledge.Staff), 1))
	}
	if opts.Topic != "" {
		find.AddMust(fieldTerm("topic", string(opts.Topic), 1))
	}
	req := bleve.NewSearchRequestOptions(find, candidateCount(len(s.docs)), 0, false)
	res, err := s.bleve.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	out := make([]int, 0, len(res.Hits))
	for _, h := range res.Hits {
		n, err := strconv.Atoi(h.ID)
		if err != nil {
			return nil, fmt.Errorf("search index: document id %q: %w", h.ID, err)
		}
		out = append(out, n)
	}
	return out, nil
}

func (s *snapshot) disjunction(q *parsed) query.Query {
	var list []query.Query
	for _, t := range s.finding(q) {
		for f, name := range fieldNames {
			list = append(list, fieldTerm(name, t.text, fieldBoost[f]*float64(t.weight)))
		}
	}
	return query.NewDisjunctionQuery(list)
}

func fieldTerm(field, term string, boost float64) query.Query {
	t := query.NewTermQuery(term)
	t.SetField(field)
	t.SetBoost(boost)
	return t
}

// postingBudget bounds how many postings one question may read, growing with the
// square root of the number of passages: common words find nothing that rarer
// ones do not, and they are all still scored when ranking.
func postingBudget(passages int) int { return 3000 + 60*int(math.Sqrt(float64(passages))) }

// finding picks the terms that look for candidates: rarest first, until the
// budget is spent; function words only while the others find too little.
func (s *snapshot) finding(q *parsed) []queryTerm {
	terms := append([]queryTerm(nil), q.terms...)
	sort.SliceStable(terms, func(i, j int) bool {
		if terms[i].function != terms[j].function {
			return terms[j].function
		}
		return s.lex.df[terms[i].id] < s.lex.df[terms[j].id]
	})
	budget, enough, n := postingBudget(len(s.docs)), candidateCount(len(s.docs)), 0
	for i, t := range terms {
		if t.function && n >= enough || i >= maxFindingTerms {
			return terms[:i]
		}
		n += int(s.lex.df[t.id])
		if n > budget && i > 1 {
			return terms[:i]
		}
	}
	return terms
}

const (
	fewCandidates   = 40  // passages ranked in full in a small collection
	manyCandidates  = 120 // ... in a large one, where Bleve's order is the rougher
	largeCollection = 2000
	maxFindingTerms = 24 // terms that look for candidates
)

// candidateCount is how many passages are ranked in full.
func candidateCount(passages int) int {
	return fewCandidates + (manyCandidates-fewCandidates)*min(passages, largeCollection)/largeCollection
}
