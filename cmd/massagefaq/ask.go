package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"massagefaq/adapters/web"
	"massagefaq/bot"
	"massagefaq/bot/journal"
	"massagefaq/knowledge"
)

// ask answers one question, or one a line.
type ask struct {
	content
	Question []string `arg:"" optional:"" help:"The question; \"-\" with -json reads JSON lines {\"text\",\"thread\",\"channel\"} from standard input."`
	JSON     bool     `name:"json" help:"Write the reply as the JSON object of the HTTP API."`
	Explain  bool     `help:"Show how the question was read and why the answer was chosen."`
	Staff    bool     `help:"Ask as the practice's own staff."`
	Journal  string   `help:"Record the questions in this journal: a file, or postgres://…" placeholder:"PATH" setting:"ASK_JOURNAL"`
}

// Run is "massagefaq ask".
func (a *ask) Run(w *world) (err error) {
	question := strings.Join(a.Question, " ")
	if strings.TrimSpace(question) == "" {
		return errors.New(`ask: no question; try: massagefaq ask "is it covered by insurance?"`)
	}
	j, done, err := openJournal(w, a.Journal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	b, err := a.bot(w, j)
	if err != nil {
		return err
	}
	defer b.Close()
	if question == "-" {
		return batch(w, b, a.Staff)
	}
	q := bot.Question{Text: question, Channel: bot.Terminal, Explain: a.Explain}
	if a.Staff {
		q.Audience = knowledge.Staff
	}
	r, err := b.Ask(w.ctx, q)
	if err != nil {
		return err
	}
	if a.JSON {
		return json.NewEncoder(w.stdout).Encode(web.Encoder{Practice: b.Practice()}.Encode(r))
	}
	show(w.stdout, r)
	return nil
}

// row is one line of a batch.
type row struct {
	Text    string      `json:"text"`
	Thread  string      `json:"thread"`
	Channel bot.Channel `json:"channel"`
}

// problem stands in the place of a reply to a line that is no question.
type problem struct {
	Error string `json:"error"`
	Line  int    `json:"line"`
}

// batch answers JSON lines in order, one line for each. A line that cannot be
// read gets an error in its place, so that replies stay in step with questions.
func batch(w *world, b *bot.Bot, staff bool) error {
	in := bufio.NewReaderSize(w.stdin, 1<<16)
	out := bufio.NewWriter(w.stdout)
	enc := json.NewEncoder(out)
	bad := 0
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			reply, wrong := answerLine(w, b, line, staff)
			if wrong != nil {
				bad++
				reply = problem{Error: wrong.Error(), Line: n}
			}
			if err := enc.Encode(reply); err != nil {
				return fmt.Errorf("write reply: %w", err)
			}
		}
		// Whoever types line by line sees each reply at once.
		if in.Buffered() == 0 || err != nil {
			if err := out.Flush(); err != nil {
				return fmt.Errorf("write reply: %w", err)
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("read questions: %w", err)
		}
	}
	if bad > 0 {
		return fmt.Errorf("ask: %d lines were not questions; want lines such as {\"text\":\"is it covered?\"}", bad)
	}
	return nil
}

func answerLine(w *world, b *bot.Bot, line []byte, staff bool) (any, error) {
	r := row{Channel: bot.Web}
	if err := json.Unmarshal(line, &r); err != nil {
		return nil, err
	}
	switch r.Channel {
	case "":
		r.Channel = bot.Web
	case bot.Web, bot.Slack, bot.Discord, bot.Terminal:
	default:
		return nil, fmt.Errorf("unknown channel %q (want web, slack or discord)", r.Channel)
	}
	q := bot.Question{Text: r.Text, Thread: r.Thread, Channel: r.Channel, Audience: r.Channel.Audience()}
	if staff {
		q.Audience = knowledge.Staff
	}
	reply, err := b.Ask(w.ctx, q)
	if err != nil {
		return nil, err
	}
	return web.Encoder{Practice: b.Practice()}.Encode(reply), nil
}

// openJournal opens the journal at dsn. An empty dsn is no journal: nil.
func openJournal(w *world, dsn string) (bot.Journal, func() error, error) {
	if dsn == "" {
		return nil, func() error { return nil }, nil
	}
	j, err := journal.Open(w.ctx, dsn, journal.Options{Logger: w.log})
	if err != nil {
		return nil, nil, err
	}
	return j, func() error { return closeJournal(j) }, nil
}
