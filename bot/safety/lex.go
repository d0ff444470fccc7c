package safety

import (
	"fmt"
	"strings"
)

// split cuts a line at spaces outside parentheses.
func split(line string) ([]string, error) {
	var out []string
	depth, start := 0, -1
	for i, r := range line + " " {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		}
		if depth < 0 {
			return nil, fmt.Errorf("parentheses do not match in %q", line)
		}
		if r == ' ' && depth == 0 {
			if start >= 0 {
				out = append(out, line[start:i])
			}
			start = -1
		} else if start < 0 {
			start = i
		}
	}
	if depth != 0 || len(out) == 0 {
		return nil, fmt.Errorf("parentheses do not match in %q", line)
	}
	return out, nil
}

func cutItems(items []string, at string) (before, after []string) {
	for i, item := range items {
		if item == at {
			return items[:i], items[i+1:]
		}
	}
	return items, nil
}

func splitItems(items []string, at string) [][]string {
	var out [][]string
	for {
		before, after := cutItems(items, at)
		out = append(out, before)
		if after == nil {
			return out
		}
		items = after
	}
}

// cutOptional takes the "-" out of "(a|b|-)".
func cutOptional(item string) (string, bool) {
	if bare, ok := strings.CutSuffix(item, "|-)"); ok && strings.HasPrefix(item, "(") {
		return bare + ")", true
	}
	return item, false
}

// options cuts at each | outside inner parentheses.
func options(text string) []string {
	var out []string
	depth, start := 0, 0
	for i, r := range text {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, text[start:i])
				start = i + 1
			}
		}
	}
	return append(out, text[start:])
}
