package knowledge

import (
	"io/fs"
	"regexp"

	"go.yaml.in/yaml/v4"
)

// BannedFile is where a folder of content keeps the claims nobody may make.
const BannedFile = "banned.yaml"

// Banned is the claims that the evidence does not support.
type Banned struct {
	Claims  []Claim
	Denials []*regexp.Regexp // a clause that matches one of these denies the claim, which is welcome
	Hearsay []*regexp.Regexp // a sentence that matches one of these may repeat a claim that the next one denies
}

// A Claim is a wording that may not stand in an answer unless it is denied.
type Claim struct {
	Pattern *regexp.Regexp // ignoring case, within one sentence
	Unless  *regexp.Regexp // the sentence is fine when it matches this too; nil for none
	Reason  string         // why it may not be said
	Instead string         // what can honestly be said
	Line    int            // where it stands in banned.yaml
}

// LoadBanned reads banned.yaml from the root of fsys. A folder without one has
// the shipped one: what may not be claimed does not depend on the practice.
// The error is of type Mistakes; what could be read comes with it.
func LoadBanned(fsys fs.FS) (Banned, error) {
	var b Banned
	var ms Mistakes
	root := yamlFile(owned(fsys, BannedFile), BannedFile, &ms)
	if root == nil {
		return b, ms.err()
	}
	if root.Kind != yaml.MappingNode {
		ms.add(BannedFile, root.Line, "wants the keys claims, denials and hearsay")
		return b, ms.err()
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		b.set(root.Content[i], root.Content[i+1], &ms)
	}
	return b, ms.err()
}

func (b *Banned) set(key, value *yaml.Node, ms *Mistakes) {
	if value.Kind != yaml.SequenceNode {
		ms.add(BannedFile, value.Line, "%s wants a list, each entry beginning with -", key.Value)
		return
	}
	switch key.Value {
	case "claims":
		for _, n := range value.Content {
			if c := readClaim(n, ms); c.Pattern != nil {
				b.Claims = append(b.Claims, c)
			}
		}
	case "denials":
		b.Denials = yamlPatterns(value, ms)
	case "hearsay":
		b.Hearsay = yamlPatterns(value, ms)
	default:
		ms.add(BannedFile, key.Line, "unknown key %q (want claims, denials or hearsay)", key.Value)
	}
}

func yamlPatterns(list *yaml.Node, ms *Mistakes) []*regexp.Regexp {
	var res []*regexp.Regexp
	for _, n := range list.Content {
		if re := yamlPattern(n, ms); re != nil {
			res = append(res, re)
		}
	}
	return res
}

func readClaim(n *yaml.Node, ms *Mistakes) Claim {
	c := Claim{Line: n.Line}
	if n.Kind != yaml.MappingNode {
		ms.add(BannedFile, n.Line, "a claim wants pattern, reason and instead")
		return c
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch key.Value {
		case "pattern":
			c.Pattern = yamlPattern(value, ms)
		case "unless":
			c.Unless = yamlPattern(value, ms)
		case "reason":
			c.Reason = value.Value
		case "instead":
			c.Instead = value.Value
		default:
			ms.add(BannedFile, key.Line, "unknown key %q (want pattern, unless, reason or instead)", key.Value)
		}
	}
	if c.Reason == "" || c.Instead == "" {
		ms.add(BannedFile, n.Line, "a claim wants a reason, and what to say instead")
	}
	return c
}

// yamlPattern is a regular expression that ignores case; nil with a mistake
// when it cannot be read.
func yamlPattern(n *yaml.Node, ms *Mistakes) *regexp.Regexp {
	re, err := regexp.Compile("(?i)" + n.Value)
	if err != nil || n.Kind != yaml.ScalarNode || n.Value == "" {
		ms.add(BannedFile, n.Line, "pattern %q cannot be read: %v", n.Value, err)
		return nil
	}
	return re
}
