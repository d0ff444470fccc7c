package transfer

import (
	"regexp"
	"strings"
	"unicode"
)

// bullets are characters that people type instead of making a list.
var bullets = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range "\u2022\u00B7\u25CF\u25AA\u25E6\u2023\u27A4\u25BA\u2713\u2714\u25CB\u25A0\u2043\u204C\u2219\u27A2\u2756\u2705\U0001F449\uF0B7\u25B8\u2794\u279C" {
		m[r] = true
	}
	return m
}()

var (
	imageName = regexp.MustCompile(`(?i)^\W*[\w() .%+-]{1,80}\.(?:jpe?g|png|webp|gif|svg|heic|avif|tiff?|bmp)\W*$`)
	furniture = regexp.MustCompile(`(?i)^(?:(?:read|learn|see|show|view) (?:more|less|all)|share(?: this)?(?: (?:post|page))?|tweet|pin it|print|email|home|menu|close|search|back(?: to top)?|next|previous|skip to (?:main )?content|book (?:now|online|an? appointment)|schedule (?:now|online)|call (?:us )?(?:now|today)|contact us|sign up|subscribe|log ?in|loading\.*|` +
		`all rights reserved\.?|(?:copyright )?\x{00A9}.*|\d+ (?:comments?|min(?:ute)? read|views?|likes?)|by admin|posted (?:on|by) .*|(?:follow|like) us on .*|powered by .*|use tab to navigate.*|top of page|bottom of page|leave a (?:comment|reply).*|image|photo|\W+)$`)
	breakMark = regexp.MustCompile(`(?: {2,}|\\)$`)
	listMark  = regexp.MustCompile(`^\s*(?:[-*+]|\d{1,2}[.)])\s+`)
)

// tidyText makes the Markdown below a heading what a passage may hold:
// paragraphs and plain lists.
func tidyText(md string) string {
	var out []string
	for _, block := range paragraphs(tidyRunes(md)) {
		var lines []string
		for _, l := range block {
			if !fence.MatchString(l) {
				lines = append(lines, bulleted(l)...)
			}
		}
		lines = dropFurniture(lines)
		if len(lines) > 0 {
			out = append(out, flow(lines)...)
		}
	}
	return disarm(strings.TrimSpace(strings.Join(joinLists(out), "\n\n")))
}

// tidyRunes drops what is not seen and makes odd spaces plain.
func tidyRunes(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00A0' || r == '\u2007' || r == '\u202F' || r == '\u3000' || r >= '\u2000' && r <= '\u200A':
			return ' '
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), r == '\u00AD', r >= '\u200B' && r <= '\u200F', r == '\u2060', r == '\uFEFF', r >= '\u202A' && r <= '\u202E', r == '\uFFFC', r == unicode.ReplacementChar:
			return -1
		case r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		}
		return r
	}, s)
}

// paragraphs is the blocks of Markdown between empty lines.
func paragraphs(md string) [][]string {
	var out [][]string
	var block []string
	for line := range strings.SplitSeq(md+"\n", "\n") {
		if strings.TrimSpace(line) != "" {
			block = append(block, line)
		} else if block != nil {
			out, block = append(out, block), nil
		}
	}
	return out
}

// bulleted makes bullets that are characters a list: at the start of a line,
// or strewn within one.
func bulleted(line string) []string {
	count := 0
	for _, r := range line {
		if bullets[r] {
			count++
		}
	}
	first := []rune(strings.TrimLeft(line, " *_\\"))
	if count == 0 || count == 1 && !(len(first) > 0 && bullets[first[0]]) {
		return []string{line}
	}
	var out []string
	for i, part := range strings.FieldsFunc(line, func(r rune) bool { return bullets[r] }) {
		part = strings.TrimSpace(breakMark.ReplaceAllString(strings.TrimSpace(part), ""))
		switch {
		case strings.Trim(part, " *_\\-") == "":
		case i == 0 && !bullets[first[0]]:
			out = append(out, part)
		default:
			out = append(out, "- "+strings.TrimLeft(part, " -"))
		}
	}
	return out
}

// dropFurniture leaves out names of images and the words of buttons.
func dropFurniture(lines []string) []string {
	var out []string
	for _, l := range lines {
		bare := strings.Trim(listMark.ReplaceAllString(breakMark.ReplaceAllString(l, ""), ""), " *_")
		bare = strings.ReplaceAll(inlineBox.ReplaceAllString(bare, "$1"), `\`, "")
		if bare != "" && !imageName.MatchString(bare) && !furniture.MatchString(bare) {
			out = append(out, l)
		}
	}
	return out
}

// flow makes the lines of a block paragraphs and list items, one each: forced
// line breaks go, and lists are flat.
func flow(lines []string) []string {
	var out []string
	item := false
	for i, l := range lines {
		broken := i > 0 && breakMark.MatchString(lines[i-1])
		text := strings.TrimSpace(breakMark.ReplaceAllString(l, ""))
		text = strings.TrimSpace(strings.TrimLeft(strings.TrimPrefix(text, ">"), "> "))
		switch {
		case listMark.MatchString(l):
			mark := strings.TrimSpace(listMark.FindString(l))
			if strings.ContainsAny(mark, "*+") {
				mark = "-"
			}
			out, item = append(out, mark+" "+strings.TrimSpace(text[len(strings.TrimSpace(listMark.FindString(l))):])), true
		case i == 0 || item && !strings.HasPrefix(l, " ") && broken:
			out, item = append(out, text), false
		default:
			out[len(out)-1] += " " + text
		}
	}
	out[0] = answerIs.ReplaceAllString(out[0], "")
	return out
}

// joinLists puts the items of a list on neighbouring lines.
func joinLists(blocks []string) []string {
	var out []string
	for _, b := range blocks {
		if len(out) > 0 && listMark.MatchString(b) && listMark.MatchString(out[len(out)-1]) {
			out[len(out)-1] += "\n" + b
			continue
		}
		if b != "" {
			out = append(out, b)
		}
	}
	return out
}

var label = regexp.MustCompile(`(?im)^([*_]*(?:also asked|sources?|related|references?|see also|related questions)[*_]*)[ \t]*:([*_]*)[ \t]*$`)

// marks are signs at the start of a line that our format would read: headings
// and definitions of links.
var marks = regexp.MustCompile(`(?m)^([ \t]*(?:(?:[-*+]|\d{1,2}[.)])[ \t]+)*)(#|\[[^\]\n]*\]:)`)

// disarm takes the meaning that our format would give to braces, headings and
// labels in somebody else's text.
func disarm(md string) string {
	md = strings.NewReplacer(`\{`, `\{`, `\}`, `\}`, "{", `\{`, "}", `\}`).Replace(md)
	return marks.ReplaceAllString(label.ReplaceAllString(md, "$1$2"), `$1\$2`)
}
