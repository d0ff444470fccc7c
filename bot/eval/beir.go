package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A Collection is a folder in BEIR layout.
type Collection struct {
	Name   string // the folder's
	Docs   []Document
	Sets   []QuerySet // what can be answered: "test" first, then others by name
	Silent []QuerySet // what cannot: "oos" and its like, by name
}

// A Document is one line of corpus.jsonl.
type Document struct {
	ID       string          `json:"_id"`
	Title    string          `json:"title"`
	Text     string          `json:"text"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
}

// A QuerySet is one file of queries with its judgements.
type QuerySet struct {
	Name    string // "test", "typo", "oos"
	Queries []Query
	Grades  map[string]Grades // by query id; empty for queries that cannot be answered
}

// A Query is one line of a queries file.
type Query struct {
	ID    string   `json:"_id"`
	Text  string   `json:"text"`
	Given []string `json:"-"` // documents already given in its conversation, never ranked again
}

// LoadBEIR reads a folder in BEIR layout; the package comment says which files.
// Errors name file and line.
func LoadBEIR(dir string) (Collection, error) {
	c := Collection{Name: filepath.Base(filepath.Clean(dir))}
	var err error
	if c.Docs, err = readJSONL(filepath.Join(dir, "corpus.jsonl"), func(d Document) string { return d.ID }); err != nil {
		return c, err
	}
	files, err := filepath.Glob(filepath.Join(escapeGlob(dir), "queries*.jsonl"))
	if err != nil {
		return c, err
	}
	if !slices.Contains(files, filepath.Join(dir, "queries.jsonl")) {
		return c, &fs.PathError{Op: "open", Path: filepath.Join(dir, "queries.jsonl"), Err: fs.ErrNotExist}
	}
	for _, file := range files {
		if err := c.addQueries(dir, file); err != nil {
			return c, err
		}
	}
	slices.SortStableFunc(c.Sets, func(a, b QuerySet) int { return testFirst(a.Name, b.Name) })
	return c, c.addGiven(dir)
}

// testFirst orders "test" before every other name, those as they are spelled.
func testFirst(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "test":
		return -1
	case b == "test":
		return 1
	}
	return strings.Compare(a, b)
}

// addQueries reads one queries file and the judgements that belong to it.
func (c *Collection) addQueries(dir, file string) error {
	set := QuerySet{Name: "test"}
	if variant := strings.TrimSuffix(filepath.Base(file), ".jsonl"); variant != "queries" {
		set.Name = strings.TrimPrefix(variant, "queries_")
	}
	var err error
	if set.Queries, err = readJSONL(file, func(q Query) string { return q.ID }); err != nil {
		return err
	}
	if strings.HasPrefix(set.Name, "oos") {
		c.Silent = append(c.Silent, set)
		return nil
	}
	qrels := filepath.Join(dir, "qrels", set.Name+".tsv")
	if _, err := os.Stat(qrels); errors.Is(err, fs.ErrNotExist) {
		qrels = filepath.Join(dir, "qrels", "test.tsv")
	}
	if set.Grades, err = readQrels(qrels); err != nil {
		return err
	}
	// A file may hold queries of every split; only the judged ones are scored.
	set.Queries = slices.DeleteFunc(set.Queries, func(q Query) bool { return set.Grades[q.ID] == nil })
	if missing := len(set.Grades) - len(set.Queries); missing > 0 && set.Name == "test" {
		return fmt.Errorf("%s: %d judged queries are not in %s", qrels, missing, file)
	}
	if len(set.Queries) == 0 {
		return fmt.Errorf("%s: no query is judged in %s", file, qrels)
	}
	c.Sets = append(c.Sets, set)
	return nil
}

// readJSONL reads one value a line, each with an id of its own.
func readJSONL[T any](path string, id func(T) string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var (
		out  []T
		bad  []error
		seen = map[string]int{}
	)
	err = eachLine(f, path, func(line int, text []byte) {
		var v T
		err := json.Unmarshal(text, &v)
		switch {
		case err != nil:
		case id(v) == "":
			err = errors.New("no _id")
		case seen[id(v)] > 0:
			err = fmt.Errorf("_id %q is taken by line %d", id(v), seen[id(v)])
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("%s:%d: %w", path, line, err))
			return
		}
		seen[id(v)] = line
		out = append(out, v)
	})
	if err := errors.Join(append(bad, err)...); err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: empty", path)
	}
	return out, nil
}

// readQrels reads judgements: query, document and grade, with tabs between and
// a heading in the first line.
func readQrels(path string) (map[string]Grades, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]Grades{}
	sc := bufio.NewScanner(f)
	for line := 1; sc.Scan(); line++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		cells := strings.Split(strings.TrimRight(sc.Text(), "\r"), "\t")
		if len(cells) != 3 {
			return nil, fmt.Errorf("%s:%d: %d columns (want query, document, grade)", path, line, len(cells))
		}
		grade, err := strconv.Atoi(cells[2])
		if err != nil && line == 1 {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: grade: %w", path, line, err)
		}
		if out[cells[0]] == nil {
			out[cells[0]] = Grades{}
		}
		out[cells[0]][cells[1]] = grade
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no judgements", path)
	}
	return out, nil
}

// escapeGlob keeps a folder's own name from being read as a pattern.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}
