package knowledge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Mistake is one thing an author has to put right.
type Mistake struct {
	File string // path within the content; "." for the folder as a whole
	Line int    // from 1; 0 when the whole file is meant
	Text string // what is wrong and what to write instead, one line
}

// String is "insurance.md:12: the answer is empty".
func (m Mistake) String() string {
	if m.Line == 0 {
		return m.File + ": " + m.Text
	}
	return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Text)
}

// Mistakes is every mistake found in one reading, so that an author can put
// them right in one go.
type Mistakes []Mistake

// Error has one mistake a line, by file and line.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms.sorted() {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

func (ms Mistakes) sorted() Mistakes {
	return slices.SortedFunc(slices.Values(ms), func(a, b Mistake) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Text, b.Text))
	})
}

// err is the mistakes as an error: nil when there are none, which a bare
// Mistakes in an error variable would not be.
func (ms Mistakes) err() error {
	if len(ms) == 0 {
		return nil
	}
	return ms.sorted()
}

func (ms *Mistakes) add(file string, line int, format string, args ...any) {
	*ms = append(*ms, Mistake{File: file, Line: line, Text: fmt.Sprintf(format, args...)})
}
