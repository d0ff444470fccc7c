package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// SafetyFile is where the safety rules stand within the content.
const SafetyFile = "safety.yaml"

// SafetyRules are what a message is checked against before anything else: the signs
// of an emergency with the one reply to each, and the conditions about which
// people ask whether massage is safe. Package safety gives the patterns their
// meaning; here they are only read.
type SafetyRules struct {
	Short    []ShortForm  // "b4" is read as "before"
	Filler   []string     // words passed over: "really", "literally"
	Spell    []string     // words recognised when misspelled
	Known    []string     // words that look like a misspelling of those and are not
	Clauses  ClauseWords  // what begins a new clause
	Classes  []WordClass  // named groups of words, each defined before it is used
	Negation Negation     // "no chest pain"
	Excuses  []Excuse     // why a sign may not be one: long past, an animal, a figure of speech
	Rules    []SafetyRule // in order of urgency: the first that applies speaks
	Care     Care         // "is it safe with ...?"
}

// A Phrase is a pattern or an example with the line it stands on.
type Phrase struct {
	Text string
	Line int
}

// A ShortForm is a chat spelling and what it stands for.
type ShortForm struct {
	Short, Long string
}

// ClauseWords tell where one clause ends and the next begins.
type ClauseWords struct {
	Break []string // always begin a clause: "but", "because"
	Start []string // begin one after a comma, "and" or "ago": "my", "he", "now"
	Verbs []string // shortly after "and" they show that a clause began there: "is", "hurts"
}

// A WordClass is a named group of words, used in patterns as <name>.
type WordClass struct {
	Name  string
	Words []Phrase
	Line  int
}

// Negation holds the words that deny a sign.
type Negation struct {
	Before []Phrase // "no", "without", "denies"
	After  []Phrase // "none", "was ruled out"
	Except []Phrase // look like a denial and deny nothing: "not sure", "dont know why"
}

// An Excuse is a reason why a sign is none of the writer's, now.
type Excuse struct {
	ID     string
	Where  string   // how near to the sign: within, directly (before it), before, clause, sentence, message
	Words  []Phrase // any of them is enough
	Unless []Phrase // beside the sign, any of these overrules the excuse
	But    []Phrase // anywhere in the message, any of these overrules it
	Line   int
}

// A SafetyRule is one condition and the fixed reply to it.
type SafetyRule struct {
	ID       string
	Resource Resource
	Say      string            // the reply in English
	SayIn    map[string]string // the same in other languages, by code: "es"
	Signs    []Phrase          // any of them is enough
	SignsIn  map[string][]Phrase
	Unless   []Phrase // in the sign's sentence, any of these makes it harmless
	Despite  []string // ids of excuses that do not count for this rule; "negation" too
	For      []Phrase // examples that must bring this reply
	Against  []Phrase // look-alikes that must not be called urgent
	Line     int
}

// Care finds questions about whether massage is safe with a condition.
type Care struct {
	Asks    []Phrase // what makes a message such a question
	Not     []Phrase // what makes it a question about something else
	Rules   []CareRule
	Against []Phrase // questions that name a condition and ask something else
}

// A CareRule is one condition and the passage about it.
type CareRule struct {
	ID      string
	Passage string   // "safety.md#pregnancy"
	Signs   []Phrase // any of them names the condition
	Alone   []Phrase // these are a question about safety without any of Care.Asks
	For     []Phrase // examples that must reach the passage
	Line    int
}

// LoadSafety reads safety.yaml. All mistakes are returned at once, as Mistakes.
// The patterns are read here and understood by package safety.
func LoadSafety(fsys fs.FS) (SafetyRules, error) {
	data, err := readSafety(fsys)
	if err != nil {
		return SafetyRules{}, err
	}
	r := safetyReader{}
	node, m := yamlNode(SafetyFile, data, 0)
	switch {
	case m != nil:
		r.ms = append(r.ms, *m)
	case node == nil || node.Kind != yaml.MappingNode:
		r.ms.add(SafetyFile, 1, "holds no rules")
	default:
		r.file(node)
	}
	return r.s, r.ms.err()
}

func readSafety(fsys fs.FS) ([]byte, error) {
	data, err := readLimited(fsys, SafetyFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Mistakes{{File: SafetyFile, Text: "missing: without its rules nobody in danger is told to call for help"}}
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", SafetyFile, err)
	case len(data) > MaxFile:
		return nil, Mistakes{{File: SafetyFile, Text: "larger than 1 MB"}}
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), nil
}

// Known reports whether r is one of the resources.
func (r Resource) Known() bool { return slices.Contains(Resources, r) }

// Resources lists every resource, most urgent first.
var Resources = []Resource{Call911, ER, Crisis988, DoctorToday, DoctorFirst, Misconduct}

func resourceList() string {
	names := make([]string, len(Resources))
	for i, r := range Resources {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}
