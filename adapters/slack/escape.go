package slack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	htmlrender "github.com/yuin/goldmark/renderer/html"
)

// visible drops control characters, which Slack shows as boxes.
func visible(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// escape replaces the three signs that Slack parses.
func escape(s string) string { return slackEscaper.Replace(s) }

var slackEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// literal replaces signs that would begin emphasis or code by others of the
// same look: Slack has no way to escape them. before is the sign before s.
func literal(s string, before rune) string {
	if !strings.ContainsAny(s, "*_~`") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		alike, special := lookalike[r]
		if special && !wordRune(before) && !unicode.IsSpace(next) {
			r = alike
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

var lookalike = map[rune]rune{'*': '\u2217', '_': '\u02cd', '~': '\u223c', '`': '\u02cb'}

// plain is text from elsewhere, such as a name or a question, for a place that
// takes mrkdwn: on one line, and shown as it stands.
func plain(s string) string {
	return escape(literal(strings.Join(strings.Fields(strings.Map(visible, s)), " "), 0))
}

// linkTarget is an address as Slack takes it between angle brackets; empty if
// it is not one that people may be sent to.
func linkTarget(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	web := (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
	if !web && (u.Scheme != "mailto" || u.Opaque == "") {
		return ""
	}
	return targetEscaper.Replace(u.String())
}

var targetEscaper = strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C", " ", "%20", "&", "&amp;")

// resolve is a piece of Markdown source as its reader sees it: backslash
// escapes and character references resolved.
func resolve(raw []byte, verbatim bool) string {
	if verbatim {
		return string(raw)
	}
	var b bytes.Buffer
	htmlrender.DefaultWriter.Write(unbuffered{&b}, raw)
	return strings.Map(visible, html.UnescapeString(b.String()))
}

// unbuffered lets goldmark's writer write to a buffer.
type unbuffered struct{ *bytes.Buffer }

func (unbuffered) Available() int { return 0 }
func (unbuffered) Buffered() int  { return 0 }
func (unbuffered) Flush() error   { return nil }

// digest is a short name for a text.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
