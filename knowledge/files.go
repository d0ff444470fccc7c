package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"syscall"
	"unicode/utf8"
)

// MaxFile is how large a content file may be, in bytes. The largest shipped
// one is about 100 kB; beyond a megabyte someone pointed at the wrong folder.
const MaxFile = 1 << 20

// contentFile is a Markdown file as read: valid UTF-8, "\n" line ends, no BOM.
type contentFile struct {
	name string
	text []byte
}

// readFiles reads every Markdown file below the root in path order. Hidden
// files and folders are skipped: editors and mounted volumes keep copies there.
func readFiles(fsys fs.FS, ms *Mistakes) ([]contentFile, error) {
	var files []contentFile
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return fmt.Errorf("read content: %w", err)
		case err != nil:
			ms.add(name, 0, "%s", readProblem(err))
			return nil
		case name != "." && strings.HasPrefix(d.Name(), "."):
			return skip(d)
		case d.IsDir() || !wanted(fsys, name, d, ms):
			return nil
		}
		if text, ok := readText(fsys, name, ms); ok {
			files = append(files, contentFile{name, text})
		}
		return nil
	})
	return files, err
}

func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// wanted reports whether name is a Markdown file with passages or a companion.
// Links to folders are not followed, so that a loop of links cannot hang the reader.
func wanted(fsys fs.FS, name string, d fs.DirEntry, ms *Mistakes) bool {
	if d.Type()&fs.ModeSymlink != 0 {
		info, err := fs.Stat(fsys, name)
		if err == nil && info.IsDir() {
			ms.add(name, 0, "a link to a folder is not followed; put the files themselves here")
			return false
		}
		if err != nil {
			ms.add(name, 0, "%s", readProblem(err))
			return false
		}
	}
	ext := path.Ext(name)
	if ext != ".md" && (strings.EqualFold(ext, ".md") || strings.EqualFold(ext, ".markdown")) {
		ms.add(name, 0, "only files that end in .md are read; rename it to %s.md", strings.TrimSuffix(path.Base(name), ext))
	}
	if _, ok := CompanionOf(name); !ok && ext == ".md" && strings.HasSuffix(strings.ToLower(name), companionEnd) {
		base := path.Base(name)
		ms.add(name, 0, "a file of further phrasings ends in %s; rename it to %s", companionEnd, base[:len(base)-len(companionEnd)]+companionEnd)
		return false
	}
	return ext == ".md" && !strings.EqualFold(path.Base(name), "readme.md")
}

// readProblem words an error from the file system for an author.
func readProblem(err error) string {
	switch {
	case errors.Is(err, syscall.ELOOP):
		return "this link leads back to itself; remove it"
	case errors.Is(err, fs.ErrNotExist):
		return "this link leads nowhere; remove it"
	case errors.Is(err, fs.ErrPermission):
		return "may not be read; check its permissions"
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return "cannot be read: " + err.Error()
}

// readText reads one file as clean text. A file with wrong bytes is still
// returned, with those replaced, so that its other mistakes are found too.
// The same goes for cleanText.
func readText(fsys fs.FS, name string, ms *Mistakes) ([]byte, bool) {
	data, err := readLimited(fsys, name)
	if err != nil {
		ms.add(name, 0, "%s", readProblem(err))
		return nil, false
	}
	return cleanText(name, data, ms)
}

// cleanText makes what a file holds clean text, or reports why it cannot.
func cleanText(name string, data []byte, ms *Mistakes) ([]byte, bool) {
	if len(data) > MaxFile {
		ms.add(name, 0, "larger than 1 MB; a content file holds one topic, split it")
		return nil, false
	}
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		ms.add(name, 1, "saved as UTF-16; save it as UTF-8")
		return nil, false
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	reportBytes(name, data, ms)
	return bytes.ReplaceAll(bytes.ToValidUTF8(data, []byte("\uFFFD")), []byte{0}, []byte("\uFFFD")), true
}

func readLimited(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxFile+1))
}

// reportBytes reports the first line that is not UTF-8 and the first with a
// control character. One of each is enough: saved again, all are gone.
func reportBytes(name string, data []byte, ms *Mistakes) {
	if !utf8.Valid(data) {
		n := 1
		for line := range bytes.Lines(data) {
			if !utf8.Valid(line) {
				ms.add(name, n, "not UTF-8 (saved as Latin-1 or Windows-1252?); save the file as UTF-8")
				break
			}
			n++
		}
	}
	if i := bytes.IndexFunc(data, isControl); i >= 0 {
		ms.add(name, 1+bytes.Count(data[:i], []byte("\n")), "a control character (%U); delete it", data[i])
	}
}

func isControl(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7F }
