package check

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// hintsOf is words, in lower case, one of which is in every text that matches;
// none when there is no telling. Looking for words is many times faster than
// matching.
func hintsOf(re *regexp.Regexp) []string {
	parsed, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		return nil
	}
	return literals(parsed)
}

// literals is the first set of literals, one of which every match has.
func literals(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(re.Rune))}
	case syntax.OpCapture, syntax.OpPlus:
		return literals(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if found := literals(sub); found != nil {
				return found
			}
		}
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			found := literals(sub)
			if found == nil {
				return nil
			}
			all = append(all, found...)
		}
		return all
	}
	return nil
}

// hinted reports whether a text in lower case has one of the hints, or there
// are none to go by.
func hinted(lower string, hints []string) bool {
	for _, h := range hints {
		if strings.Contains(lower, h) {
			return true
		}
	}
	return hints == nil
}
