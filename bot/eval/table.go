package eval

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// table writes rows as aligned columns, two spaces apart: the first column to
// the left, the others to the right unless left is set. Nothing is written
// before flush.
type table struct {
	left bool
	rows [][]string
	b    strings.Builder
}

// row adds cells side by side.
func (t *table) row(cells ...any) {
	text := make([]string, len(cells))
	for i, c := range cells {
		text[i] = fmt.Sprint(c)
	}
	t.rows = append(t.rows, text)
}

// line ends the columns so far and adds plain text.
func (t *table) line(format string, args ...any) {
	t.end()
	fmt.Fprintf(&t.b, format+"\n", args...)
}

// end lays out the rows so far.
func (t *table) end() {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range t.rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 || t.left {
				cell += pad
			} else {
				cell = pad + cell
			}
			line.WriteString(cell + "  ")
		}
		t.b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	t.rows = nil
}

// String is all that was added.
func (t *table) String() string {
	t.end()
	return t.b.String()
}

// flush writes all that was added.
func (t *table) flush(w io.Writer) error {
	_, err := io.WriteString(w, t.String())
	return err
}

// percent is count of n in percent with one decimal, "-" of none.
func percent(count, n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", 100*ratio(count, n))
}
