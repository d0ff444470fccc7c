package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"massagefaq/knowledge"
	"massagefaq/knowledge/transfer"
)

// importCmd turns other people's pages into drafts. Nothing is written without -out.
type importCmd struct {
	content
	From    string        `arg:"" help:"File, or address of a web page."`
	Out     string        `help:"Folder to write the drafts into; existing files are never overwritten. Without it they are only shown." placeholder:"DIR"`
	Topic   string        `help:"Topic of every draft; guessed when left out."`
	As      string        `name:"as" help:"What the source is: html, csv, markdown or jsonld; told by name and content when left out." placeholder:"KIND"`
	Private bool          `help:"Also fetch from private and loopback addresses."`
	Timeout time.Duration `help:"How long a fetch may take." default:"20s"`
}

// Run is "massagefaq import".
func (c *importCmd) Run(w *world) error {
	if c.Timeout <= 0 {
		return fmt.Errorf("import -timeout %s: want how long to wait, such as 20s", c.Timeout)
	}
	known, err := c.load()
	if err != nil {
		return err
	}
	im, err := transfer.Read(w.ctx, c.From, transfer.Options{Existing: known.Passages, Topic: knowledge.Topic(c.Topic),
		Kind: transfer.Kind(c.As), Fetch: transfer.Fetch{Private: c.Private, Timeout: c.Timeout}})
	if err != nil {
		return err
	}
	if c.Out == "" {
		if err := im.Preview(w.stdout); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w.stderr, "%s\nNothing was written; give -out DIR to write the drafts.\n", im.Summary())
		return err
	}
	files, err := im.Write(c.Out)
	if len(files) > 0 {
		fmt.Fprintf(w.stdout, "wrote %s\n", strings.Join(files, "\nwrote "))
	}
	fmt.Fprintln(w.stderr, im.Summary())
	return err
}

// exportCmd writes the content for others.
type exportCmd struct {
	content
	Format string `help:"jsonld, csv or beir." enum:"jsonld,csv,beir" default:"jsonld"`
	Out    string `help:"Folder to write for -format beir." placeholder:"DIR"`
	Staff  bool   `help:"Also what only staff may read."`
}

// Run is "massagefaq export".
func (c *exportCmd) Run(w *world) error {
	folder, err := c.load()
	if err != nil {
		return err
	}
	audience := knowledge.Public
	if c.Staff {
		audience = knowledge.Staff
	}
	ps := transfer.Readable(folder.Passages, audience)
	switch c.Format {
	case "csv":
		return transfer.WriteCSV(w.stdout, ps)
	case "beir":
		if c.Out == "" {
			return errors.New("export: -format beir writes several files; give -out DIR")
		}
		return transfer.WriteBEIR(c.Out, ps)
	}
	return transfer.WriteJSONLD(w.stdout, ps, knowledge.Practice(c.Practice))
}
