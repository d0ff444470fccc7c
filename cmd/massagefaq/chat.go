package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// chat is a conversation in the terminal.
type chatCmd struct {
	content
	Staff   bool   `help:"Ask as the practice's own staff."`
	Journal string `help:"Record the questions in this journal: a file, or postgres://…" placeholder:"PATH" setting:"ASK_JOURNAL"`
}

// Run is "massagefaq chat".
func (c *chatCmd) Run(w *world) (err error) {
	j, done, err := openJournal(w, c.Journal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	b, err := c.bot(w, j)
	if err != nil {
		return err
	}
	defer b.Close()
	q := bot.Question{Thread: "terminal", Channel: bot.Terminal}
	if c.Staff {
		q.Audience = knowledge.Staff
	}
	return c.talk(w, b, q)
}

func (c *chatCmd) talk(w *world, b *bot.Bot, q bot.Question) error {
	prompt := ""
	if terminal(w.stdin) {
		prompt = "> "
		fmt.Fprintln(w.stdout, "Ask about medical massage; a number picks a listed question; an empty line ends.")
	}
	var offered []string
	lines := w.lines()
	for {
		fmt.Fprint(w.stdout, prompt)
		var line string
		var ok bool
		select {
		case line, ok = <-lines:
		case <-w.ctx.Done(): // Ctrl-C while waiting for the next question
			fmt.Fprintln(w.stdout)
		}
		q.Text = pick(line, offered)
		if !ok || strings.TrimSpace(q.Text) == "" {
			return nil
		}
		r, err := b.Ask(w.ctx, q)
		if err != nil {
			return err
		}
		show(w.stdout, r)
		fmt.Fprintln(w.stdout)
		offered = r.Suggestions
	}
}

// lines reads standard input line by line until it ends. Reading cannot be
// interrupted, so it has a goroutine of its own, which ends with the program.
func (w *world) lines() <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		in := bufio.NewScanner(w.stdin)
		in.Buffer(nil, 1<<20)
		for in.Scan() {
			select {
			case out <- in.Text():
			case <-w.ctx.Done():
				return
			}
		}
	}()
	return out
}

// pick turns the number of an offered question into the question.
func pick(line string, offered []string) string {
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || n < 1 || n > len(offered) {
		return line
	}
	return offered[n-1]
}

func terminal(f any) bool {
	file, ok := f.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
