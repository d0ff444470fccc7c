package knowledge

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
)

// Load reads every *.md file below the root of fsys, README.md apart, into
// passages, sorted by topic, then file, then place in the file. A companion
// such as insurance.asked.md adds phrasings to those of insurance.md. The error
// is of type Mistakes and has every author's mistake, or it says why fsys cannot
// be read at all. With mistakes there are no passages: content is taken whole
// or not at all.
func Load(fsys fs.FS) ([]Passage, error) {
	r, err := Read(fsys)
	if err != nil {
		return nil, err
	}
	if err := r.Mistakes.err(); err != nil {
		return nil, err
	}
	return r.Passages, nil
}

// A Reading is what could be read of a folder in spite of mistakes, and where
// it stands, for those who have more to say about it.
type Reading struct {
	Passages []Passage // sorted as by Load; those with mistakes may lack fields
	Mistakes Mistakes
	places   map[spot]place
}

// spot is a line of a file: where a passage begins, whose ID may not be unique
// in a Reading, or where it is asked.
type spot struct {
	file string
	line int
}

// TextLine is the line in p.File of a byte offset in p.Text.
func (r Reading) TextLine(p Passage, offset int) int {
	return r.places[spot{p.File, p.Line}].text + strings.Count(p.Text[:offset], "\n")
}

// AskPlace is where p.Asks[i] stands: in p.File or in its companion.
func (r Reading) AskPlace(p Passage, i int) (file string, line int) {
	at := r.places[spot{p.File, p.Line}].asks[i]
	return at.file, at.line
}

// Read is Load for checking: what could be read comes with the mistakes. The
// error says why fsys cannot be read at all.
func Read(fsys fs.FS) (Reading, error) {
	read := Reading{places: map[spot]place{}}
	ms := &read.Mistakes
	files, err := readFiles(fsys, ms)
	if err != nil {
		return Reading{}, err
	}
	if len(files) == 0 && len(*ms) == 0 {
		ms.add(".", 0, "no passages: there is no file that ends in .md")
	}
	read.files(files)
	return read, nil
}

// ReadText is Read for the text of one file, under the name that it would have.
func ReadText(name string, data []byte) Reading {
	read := Reading{places: map[spot]place{}}
	if text, ok := cleanText(name, data, &read.Mistakes); ok {
		read.files([]contentFile{{name, text}})
	}
	return read
}

// files reads files and what can be said only of all of them.
func (r *Reading) files(files []contentFile) {
	ms := &r.Mistakes
	var refs []reference
	for _, file := range readAll(files, ms) {
		r.Passages, refs = append(r.Passages, file.passages...), append(refs, file.refs...)
		for i, p := range file.passages {
			r.places[spot{p.File, p.Line}] = file.places[i]
		}
	}
	checkUnique(r.Passages, ms)
	checkRelated(r.Passages, refs, ms)
	slices.SortStableFunc(r.Passages, func(a, b Passage) int {
		return cmp.Or(cmp.Compare(slices.Index(Topics, a.Topic), slices.Index(Topics, b.Topic)),
			strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	*ms = ms.sorted()
}

// readAll reads the files with passages, each with its companion.
func readAll(files []contentFile, ms *Mistakes) []*reader {
	var read []*reader
	byName := map[string]*reader{}
	for _, f := range files {
		if _, companion := CompanionOf(f.name); !companion {
			byName[f.name] = readPassages(f, ms)
			read = append(read, byName[f.name])
		}
	}
	for _, f := range files {
		if of, companion := CompanionOf(f.name); companion {
			readCompanion(f, byName[of], ms)
		}
	}
	return read
}

// checkUnique reports ids and headings that stand twice. The public and the
// staff answer to one question may share their heading.
func checkUnique(ps []Passage, ms *Mistakes) {
	ids, titles := map[string]Passage{}, map[string]Passage{}
	for _, p := range ps {
		if first, twice := ids[p.ID]; twice && !strings.HasSuffix(p.ID, "#") {
			ms.add(p.File, p.Line, "id %q again, first used on line %d", p.ID[len(p.File)+1:], first.Line)
		} else {
			ids[p.ID] = p
		}
		key := string(p.Audience) + "\x00" + fold(p.Title)
		if first, twice := titles[key]; twice && p.Title != "" {
			ms.add(p.File, p.Line, "the question %q again, first asked in %s:%d", p.Title, first.File, first.Line)
		} else {
			titles[key] = p
		}
	}
}

// fold is a question without what nobody would tell it from another by.
func fold(question string) string { return strings.ToLower(strings.TrimRight(question, "?!. ")) }

// checkRelated reports links to passages that do not exist.
func checkRelated(ps []Passage, refs []reference, ms *Mistakes) {
	ids := map[string]bool{}
	for _, p := range ps {
		ids[p.ID] = true
	}
	for _, r := range refs {
		if !ids[r.to] {
			ms.add(r.file, r.line, "related passage %s does not exist", r.to)
		}
		if r.from == r.to {
			ms.add(r.file, r.line, "related passage %s is this passage itself", r.to)
		}
	}
}
