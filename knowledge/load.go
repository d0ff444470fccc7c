package knowledge

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
)

// Load reads every *.md file below the root of fsys, README.md apart, into
// passages, sorted by topic, then file, then place in the file. The error is
// of type Mistakes and has every author's mistake, or it says why fsys cannot
// be read at all. With mistakes there are no passages: content is taken whole
// or not at all.
func Load(fsys fs.FS) ([]Passage, error) {
	ps, ms, err := load(fsys)
	if err != nil {
		return nil, err
	}
	if err := ms.err(); err != nil {
		return nil, err
	}
	return ps, nil
}

// load is Load with what could be read in spite of mistakes.
func load(fsys fs.FS) ([]Passage, Mistakes, error) {
	var ms Mistakes
	files, err := readFiles(fsys, &ms)
	if err != nil {
		return nil, nil, err
	}
	var ps []Passage
	var refs []reference
	for _, f := range files {
		read, links := readPassages(f, &ms)
		ps, refs = append(ps, read...), append(refs, links...)
	}
	if len(files) == 0 && len(ms) == 0 {
		ms.add(".", 0, "no passages: there is no file that ends in .md")
	}
	checkUnique(ps, &ms)
	checkRelated(ps, refs, &ms)
	slices.SortStableFunc(ps, func(a, b Passage) int {
		return cmp.Or(cmp.Compare(slices.Index(Topics, a.Topic), slices.Index(Topics, b.Topic)),
			strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return ps, ms, nil
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
		key := string(p.Audience) + "\x00" + strings.ToLower(strings.TrimRight(p.Title, "?!. "))
		if first, twice := titles[key]; twice && p.Title != "" {
			ms.add(p.File, p.Line, "the question %q again, first asked in %s:%d", p.Title, first.File, first.Line)
		} else {
			titles[key] = p
		}
	}
}

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
