package transfer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"massagefaq/knowledge"
)

// columns is what people call the columns of a table of questions, by the name
// under which Export writes them.
var columns = map[string][]string{
	"id":        {"id", "passage", "identifier"},
	"topic":     {"topic", "category", "section", "tag", "subject"},
	"audience":  {"audience", "visibility"},
	"care":      {"care"},
	"question":  {"question", "questions", "q", "title", "heading", "faq"},
	"also":      {"also asked", "also_asked", "alternatives", "other phrasings", "phrasings", "variations", "synonyms"},
	"answer":    {"answer", "answers", "a", "text", "response", "body", "content", "reply"},
	"sources":   {"sources", "source", "references", "links"},
	"related":   {"related"},
	"reviewed":  {"reviewed", "last reviewed"},
	"review_by": {"review_by", "review by"},
}

// csv imports a table with a question and an answer in each row.
func (p *parser) csv() error {
	text, err := p.src.text()
	if err != nil {
		return err
	}
	rows, lines, err := p.rows(text)
	if err != nil {
		return err
	}
	at := header(rows[0])
	if _, ok := at["question"]; !ok {
		return fmt.Errorf("no column named question; the first line has %s", strings.Join(rows[0], ", "))
	}
	if _, ok := at["answer"]; !ok {
		return fmt.Errorf("no column named answer; the first line has %s", strings.Join(rows[0], ", "))
	}
	for i, row := range rows[1:] {
		p.row(row, at, fmt.Sprintf("line %d", lines[i+1]))
	}
	if len(p.drafts) == 0 {
		return errors.New("no row with a question and an answer")
	}
	return nil
}

// rows reads the table. Quotes that stand where they may not are read as they
// are, with a note, as long as every row then has as many fields as the first.
func (p *parser) rows(text string) ([][]string, []int, error) {
	rows, lines, err := readRows(text, false)
	if err == nil {
		return rows, lines, nil
	}
	lazy, lazyLines, lazyErr := readRows(text, true)
	if lazyErr != nil {
		return nil, nil, tableProblem(err)
	}
	p.note("%v; it was read as it stands, look at that row", tableProblem(err))
	return lazy, lazyLines, nil
}

func readRows(text string, lazy bool) (rows [][]string, lines []int, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes = separator(text), lazy
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := r.FieldPos(0)
		rows, lines = append(rows, row), append(lines, line)
	}
	if len(rows) == 0 {
		return nil, nil, errors.New("empty")
	}
	return rows, lines, nil
}

// separator is what separates the columns: the likeliest in the first line.
func separator(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, r := range ";\t" {
		if strings.Count(line, string(r)) > strings.Count(line, string(best)) {
			best = r
		}
	}
	return best
}

// tableProblem words an error of reading a table.
func tableProblem(err error) error {
	var pe *csv.ParseError
	if !errors.As(err, &pe) {
		return err
	}
	switch {
	case errors.Is(pe.Err, csv.ErrFieldCount):
		return fmt.Errorf("line %d has more or fewer columns than the first line; put \" around a field with a comma in it", pe.Line)
	case errors.Is(pe.Err, csv.ErrQuote):
		return fmt.Errorf("line %d: a stray \" (the field began on line %d); write \"\" for a quote within quotes", pe.Line, pe.StartLine)
	case errors.Is(pe.Err, csv.ErrBareQuote):
		return fmt.Errorf("line %d: a stray \" in a field that does not begin with one", pe.Line)
	}
	return fmt.Errorf("line %d: %w", pe.Line, pe.Err)
}

// header says in which column each thing stands.
func header(row []string) map[string]int {
	at := map[string]int{}
	for i, cell := range row {
		cell = strings.ToLower(strings.Trim(cell, " *_:"))
		for name, called := range columns {
			for _, c := range called {
				if _, taken := at[name]; c == cell && !taken {
					at[name] = i
				}
			}
		}
	}
	return at
}

// row imports one row.
func (p *parser) row(row []string, at map[string]int, where string) {
	cell := func(name string) string {
		if i, ok := at[name]; ok && i < len(row) {
			return strings.TrimSpace(unguard(row[i]))
		}
		return ""
	}
	d := Draft{}
	d.Title, d.Text = strings.Join(strings.Fields(cell("question")), " "), cell("answer")
	if _, ours := at["review_by"]; !ours {
		d.Title, d.Text = tidyTitle(knowledge.Escape(d.Title)), answerText(d.Text)
	}
	d.Asks = lines(cell("also"))
	d.Topic = knowledge.Topic(strings.ToLower(cell("topic")))
	d.Audience = knowledge.Audience(strings.ToLower(cell("audience")))
	d.Care = strings.EqualFold(cell("care"), "yes") || strings.EqualFold(cell("care"), "true")
	p.checkRow(&d, where)
	for _, s := range lines(cell("sources")) {
		if source, ok := parseSource(s); ok {
			d.Sources = append(d.Sources, source)
		} else {
			p.note("%s: a source without an address is left out: %s", where, shorten(s))
		}
	}
	d.Related = lines(cell("related"))
	if file, id, ok := strings.Cut(cell("id"), "#"); ok && contentName.MatchString(file) && idPattern.MatchString(id) {
		d.File, d.ID = file, file+"#"+id
	}
	d.Reviewed, d.ReviewBy = p.day(cell("reviewed"), where), p.day(cell("review_by"), where)
	p.add(d, where)
}

// checkRow clears what a passage cannot have, and says so.
func (p *parser) checkRow(d *Draft, where string) {
	if d.Topic != "" && !d.Topic.Known() {
		p.note("%s: unknown topic %q, guessed from the words instead", where, d.Topic)
		d.Topic = ""
	}
	switch d.Audience {
	case "", knowledge.Public, knowledge.Staff, knowledge.Outside:
	default:
		p.note("%s: unknown audience %q, taken for staff to be safe", where, d.Audience)
		d.Audience = knowledge.Staff
	}
}

func (p *parser) day(cell, where string) time.Time {
	if cell == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, cell)
	if err != nil {
		p.note("%s: %q is not a day (want 2026-11-20) and is left out", where, cell)
	}
	return day
}

func lines(cell string) []string {
	var out []string
	for l := range strings.SplitSeq(strings.ReplaceAll(cell, "\r", "\n"), "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// parseSource reads "Title, Publisher <https://...>" or a bare address.
func parseSource(s string) (knowledge.Source, bool) {
	title, url, ok := strings.Cut(s, "<")
	url = strings.TrimSuffix(strings.TrimSpace(url), ">")
	if !ok {
		title, url = s, s
	}
	return knowledge.Source{Title: strings.TrimSpace(first(title, url)), URL: url}, isURL(url) && !strings.ContainsAny(url, " <>")
}

// A cell that begins with one of these is a formula to a spreadsheet, which
// would not keep it: Export puts an apostrophe before it, as one does by hand.
const formula = "=+-@\t"

func guard(cell string) string {
	if cell != "" && strings.ContainsRune(formula+"'", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune(formula+"'", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}
