package knowledge

import (
	"embed"
	"io/fs"
)

//go:embed content
var content embed.FS

// Content is the content that ships with the program, ready for Load.
func Content() fs.FS {
	sub, err := fs.Sub(content, "content")
	if err != nil {
		panic(err) // the path is a constant that fs.ValidPath accepts
	}
	return sub
}
