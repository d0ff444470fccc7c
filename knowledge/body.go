package knowledge

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Body is everything a folder of content says, read in one go.
type Body struct {
	Passages   []Passage  // as from Load: facts not yet placed, reviews not yet checked
	Vocabulary Vocabulary // synonyms for the index
	Banned     Banned     // claims nobody may make, for checking
	Digest     string     // 12 hex digits; the same content has the same digest, on every machine
}

// LoadBody reads a folder of content. A folder without a vocabulary.yaml or a
// banned.yaml of its own has the shipped one: a practice that replaces the
// answers still speaks of massage. The error is of type Mistakes and has every
// mistake in every file, or it says why fsys cannot be read at all.
func LoadBody(fsys fs.FS) (Body, error) {
	read, err := Read(fsys)
	if err != nil {
		return Body{}, err
	}
	return read.body(fsys)
}

// body is LoadBody for a folder whose passages are read.
func (r Reading) body(fsys fs.FS) (Body, error) {
	b, ms := Body{Passages: r.Passages}, slices.Clone(r.Mistakes)
	var err error
	b.Vocabulary, err = LoadVocabulary(owned(fsys, VocabularyFile))
	ms.join(err)
	b.Banned, err = LoadBanned(fsys)
	ms.join(err)
	if err := ms.err(); err != nil {
		return Body{}, err
	}
	b.Digest, err = digest(fsys)
	return b, err
}

// owned is fsys if it has the file, or else the shipped content.
func owned(fsys fs.FS, file string) fs.FS {
	if _, err := fs.Stat(fsys, file); errors.Is(err, fs.ErrNotExist) {
		return Content()
	}
	return fsys
}

// join adds the mistakes that another reading came back with.
func (ms *Mistakes) join(err error) {
	var more Mistakes
	if errors.As(err, &more) {
		*ms = append(*ms, more...)
	}
}

// digest is a short name for the state of all Markdown and YAML in fsys.
func digest(fsys fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(d.Name(), "."):
			return skip(d)
		case d.IsDir() || !slices.Contains([]string{".md", ".yaml", ".yml"}, path.Ext(name)):
			return nil
		}
		data, err := readLimited(fsys, name)
		fmt.Fprintf(sum, "%d %s\n%d\n%s\n", len(name), name, len(data), data)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("digest content: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12], nil
}
