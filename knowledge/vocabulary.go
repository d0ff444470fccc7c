package knowledge

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// VocabularyFile is where a folder of content keeps its synonyms.
const VocabularyFile = "vocabulary.yaml"

// DefaultWeight is how much a hit through a synonym counts unless its group
// says otherwise: clearly less than the word itself, clearly more than none.
const DefaultWeight = 0.7

// Vocabulary is the words of the domain that people use for one another.
type Vocabulary struct {
	Groups []Group
}

// Group is words and phrases that mean the same. Terms are lower case, of one
// or more words, abbreviations included: "health savings account", "hsa".
type Group struct {
	Terms     []string // each stands for each other; the first is the group's head, the word that answers use
	OneWay    []string // stand for the head, but the head does not stand for them: "aetna" is insurance, insurance is not Aetna
	Ambiguous []string // stand for the head and it for them, at half the weight, since they mean other things too: "provider"
	Weight    float64  // how much a hit through a synonym counts, above 0, at most 1
	Line      int      // where the group begins in its file
}

// Head is the group's first term.
func (g Group) Head() string { return g.Terms[0] }

// LoadVocabulary reads vocabulary.yaml from the root of fsys. A folder without
// one has an empty vocabulary. The error is of type Mistakes.
func LoadVocabulary(fsys fs.FS) (Vocabulary, error) {
	var v Vocabulary
	var ms Mistakes
	for _, n := range yamlList(fsys, VocabularyFile, &ms) {
		if g, ok := readGroup(n, &ms); ok {
			v.Groups = append(v.Groups, g)
		}
	}
	return v, ms.err()
}

// yamlList reads a file that holds one YAML list. No file is no list.
func yamlList(fsys fs.FS, file string, ms *Mistakes) []*yaml.Node {
	root := yamlFile(fsys, file, ms)
	if root == nil {
		return nil
	}
	if root.Kind != yaml.SequenceNode {
		ms.add(file, root.Line, "wants a list, each entry beginning with -")
		return nil
	}
	return root.Content
}

// yamlFile reads a YAML file. No file is no node and no mistake.
func yamlFile(fsys fs.FS, file string, ms *Mistakes) *yaml.Node {
	if _, err := fs.Stat(fsys, file); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	text, ok := readText(fsys, file, ms)
	if !ok {
		return nil
	}
	root, m := yamlNode(file, text, 0)
	if m != nil {
		*ms = append(*ms, *m)
	}
	return root
}

func readGroup(n *yaml.Node, ms *Mistakes) (Group, bool) {
	g := Group{Weight: DefaultWeight, Line: n.Line}
	if n.Kind != yaml.MappingNode {
		ms.add(VocabularyFile, n.Line, "a group wants lines such as \"terms: [insurance, insurer]\"")
		return g, false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		g.set(n.Content[i], n.Content[i+1], ms)
	}
	return g, g.check(ms)
}

func (g *Group) set(key, value *yaml.Node, ms *Mistakes) {
	switch key.Value {
	case "terms":
		g.Terms = yamlTerms(VocabularyFile, value, ms)
	case "oneway":
		g.OneWay = yamlTerms(VocabularyFile, value, ms)
	case "ambiguous":
		g.Ambiguous = yamlTerms(VocabularyFile, value, ms)
	case "weight":
		w, err := strconv.ParseFloat(value.Value, 64)
		if err != nil || !(w > 0 && w <= 1) {
			ms.add(VocabularyFile, value.Line, "weight %q; want a number above 0, at most 1", value.Value)
			return
		}
		g.Weight = w
	default:
		ms.add(VocabularyFile, key.Line, "unknown key %q (want terms, oneway, ambiguous or weight)", key.Value)
	}
}

// check reports what makes a group useless.
func (g *Group) check(ms *Mistakes) bool {
	if len(g.Terms) == 0 {
		ms.add(VocabularyFile, g.Line, "a group without terms")
		return false
	}
	all := slices.Concat(g.Terms, g.OneWay, g.Ambiguous)
	if len(all) == 1 {
		ms.add(VocabularyFile, g.Line, "%q stands alone; a group wants at least two terms", all[0])
	}
	seen := map[string]bool{}
	for _, t := range all {
		if seen[t] {
			ms.add(VocabularyFile, g.Line, "%q twice in one group", t)
		}
		seen[t] = true
	}
	return true
}

// yamlTerms is a list of words or phrases, in lower case. Numbers such as
// 97124 and words such as no are terms like any other.
func yamlTerms(file string, n *yaml.Node, ms *Mistakes) []string {
	if n.Kind != yaml.SequenceNode {
		ms.add(file, n.Line, "wants a list: [one, two words]")
		return nil
	}
	var terms []string
	for _, c := range n.Content {
		term := strings.ToLower(strings.Join(strings.Fields(c.Value), " "))
		if c.Kind != yaml.ScalarNode || term == "" {
			ms.add(file, c.Line, "an empty term")
			continue
		}
		terms = append(terms, term)
	}
	return terms
}
