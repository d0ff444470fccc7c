package transfer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"path"
	"strings"
	"unicode/utf8"
)

// MaxSource is how large a file or page may be, in bytes.
const MaxSource = 5 << 20

// A Source is a file or page as read.
type Source struct {
	Name string // path or web address, for messages and for links within
	Type string // media type if the server gave one: "text/html; charset=utf-8"
	Data []byte
}

// open reads a file, or fetches a web address.
func open(ctx context.Context, from string, f Fetch) (Source, error) {
	if isURL(from) {
		return f.get(ctx, from)
	}
	file, err := os.Open(from)
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err // the caller names the file
		}
		return Source{}, err
	}
	defer file.Close()
	data, err := readAll(file, MaxSource)
	return Source{Name: from, Data: data}, err
}

func isURL(s string) bool { return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") }

var errTooLarge = fmt.Errorf("larger than %d MB", MaxSource>>20)

// readAll reads up to max bytes; more is errTooLarge.
func readAll(r io.Reader, max int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, max+1))
	if err == nil && int64(len(data)) > max {
		return nil, errTooLarge
	}
	return data, err
}

// kind tells what a source is by its media type, its name, and how it begins.
func (s Source) kind() Kind {
	media, _, _ := mime.ParseMediaType(s.Type)
	switch media {
	case "text/html", "application/xhtml+xml":
		return HTML
	case "text/csv", "text/tab-separated-values":
		return CSV
	case "text/markdown":
		return Markdown
	case "application/json", "application/ld+json":
		return JSONLD
	}
	name, _, _ := strings.Cut(s.Name, "?")
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return HTML
	case ".csv", ".tsv":
		return CSV
	case ".md", ".markdown":
		return Markdown
	case ".json", ".jsonld":
		return JSONLD
	}
	start := bytes.TrimSpace(bytes.TrimPrefix(s.Data[:min(len(s.Data), 1024)], []byte("\uFEFF")))
	switch {
	case bytes.HasPrefix(start, []byte("<")):
		return HTML
	case bytes.HasPrefix(start, []byte("{")), bytes.HasPrefix(start, []byte("[")) && !bytes.Contains(start, []byte("](")):
		return JSONLD
	}
	return Markdown
}

// text is the source as text. Latin-1 is refused, with the line: guessing
// would turn dashes and accents into other signs without anybody noticing.
func (s Source) text() (string, error) {
	data := bytes.TrimPrefix(s.Data, []byte("\uFEFF"))
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		return "", errors.New("saved as UTF-16; save it as UTF-8")
	}
	n := 1
	for line := range bytes.Lines(data) {
		if !utf8.Valid(line) {
			return "", fmt.Errorf("line %d is not UTF-8 (saved as Latin-1 or Windows-1252?); save it as UTF-8", n)
		}
		n++
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(string(data))
	if strings.TrimSpace(text) == "" {
		return "", errors.New("empty")
	}
	return text, nil
}
