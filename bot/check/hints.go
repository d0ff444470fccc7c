package check

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// hints are what a text must have for a pattern to match: one word of each list,
// in lower case. None when there is no telling. Looking for words is many times
// faster than matching.
type hints [][]string

func hintsOf(re *regexp.Regexp) hints {
	parsed, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		return nil
	}
	return needs(parsed)
}

// in reports whether a text in lower case may match.
func (h hints) in(lower string) bool {
	for _, list := range h {
		if !anyIn(lower, list) {
			return false
		}
	}
	return true
}

func anyIn(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func needs(re *syntax.Regexp) hints {
	switch re.Op {
	case syntax.OpLiteral:
		return hints{{strings.ToLower(string(re.Rune))}}
	case syntax.OpCapture, syntax.OpPlus:
		return needs(re.Sub[0])
	case syntax.OpRepeat:
		switch {
		case re.Min == 0:
			return nil
		case re.Sub[0].Op == syntax.OpLiteral:
			return hints{{strings.Repeat(strings.ToLower(string(re.Sub[0].Rune)), re.Min)}}
		}
		return needs(re.Sub[0])
	case syntax.OpConcat:
		var all hints
		for _, sub := range re.Sub {
			all = append(all, needs(sub)...)
		}
		return all
	case syntax.OpAlternate:
		return either(re.Sub)
	}
	return nil
}

// either is one list with a word for each alternative.
func either(alternatives []*syntax.Regexp) hints {
	var all []string
	for _, sub := range alternatives {
		found := needs(sub)
		if found == nil {
			return nil
		}
		all = append(all, longest(found)...)
	}
	return hints{all}
}

// longest is the list whose shortest word is longest: it rules out most.
func longest(h hints) []string {
	best, length := h[0], 0
	for _, list := range h {
		least := len(list[0])
		for _, w := range list {
			least = min(least, len(w))
		}
		if least > length {
			best, length = list, least
		}
	}
	return best
}
