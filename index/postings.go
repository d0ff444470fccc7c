package index

import (
	"context"
	"math"

	indexapi "github.com/blevesearch/bleve_index_api"
)

// posting is a passage that has a term in a field.
type posting struct {
	at   int32   // Bleve's number of the passage
	gain float32 // what the term adds to its score, before boosts
}

// A list names the postings of a term in a field.
type list struct {
	term  int32
	field field
}

// mostKept bounds the postings kept decoded, at eight bytes each. People use the
// same few thousand words: once these are read, Bleve is asked for the others only.
const mostKept = 1 << 20

// postings of a term in a field. The list is shared: do not change it.
func (f *finder) postings(ctx context.Context, in field, id int32, term string) ([]posting, error) {
	key := list{id, in}
	if kept, ok := f.kept.Load(key); ok {
		return kept.([]posting), nil
	}
	read, err := f.read(ctx, in, term)
	if err == nil && f.keeping.Add(int64(len(read))) <= mostKept {
		f.kept.Store(key, read)
	}
	return read, err
}

// read asks Bleve. A gain is BM25 as Bleve reckons it: with the root of the count,
// and the square of the rarity.
func (f *finder) read(ctx context.Context, in field, term string) ([]posting, error) {
	postings, err := f.reader.TermFieldReader(ctx, []byte(term), fieldNames[in], true, false, false)
	if err != nil {
		return nil, err
	}
	defer postings.Close()
	n, damping := float64(postings.Count()), f.damping[in]
	idf := math.Log(1 + (float64(len(f.ordinals))-n+0.5)/(n+0.5))
	out := make([]posting, 0, postings.Count())
	var doc indexapi.TermFieldDoc
	for {
		d, err := postings.Next(&doc)
		if err != nil || d == nil {
			return out, err
		}
		at, often := d.ID.Value(), float32(math.Sqrt(float64(d.Freq)))
		out = append(out, posting{int32(at), float32(idf*idf) * often / (often + damping[at])})
	}
}
