package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// content is which knowledge to use, and what the practice says of itself.
type content struct {
	Knowledge string   `help:"Folder of content to use in place of the shipped one." placeholder:"DIR" setting:"KNOWLEDGE"`
	Practice  practice `embed:"" prefix:"practice-"`
}

// practice is knowledge.Practice as flags.
type practice struct {
	Name         string `help:"The practice's name." setting:"PRACTICE_NAME"`
	Phone        string `help:"Its phone number." setting:"PRACTICE_PHONE"`
	Booking      string `help:"Web address of its booking page." placeholder:"URL" setting:"PRACTICE_BOOKING"`
	Hours        string `help:"When someone is there, such as \"Mon to Fri 9 to 6\"." setting:"PRACTICE_HOURS"`
	Address      string `help:"Its street address." setting:"PRACTICE_ADDRESS"`
	Cancellation string `help:"Its cancellation rule." setting:"PRACTICE_CANCELLATION"`
	Insurers     string `help:"Whom it can bill." setting:"PRACTICE_INSURERS"`
}

// openFolder is the content in dir, the shipped one where dir is empty. Its
// errors leave naming the folder to the caller; os.DirFS would call it ".".
func openFolder(dir string) (fs.FS, error) {
	if dir == "" {
		return knowledge.Content(), nil
	}
	info, err := os.Stat(dir)
	var why *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("no such folder")
	case errors.As(err, &why):
		return nil, why.Err
	case !info.IsDir():
		return nil, errors.New("not a folder")
	}
	return os.DirFS(dir), nil
}

func (c *content) load() (knowledge.Folder, error) {
	files, err := openFolder(c.Knowledge)
	if err != nil {
		return knowledge.Folder{}, c.explain(err)
	}
	f, err := knowledge.LoadFolder(files)
	if err != nil {
		return f, c.explain(err)
	}
	return f, nil
}

// explain adds the folder to what is wrong in it.
func (c *content) explain(err error) error {
	if c.Knowledge == "" {
		return fmt.Errorf("shipped content:\n%w", err)
	}
	var mistakes knowledge.Mistakes
	if errors.As(err, &mistakes) {
		return fmt.Errorf("content in %s has mistakes:\n%w", c.Knowledge, err)
	}
	return fmt.Errorf("read content in %s: %w; give -knowledge a folder of Markdown files", c.Knowledge, err)
}

// bot makes a bot of the content; j may be nil.
func (c *content) bot(w *world, j bot.Journal) (*bot.Bot, error) {
	f, err := c.load()
	if err != nil {
		return nil, err
	}
	return c.botOf(w, f, j)
}

func (c *content) botOf(w *world, f knowledge.Folder, j bot.Journal) (*bot.Bot, error) {
	return bot.New(bot.Config{Content: f, Practice: knowledge.Practice(c.Practice), Journal: j, Log: w.log})
}
