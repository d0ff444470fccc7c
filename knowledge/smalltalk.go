package knowledge

import (
	"io/fs"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// SmallTalkFile is where a folder of content keeps what is said when nobody asks
// for knowledge.
const SmallTalkFile = "smalltalk.yaml"

// SmallTalk is the manners of the assistant.
type SmallTalk struct {
	Exchanges []Exchange
	Languages []Language
}

// Exchange is one thing people say and what is said back.
type Exchange struct {
	ID      string         // "greeting"
	Handoff bool           // a person is wanted
	Hears   *regexp.Regexp // what people say: lower case, without punctuation, the whole message
	Say     string         // Markdown, practice facts not yet placed
	Line    int
}

// Language is one that the assistant recognises but does not speak.
type Language struct {
	Name   string   // "Spanish"
	Words  []string // little words that English does not have
	Script string   // Unicode script that gives it away, "Han"; empty for Latin
	Say    string   // Markdown, in that language and in English
	Line   int
}

// LoadSmallTalk reads smalltalk.yaml from the root of fsys. A folder without one
// has no small talk. The error is of type Mistakes.
func LoadSmallTalk(fsys fs.FS) (SmallTalk, error) {
	var t SmallTalk
	var ms Mistakes
	for _, n := range yamlList(fsys, SmallTalkFile, &ms) {
		fields := smallTalkFields(n, &ms)
		switch {
		case fields == nil:
		case fields["language"] != nil:
			t.Languages = append(t.Languages, readLanguage(n, fields, &ms))
		default:
			t.Exchanges = append(t.Exchanges, readExchange(n, fields, &ms))
		}
	}
	return t, ms.err()
}

func smallTalkFields(n *yaml.Node, ms *Mistakes) map[string]*yaml.Node {
	if n.Kind != yaml.MappingNode {
		ms.add(SmallTalkFile, n.Line, "an entry wants lines such as \"id: greeting\"")
		return nil
	}
	fields := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch key.Value {
		case "id", "handoff", "hears", "say", "language", "words", "script":
			fields[key.Value] = n.Content[i+1]
		default:
			ms.add(SmallTalkFile, key.Line, "unknown key %q (want id, handoff, hears and say, or language, words, script and say)", key.Value)
		}
	}
	if value(fields["say"]) == "" {
		ms.add(SmallTalkFile, n.Line, "an entry without say")
	}
	return fields
}

func readExchange(n *yaml.Node, fields map[string]*yaml.Node, ms *Mistakes) Exchange {
	e := Exchange{ID: value(fields["id"]), Handoff: value(fields["handoff"]) == "true", Say: value(fields["say"]), Line: n.Line}
	if e.ID == "" {
		ms.add(SmallTalkFile, n.Line, "an entry without id")
	}
	var patterns []string
	if list := fields["hears"]; list != nil {
		for _, c := range list.Content {
			patterns = append(patterns, checkPattern(c, ms))
		}
	}
	if len(patterns) == 0 {
		ms.add(SmallTalkFile, n.Line, "%s hears nothing; want a list of patterns", e.ID)
	}
	e.Hears, _ = regexp.Compile("^(?:" + strings.Join(patterns, "|") + ")$")
	return e
}

// checkPattern returns a pattern that compiles; a broken one matches nothing.
func checkPattern(n *yaml.Node, ms *Mistakes) string {
	if _, err := regexp.Compile(n.Value); err != nil {
		ms.add(SmallTalkFile, n.Line, "pattern %q: %v", n.Value, err)
		return "$^"
	}
	return n.Value
}

func readLanguage(n *yaml.Node, fields map[string]*yaml.Node, ms *Mistakes) Language {
	l := Language{Name: value(fields["language"]), Script: value(fields["script"]), Say: value(fields["say"]), Line: n.Line}
	l.Words = strings.Fields(value(fields["words"]))
	if len(l.Words) == 0 && l.Script == "" {
		ms.add(SmallTalkFile, n.Line, "%s cannot be recognised without words or script", l.Name)
	}
	return l
}

func value(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.Value)
}
