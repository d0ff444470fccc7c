package index

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	indexapi "github.com/blevesearch/bleve_index_api"
)

// fieldNames are the fields in Bleve, in step with the field constants.
var fieldNames = [fields]string{"title", "asks", "text"}

// finder is a Bleve index with what looking for candidates needs.
type finder struct {
	index    bleve.Index
	reader   indexapi.IndexReader
	ordinals []int32         // of the passages, by Bleve's numbers
	average  [fields]float64 // length of each field as Bleve reckons it
}

// newBleve makes an in-memory scorch index. bleve.NewMemOnly would be the older
// engine, which is ten times slower.
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
		f := bleve.NewTextFieldMapping()
		f.Analyzer = analyzer
		f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	m.DefaultMapping = doc
	return m, nil
}

// row is a passage as Bleve stores it.
type row struct {
	Title string `json:"title"`
	Asks  string `json:"asks"`
	Text  string `json:"text"`
}

// newFinder writes the rows, one a passage, in one batch: in-memory scorch never
// merges segments.
func newFinder(rows []row) (*finder, error) {
	index, err := newBleve()
	if err != nil {
		return nil, err
	}
	f := &finder{index: index}
	if err := f.fill(rows); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

func (f *finder) fill(rows []row) error {
	batch := f.index.NewBatch()
	for i := range rows {
		if err := batch.Index(strconv.Itoa(i), rows[i]); err != nil {
			return err
		}
	}
	if err := f.index.Batch(batch); err != nil {
		return err
	}
	low, err := f.index.Advanced()
	if err != nil {
		return err
	}
	if f.reader, err = low.Reader(); err != nil {
		return err
	}
	if err := f.number(len(rows)); err != nil {
		return err
	}
	return f.measure(len(rows))
}

// number learns which passage is which: Bleve numbers them as it pleases.
func (f *finder) number(n int) error {
	f.ordinals = make([]int32, n)
	ids, err := f.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer ids.Close()
	for {
		id, err := ids.Next()
		if err != nil || id == nil {
			return err
		}
		name, err := f.reader.ExternalID(id)
		if err != nil {
			return err
		}
		i, err := strconv.Atoi(name)
		if at := id.Value(); err != nil || at >= uint64(n) {
			return fmt.Errorf("passage %q is number %d of %d", name, at, n)
		}
		f.ordinals[id.Value()] = int32(i)
	}
}

// measure takes the average length of the fields. Bleve reckons it by the
// different words in a field, not by all, and the boosts are fitted to that.
func (f *finder) measure(n int) error {
	r, ok := f.reader.(indexapi.BM25Reader)
	if !ok {
		return errors.New("the index does not know how long its fields are")
	}
	for i, name := range fieldNames {
		words, err := r.FieldCardinality(name)
		if err != nil {
			return err
		}
		f.average[i] = math.Ceil(float64(words) / float64(max(n, 1)))
	}
	return nil
}

func (f *finder) close() error {
	var err error
	if f.reader != nil {
		err = f.reader.Close()
	}
	return errors.Join(err, f.index.Close())
}
