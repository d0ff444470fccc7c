package eval

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// maxLine is the longest line read: a hostile row of 100 kB, escaped, fits many times over.
const maxLine = 8 << 20

// ReadFile reads the rows of a question file.
func ReadFile(path string) ([]Row, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f, path)
}

// Read reads rows, one JSON object a line; blank lines are skipped and fields it
// does not know are ignored. The error names every bad row as name:line. When
// there are any, no rows are returned: a score over part of a set is not its score.
func Read(r io.Reader, name string) ([]Row, error) {
	var (
		rows []Row
		bad  []error
		seen = map[string]int{} // line of each id
	)
	err := eachLine(r, name, func(line int, text []byte) {
		row, err := parseRow(text)
		if err == nil && seen[row.ID] > 0 {
			err = fmt.Errorf("id %q is taken by line %d", row.ID, seen[row.ID])
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("%s:%d: %w", name, line, err))
			return
		}
		seen[row.ID] = line
		row.File, row.Line = name, line
		rows = append(rows, row)
	})
	if err := errors.Join(append(bad, err)...); err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: no rows", name)
	}
	return rows, nil
}

// eachLine calls do with every line that is not blank and its number from 1.
func eachLine(r io.Reader, name string, do func(line int, text []byte)) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 64<<10), maxLine)
	n := 0
	for sc.Scan() {
		n++
		text := sc.Bytes()
		if n == 1 {
			text = bytes.TrimPrefix(text, []byte("\uFEFF"))
		}
		if text = bytes.TrimSpace(text); len(text) > 0 {
			do(n, text)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, n+1, err)
	}
	return nil
}

// rawRow is a row as spelled in the file.
type rawRow struct {
	ID        string             `json:"id"`
	Kind      Kind               `json:"kind"`
	Channel   bot.Channel        `json:"channel"`
	Context   string             `json:"context"`
	Topic     string             `json:"topic"`
	Style     string             `json:"style"`
	Multipart bool               `json:"multipart"`
	Expect    string             `json:"expect"`
	AlsoOK    []string           `json:"also_ok"`
	Resource  knowledge.Resource `json:"resource"`
	NoEcho    []string           `json:"no_echo"`
	PII       []string           `json:"pii"`
	Bytes     []byte             `json:"bytes_b64"` // sent instead of Text, for what JSON cannot hold
	Turns     []rawTurn          `json:"turns"`
	rawTurn
}

type rawTurn struct {
	Text    string   `json:"text"`
	Must    []string `json:"must"`
	AltMust []string `json:"alt_must"`
	Answers []string `json:"passages"`
}

func parseRow(text []byte) (Row, error) {
	var raw rawRow
	if err := json.Unmarshal(text, &raw); err != nil {
		return Row{}, plainly(err)
	}
	raw.defaults()
	if err := raw.check(); err != nil {
		return Row{}, err
	}
	row := Row{
		ID: raw.ID, Kind: raw.Kind, Channel: raw.Channel, Context: raw.Context,
		Topic: raw.Topic, Style: raw.Style, Multipart: raw.Multipart,
		Expect: raw.Expect, AlsoOK: raw.AlsoOK, Resource: raw.Resource,
		NoEcho: raw.NoEcho, PII: raw.PII,
	}
	turns := raw.Turns
	if len(turns) == 0 {
		turns = []rawTurn{raw.rawTurn}
	}
	for i, rt := range turns {
		turn, err := rt.parse(row.Kind)
		if err != nil && len(turns) > 1 {
			err = fmt.Errorf("turn %d: %w", i+1, err)
		}
		if err != nil {
			return Row{}, err
		}
		row.Turns = append(row.Turns, turn)
	}
	if raw.Bytes != nil {
		row.Turns[0].Text = string(raw.Bytes)
	}
	return row, nil
}

// plainly says of a value of the wrong type where it stands, without naming Go's types.
func plainly(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		field := wrong.Field[strings.LastIndex(wrong.Field, ".")+1:]
		return fmt.Errorf("unexpected %s in %s", wrong.Value, cmp.Or(field, "row"))
	}
	return err
}

// defaults fills in what a row may leave out.
func (raw *rawRow) defaults() {
	if raw.Kind == "" {
		raw.Kind = Question
		if raw.Turns != nil {
			raw.Kind = Followup
		}
	}
	if raw.Channel == "" {
		raw.Channel = bot.Web
	}
	if wants := expectations[raw.Kind]; raw.Expect == "" && wants != nil {
		raw.Expect = wants[0]
	}
}

// check finds what no reply could be judged by.
func (raw *rawRow) check() error {
	wants, known := expectations[raw.Kind]
	switch {
	case raw.ID == "":
		return errors.New("no id")
	case !known:
		return fmt.Errorf("unknown kind %q (want one of %v)", raw.Kind, Kinds)
	case !slices.Contains(channels, raw.Channel):
		return fmt.Errorf("unknown channel %q (want one of %v)", raw.Channel, channels)
	case !slices.Contains(wants, raw.Expect):
		return fmt.Errorf("a row of kind %s cannot expect %q (want one of %q)", raw.Kind, raw.Expect, wants)
	case raw.Kind == Followup && len(raw.Turns) == 0:
		return errors.New("no turns")
	case raw.Kind != Followup && raw.Turns != nil:
		return fmt.Errorf("a row of kind %s has no turns", raw.Kind)
	case raw.Kind == Followup && raw.Text != "":
		return errors.New("text beside turns")
	case raw.Resource != "" && !slices.Contains(resources, raw.Resource):
		return fmt.Errorf("unknown resource %q (want one of %v)", raw.Resource, resources)
	}
	for _, ok := range raw.AlsoOK {
		if ok != alsoSafety && ok != alsoHandoff {
			return fmt.Errorf("unknown also_ok %q (want %q or %q)", ok, alsoSafety, alsoHandoff)
		}
	}
	return nil
}

// What a row may name as also right.
const (
	alsoSafety  = "safety"
	alsoHandoff = "handoff"
)

var (
	channels  = []bot.Channel{bot.Web, bot.Slack, bot.Discord, bot.Terminal}
	resources = []knowledge.Resource{
		knowledge.Call911, knowledge.ER, knowledge.Crisis988,
		knowledge.DoctorToday, knowledge.DoctorFirst, knowledge.Misconduct,
	}
)

// parse compiles a turn of a row of the given kind. An empty text is a hostile
// message worth sending, and a mistake everywhere else.
func (rt rawTurn) parse(kind Kind) (t Turn, err error) {
	t.Text = rt.Text
	if t.Text == "" && kind != Adversarial {
		return t, errors.New("no text")
	}
	if t.Must, err = compile(rt.Must); err != nil {
		return t, fmt.Errorf("must: %w", err)
	}
	if t.AltMust, err = compile(rt.AltMust); err != nil {
		return t, fmt.Errorf("alt_must: %w", err)
	}
	t.Answers = rt.Answers
	if len(t.Must) == 0 && len(t.Answers) == 0 && (kind == Question || kind == Followup) {
		return t, errors.New("neither must nor passages: nothing to judge the answer by")
	}
	return t, nil
}
