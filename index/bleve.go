package index

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

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
	ordinals []int32           // of the passages, by Bleve's numbers
	damping  [fields][]float32 // by Bleve's number: what BM25 adds to the count of a term for the field's length
	kept     sync.Map          // list to []posting, those read before
	keeping  atomic.Int64      // how many postings kept may hold
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

// length is how many terms a field has.
func (r *row) length(f field) int {
	return strings.Count([fields]string{r.Title, r.Asks, r.Text}[f], " ") // one after each term
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
	return f.damp(rows)
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

// damp reckons with the length of the fields. Bleve's average is by the different
// words in a field, not by all, and the boosts are fitted to that.
func (f *finder) damp(rows []row) error {
	r, ok := f.reader.(indexapi.BM25Reader)
	if !ok {
		return errors.New("the index does not know how long its fields are")
	}
	for in, name := range fieldNames {
		words, err := r.FieldCardinality(name)
		if err != nil {
			return err
		}
		average := math.Ceil(float64(words) / float64(len(rows)))
		f.damping[in] = make([]float32, len(rows))
		for at, i := range f.ordinals {
			f.damping[in][at] = float32(k1 * (1 - bText + bText*float64(rows[i].length(field(in)))/average))
		}
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
