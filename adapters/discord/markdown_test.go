package discord

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

// Each example is a Markdown text and, after it, what Discord gets.
func TestConvert(t *testing.T) {
	const file = "testdata/markdown.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out txtar.Archive
	out.Comment = archive.Comment
	for _, f := range archive.Files {
		name, ok := strings.CutSuffix(f.Name, ".md")
		if !ok {
			continue
		}
		got := strings.Join(convert(string(f.Data), nil), "\n\n") + "\n"
		out.Files = append(out.Files, f, txtar.File{Name: name + ".discord", Data: []byte(got)})
	}
	golden(t, file, string(txtar.Format(&out)))
}

// caller matches what would call or show something that nobody wrote as content.
var caller = regexp.MustCompile(`(?i)@(everyone|here)`)

func FuzzConvert(f *testing.F) {
	for _, s := range []string{
		"plain", "**bold** and *soft*", "- a\n- b\n  - c", "[x](https://example.com/(a))", "<@123> @everyone", "||x|| ~~y~~ `z` \\*",
		"# h\n\n> q\n\n```\ncode ``` more\n```", "1. a\n2. b", "a_b_c https://x.example/a_b", "<b>x</b>", "&lt;@1&gt; &#64;here", "\\<@1\\>", "`` ` ``", "***a***", "**a*b*c**",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, md string) {
		for _, b := range convert(md, nil) {
			if !utf8.ValidString(b) {
				t.Errorf("convert(%q) is not UTF-8: %q", md, b)
			}
			if !strings.HasPrefix(b, "```") && !strings.Contains(b, "`") && !strings.Contains(b, "](") && !strings.Contains(b, "http") {
				if at := liveMention(b); at != "" {
					t.Errorf("convert(%q) is alive: %q in %q", md, at, b)
				}
			}
		}
		if strings.ContainsAny(plainText(md), "\n\r") {
			t.Errorf("plainText(%q) has lines", md)
		}
		if got := fit(convert(md, nil), 100); width(got) > 100 {
			t.Errorf("fit(%q) is %d wide", md, width(got))
		}
	})
}

// liveMention finds a mention, emoji or timestamp that no backslash holds back.
func liveMention(s string) string {
	if m := caller.FindString(s); m != "" {
		return m
	}
	for i := range len(s) {
		if s[i] != '<' || i+1 >= len(s) || !strings.ContainsRune("@#:at/", rune(s[i+1])) {
			continue
		}
		slashes := 0
		for j := i - 1; j >= 0 && s[j] == '\\'; j-- {
			slashes++
		}
		if slashes%2 == 0 {
			return s[i:]
		}
	}
	return ""
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"a*b_c~d|e`f":                    "a\\*b\\_c\\~d\\|e\\`f",
		"mail me@example.com":            "mail me@example.com",
		"hi @here":                       "hi @\u200bhere",
		"x@everyone":                     "x@\u200beveryone",
		"<@1> <#2> <:a:3>":               "\\<@\u200b1> \\<#2> \\<:a:3>",
		"see https://x.example/a_b_c. A": "see https://x.example/a_b_c. A",
		"[a](b)":                         "\\[a](b)",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
}
