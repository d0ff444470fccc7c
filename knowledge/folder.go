package knowledge

import (
	"errors"
	"io/fs"
)

// Folder is everything a content folder holds.
type Folder struct {
	Body
	Safety    SafetyRules // what is urgent, and what needs a doctor's word first
	SmallTalk SmallTalk   // greetings, thanks, "a human please", other languages
}

// LoadFolder reads a whole content folder. A folder without a safety.yaml or a
// smalltalk.yaml of its own has the shipped one. The error is of type Mistakes
// and has every author's mistake in every file, or it says why fsys cannot be
// read at all.
func LoadFolder(fsys fs.FS) (Folder, error) {
	f, _, err := ReadFolder(fsys)
	return f, err
}

// ReadFolder is LoadFolder for checking: what could be read of the passages comes
// with the mistakes.
func ReadFolder(fsys fs.FS) (Folder, Reading, error) {
	read, err := Read(fsys)
	if err != nil {
		return Folder{}, read, err
	}
	var f Folder
	var ms Mistakes
	if f.Body, err = read.body(fsys); !ms.took(err) {
		return Folder{}, read, err
	}
	if f.Safety, err = LoadSafety(owned(fsys, SafetyFile)); !ms.took(err) {
		return Folder{}, read, err
	}
	if f.SmallTalk, err = LoadSmallTalk(owned(fsys, SmallTalkFile)); !ms.took(err) {
		return Folder{}, read, err
	}
	if err := ms.err(); err != nil {
		return Folder{}, read, err
	}
	return f, read, nil
}

// took is true when err is nothing or mistakes, which are kept.
func (ms *Mistakes) took(err error) bool {
	var more Mistakes
	if errors.As(err, &more) {
		ms.join(err)
		return true
	}
	return err == nil
}
