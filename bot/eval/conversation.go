package eval

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// exchange is one line of conversations.jsonl: what was said before a query.
type exchange struct {
	ID      string `json:"_id"`
	History []struct {
		Role string `json:"role"` // "user" or "system"
		Text string `json:"text"`
	} `json:"history"`
}

// addGiven adds to a collection with conversations.jsonl a twin of each query
// set, "test, given left out", in which documents that the conversation has
// already given are not ranked again: nobody asks for the same answer twice.
func (c *Collection) addGiven(dir string) error {
	path := filepath.Join(dir, "conversations.jsonl")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	exchanges, err := readJSONL(path, func(e exchange) string { return e.ID })
	if err != nil {
		return err
	}
	byText := map[string]string{}
	for _, d := range c.Docs {
		byText[d.Text] = d.ID
	}
	given := map[string][]string{}
	for _, e := range exchanges {
		for _, said := range e.History {
			if id := byText[said.Text]; id != "" && said.Role == "system" {
				given[e.ID] = append(given[e.ID], id)
			}
		}
	}
	for _, set := range c.Sets {
		twin := QuerySet{Name: set.Name + ", given left out", Grades: set.Grades}
		for _, q := range set.Queries {
			q.Given = given[q.ID]
			twin.Queries = append(twin.Queries, q)
		}
		c.Sets = append(c.Sets, twin)
	}
	return nil
}
