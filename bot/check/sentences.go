package check

import (
	"regexp"
	"strings"
	"unicode"
)

// A sentence is part of an answer, without its markup.
type sentence struct {
	text   string
	offset int // byte in the answer
}

// markup is what a reader does not read: link targets, emphasis, list marks.
var markup = regexp.MustCompile("\\]\\([^)\n]*\\)|<https?://[^>\n]*>|https?://[^\\s)]+|[*_`\\[\\]]+|(?m:^[ \t]*(?:[-+]|\\d+[.)])[ \t]+)")

// blank replaces markup by as many spaces, so that offsets stay true.
func blank(markdown string) string {
	return markup.ReplaceAllStringFunc(markdown, func(s string) string { return strings.Repeat(" ", len(s)) })
}

// blocks are where one block of text ends and the next begins: an empty line,
// a list item, or the parts of a place for a practice fact.
var blocks = regexp.MustCompile(`\n[ \t]*\n|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]+`)

// sentences splits an answer. List items are sentences of their own.
func sentences(markdown string) []sentence {
	plain := blank(markdown)
	var out []sentence
	from := 0
	for _, cut := range append(blocks.FindAllStringIndex(markdown, -1), []int{len(markdown), len(markdown)}) {
		out = append(out, within(plain[from:cut[0]], from)...)
		from = cut[1]
	}
	return out
}

// within splits one block into sentences.
func within(block string, offset int) []sentence {
	var out []sentence
	from := 0
	add := func(to int) {
		text := block[from:to]
		if trimmed := strings.TrimSpace(text); trimmed != "" {
			out = append(out, sentence{trimmed, offset + from + strings.Index(text, trimmed)})
		}
		from = to
	}
	for i := 0; i < len(block); i++ {
		if strings.IndexByte(".!?", block[i]) >= 0 && ends(block, i) {
			for i+1 < len(block) && strings.IndexByte(`"')`, block[i+1]) >= 0 {
				i++
			}
			add(i + 1)
		}
	}
	add(len(block))
	return out
}

// ends reports whether the mark at i ends a sentence: what follows begins like
// one, and what precedes is no abbreviation.
func ends(block string, i int) bool {
	rest := strings.TrimLeft(block[i+1:], `"')}*_`+"\u201d\u2019")
	next := strings.TrimSpace(rest)
	if next == "" {
		return true
	}
	if rest[0] != ' ' && rest[0] != '\n' {
		return false
	}
	word := block[strings.LastIndexAny(block[:i], " (\n")+1 : i]
	if block[i] == '.' && abbreviations[strings.ToLower(word)] {
		return false
	}
	first := []rune(strings.TrimLeft(next, `"'(*{[`+"\u201c"))
	return len(first) > 0 && (unicode.IsUpper(first[0]) || unicode.IsDigit(first[0]))
}

var abbreviations = map[string]bool{
	"e.g": true, "i.e": true, "dr": true, "mr": true, "mrs": true, "ms": true, "vs": true, "st": true, "no": false,
	"u.s": true, "a.m": true, "p.m": true, "approx": true, "etc": false, "inc": true, "v": true,
}
