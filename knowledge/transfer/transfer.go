// Package transfer brings knowledge in from elsewhere, as drafts for a person
// to review, and takes it out: a web page, a spreadsheet, Markdown or
// schema.org FAQPage in, FAQPage, CSV or a BEIR folder out.
package transfer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"massagefaq/knowledge"
)

// A Draft is one imported question with its answer. Nobody has reviewed it.
type Draft struct {
	knowledge.Passage
	Guessed bool    // the topic is a guess from the words
	Like    string  // ID of the existing passage that asks nearly the same; "" for none
	Alike   float64 // how alike the two questions are, 0 to 1
}

// An Import is what was found in one source.
type Import struct {
	From   string   // file or web address
	Drafts []Draft  // in the order of the source
	Notes  []string // what was left out or read with doubt, one line each
}

// Options are how to import. The zero value is how it is mostly done.
type Options struct {
	Existing []knowledge.Passage // what is known already: drafts that ask the same are marked
	Topic    knowledge.Topic     // topic of every draft without one of its own; "" guesses
	Kind     Kind                // "" tells by name, type and content
	Fetch    Fetch               // limits for a web address
}

// Kind is a form that can be read.
type Kind string

const (
	HTML     Kind = "html"
	CSV      Kind = "csv"
	Markdown Kind = "markdown"
	JSONLD   Kind = "jsonld"
)

// Read imports a file or, if it begins with http:// or https://, a web page.
// Nothing is written; see Import.Write.
func Read(ctx context.Context, from string, o Options) (Import, error) {
	src, err := open(ctx, from, o.Fetch)
	if err != nil {
		return Import{}, fmt.Errorf("import %s: %w", from, err)
	}
	im, err := Parse(src, o)
	if err != nil {
		return Import{}, fmt.Errorf("import %s: %w", from, err)
	}
	return im, nil
}

// Parse imports a source that has been read.
func Parse(src Source, o Options) (Import, error) {
	kind := o.Kind
	if kind == "" {
		kind = src.kind()
	}
	p := &parser{src: src}
	var err error
	switch kind {
	case HTML:
		err = p.html()
	case CSV:
		err = p.csv()
	case Markdown:
		err = p.markdown()
	case JSONLD:
		err = p.jsonld()
	default:
		err = fmt.Errorf("unknown kind %q (want html, csv, markdown or jsonld)", kind)
	}
	if err != nil {
		return Import{}, err
	}
	p.finish(o)
	return Import{From: src.Name, Drafts: p.drafts, Notes: p.notes}, nil
}

// parser gathers drafts from one source.
type parser struct {
	src    Source
	drafts []Draft
	notes  []string
}

func (p *parser) note(format string, args ...any) {
	p.notes = append(p.notes, fmt.Sprintf(format, args...))
}

// add takes one question with its answer, if both are there.
func (p *parser) add(d Draft, where string) {
	d.Title, d.Text = strings.TrimSpace(d.Title), strings.TrimSpace(d.Text)
	switch {
	case d.Title == "" && d.Text == "":
	case d.Title == "":
		p.note("%s: an answer without a question is left out: %s", where, shorten(d.Text))
	case d.Text == "":
		p.note("%s: a question without an answer is left out: %s", where, shorten(d.Title))
	default:
		p.drafts = append(p.drafts, d)
	}
}

// shorten cuts text to what fits on a line.
func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 60 {
		return string(r[:57]) + "..."
	}
	return text
}

// finish gives every draft what a passage needs and the source did not say.
func (p *parser) finish(o Options) {
	for i := range p.drafts {
		d := &p.drafts[i]
		d.Title = strings.NewReplacer("{", "(", "}", ")").Replace(d.Title) // braces are for names
		if d.Audience == "" {
			d.Audience = knowledge.Public
		}
	}
	p.dropTwins()
	markKnown(p.drafts, o.Existing)
	topics := map[string]knowledge.Topic{}
	for _, e := range o.Existing {
		topics[e.ID] = e.Topic
	}
	for i := range p.drafts {
		d := &p.drafts[i]
		if !d.Topic.Known() {
			d.Topic = o.Topic
		}
		if d.Topic == "" {
			d.Topic, d.Guessed = topics[d.Like], true
		}
		if d.Topic == "" {
			d.Topic = guessTopic(d.Title, d.Text)
		}
		if d.File == "" {
			d.File = string(d.Topic) + ".md"
		}
	}
	name(p.drafts)
	for i := range p.drafts {
		p.drafts[i].plain()
	}
}

// plain makes the answer plain text if as Markdown it would not be read as it
// stands: somebody else's text may hold anything.
func (d *Draft) plain() {
	if d.loads() {
		return
	}
	var blocks []string
	for line := range strings.Lines(knowledge.Plain(d.Text)) {
		if line = strings.TrimRight(strings.TrimSpace(line), ": "); line != "" {
			blocks = append(blocks, knowledge.Escape(line))
		}
	}
	if d.Text = strings.Join(blocks, "\n\n"); !d.loads() {
		d.Text = "(This answer could not be read.)"
	}
}

// loads reports whether the draft is read back with the answer it has.
func (d *Draft) loads() bool {
	p := d.Passage
	p.Related, p.File, p.ID = nil, "x.md", "x.md#x"
	read := knowledge.ReadText(p.File, []byte(format([]knowledge.Passage{p}, "")))
	if len(read.Mistakes) > 0 || len(read.Passages) != 1 {
		return false
	}
	back := read.Passages[0]
	return back.Text == p.Text && back.Title == p.Title && len(back.Asks) == len(p.Asks)
}

// dropTwins leaves out drafts that say exactly what an earlier one says, as
// pages often do for phones and for screens. A question that stands twice with
// different answers is numbered: a person has to choose.
func (p *parser) dropTwins() {
	twins, asked := map[string]bool{}, map[string]bool{}
	p.drafts = slices.DeleteFunc(p.drafts, func(d Draft) bool {
		key := d.question() + "\x00" + d.Text
		twin := twins[key]
		twins[key] = true
		if twin {
			p.note("stands twice, one is left out: %s", shorten(d.Title))
		}
		return twin
	})
	for i := range p.drafts {
		d := &p.drafts[i]
		if base := d.Title; asked[d.question()] {
			p.note("asked twice with different answers, choose one: %s", shorten(base))
			for n := 2; asked[d.question()]; n++ {
				d.Title = fmt.Sprintf("%s (%d)", base, n)
			}
		}
		asked[d.question()] = true
	}
}

// question is what may stand only once for the same readers.
func (d *Draft) question() string {
	return string(d.Audience) + "\x00" + strings.ToLower(strings.TrimRight(d.Title, "?!. "))
}
