package main

import (
	"fmt"
	"runtime/debug"
)

// release is the version, set by the Makefile for a build of a tag.
var release = "dev"

type version struct{}

// Run is "massagefaq version".
func (version) Run(w *world) error {
	v := release
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				v += " " + s.Value[:12]
			}
		}
		v += " " + info.GoVersion
	}
	_, err := fmt.Fprintln(w.stdout, "massagefaq", v)
	return err
}
