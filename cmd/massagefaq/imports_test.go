package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "massagefaq/"

// A place is where a package stands in the house and what it may know of. Beyond
// this it may import the standard library, except what never holds.
type place struct {
	name  string   // below the module: "bot/journal"
	ours  []string // packages of ours, all of them earlier in the house
	third []string // modules of others, by the beginning of their import path
	never []string // packages of the standard library that it must not know
}

// Modules of others by the name they have in the house.
const (
	bleve      = "github.com/blevesearch/"
	bluemonday = "github.com/microcosm-cc/bluemonday"
	goldmark   = "github.com/yuin/goldmark"
	lru        = "github.com/hashicorp/golang-lru/v2"
	xtext      = "golang.org/x/text/"
	xtime      = "golang.org/x/time/"
)

var (
	chat = []string{"net/http", "net"} // what only a rim may know
	sql  = []string{"database/sql"}
)

// house holds every package, in the order in which arrows may point back. A new
// package fails the test until it has its place here.
var house = []place{
	{
		name:  "knowledge",
		third: []string{goldmark, "go.yaml.in/yaml/v4", bluemonday},
		never: slices.Concat(chat, sql),
	}, {
		name:  "knowledge/transfer",
		ours:  []string{"knowledge"},
		third: []string{goldmark, "codeberg.org/readeck/go-readability/v2", "github.com/JohannesKaufmann/html-to-markdown/v2", "golang.org/x/net/"},
		never: sql,
	}, {
		name:  "index",
		ours:  []string{"knowledge"},
		third: []string{bleve, xtext, "golang.org/x/sync/"},
		never: slices.Concat(chat, sql),
	}, {
		name:  "bot/safety",
		ours:  []string{"knowledge"},
		third: []string{xtext},
		never: slices.Concat(chat, sql),
	}, {
		name:  "bot",
		ours:  []string{"knowledge", "index", "bot/safety"},
		third: []string{xtext, lru},
		never: slices.Concat(chat, sql),
	}, {
		name:  "bot/journal",
		ours:  []string{"bot"},
		third: []string{"modernc.org/sqlite", "github.com/jackc/pgx/v5"},
		never: []string{"net/http"},
	}, {
		name:  "bot/eval",
		ours:  []string{"knowledge", "index", "bot"},
		third: []string{"golang.org/x/sync/", "github.com/schollz/progressbar/v3"},
		never: slices.Concat(chat, sql),
	}, {
		name:  "bot/check",
		ours:  []string{"knowledge", "index", "bot/safety", "bot"},
		never: slices.Concat(chat, sql),
	}, {
		name:  "adapters/web",
		ours:  []string{"knowledge", "index", "bot", "bot/journal"},
		third: []string{"github.com/prometheus/client_golang/", "github.com/andybalholm/brotli", "github.com/tdewolff/minify/v2", lru, xtime},
		never: sql,
	}, {
		name:  "adapters/slack",
		ours:  []string{"knowledge", "index", "bot"},
		third: []string{"github.com/slack-go/slack", goldmark, lru, xtime},
		never: sql,
	}, {
		name:  "adapters/discord",
		ours:  []string{"knowledge", "index", "bot"},
		third: []string{"github.com/bwmarrin/discordgo", "github.com/gorilla/websocket", "golang.org/x/sync/", goldmark, lru, xtime},
		never: sql,
	}, {
		name: "cmd/massagefaq",
		ours: []string{"knowledge", "knowledge/transfer", "index", "bot/safety", "bot", "bot/journal", "bot/eval", "bot/check",
			"adapters/web", "adapters/slack", "adapters/discord"},
		third: []string{anyModule},
		never: sql,
	},
}

// anyModule allows every module but Bleve, which is the index's alone.
const anyModule = ""

// TestArrows holds every package of the module to its place.
func TestArrows(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < 5 {
		t.Fatalf("go list found %d packages: %v", len(packages), packages)
	}
	for name, imports := range packages {
		i := slices.IndexFunc(house, func(p place) bool { return p.name == name })
		if i < 0 {
			t.Errorf("package %s has no place: add it to the house in imports_test.go, with what it may import", name)
			continue
		}
		for _, path := range imports {
			if err := house[i].allows(path); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestHouseIsALine keeps the house itself honest: arrows point back only, and no
// adapter knows another.
func TestHouseIsALine(t *testing.T) {
	var earlier []string
	for _, p := range house {
		for _, other := range p.ours {
			if !slices.Contains(earlier, other) {
				t.Errorf("%s may import %s, which does not come before it", p.name, other)
			}
			if adapter(p.name) && adapter(other) {
				t.Errorf("%s may import another adapter, %s", p.name, other)
			}
		}
		if p.name != "index" && slices.ContainsFunc(p.third, func(m string) bool { return m == bleve }) {
			t.Errorf("%s may import Bleve, which is the index's alone", p.name)
		}
		earlier = append(earlier, p.name)
	}
}

func adapter(name string) bool { return strings.HasPrefix(name, "adapters/") }

// allows says why p must not import path; nil when it may.
func (p place) allows(path string) error {
	own, isOwn := strings.CutPrefix(path, module)
	switch {
	case isOwn && slices.Contains(p.ours, own):
		return nil
	case isOwn:
		return fmt.Errorf("%s imports %s: that arrow points the wrong way", p.name, own)
	case standard(path) && slices.Contains(p.never, path):
		return fmt.Errorf("%s imports %s, which it must not know", p.name, path)
	case standard(path):
		return nil
	case strings.HasPrefix(path, bleve) && p.name != "index":
		return fmt.Errorf("%s imports %s: Bleve is the index's alone", p.name, path)
	case !slices.ContainsFunc(p.third, func(m string) bool { return within(path, m) }):
		return fmt.Errorf("%s imports %s, which its place does not allow", p.name, path)
	}
	return nil
}

// within reports whether path is the module m or a package of it.
func within(path, m string) bool {
	rest, ok := strings.CutPrefix(path, m)
	return ok && (m == anyModule || rest == "" || strings.HasSuffix(m, "/") || rest[0] == '/')
}

// standard reports whether path is of the standard library: a first element
// without a dot, as the go command itself decides it.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

func TestPlaceAllows(t *testing.T) {
	tests := []struct{ name, path, want string }{
		{"index", "massagefaq/knowledge", ""},
		{"index", "massagefaq/bot", "points the wrong way"},
		{"knowledge", "massagefaq/index", "points the wrong way"},
		{"adapters/web", "massagefaq/adapters/slack", "points the wrong way"},
		{"adapters/slack", "massagefaq/bot/journal", "points the wrong way"},
		{"adapters/web", "massagefaq/bot/journal", ""},
		{"bot", "massagefaq/nowhere", "points the wrong way"},
		{"index", "github.com/blevesearch/bleve/v2/search", ""},
		{"bot", "github.com/blevesearch/bleve/v2", "Bleve is the index's alone"},
		{"cmd/massagefaq", "github.com/blevesearch/bleve/v2", "Bleve is the index's alone"},
		{"cmd/massagefaq", "github.com/alecthomas/kong", ""},
		{"bot", "github.com/slack-go/slack", "its place does not allow"},
		{"adapters/slack", "github.com/slack-go/slack", ""},
		{"adapters/slack", "github.com/slack-go/slack/socketmode", ""},
		{"adapters/slack", "github.com/slack-go/slackevil", "its place does not allow"},
		{"bot", "net/http", "must not know"},
		{"bot/journal", "database/sql", ""},
		{"adapters/web", "net/http", ""},
		{"adapters/web", "database/sql", "must not know"},
	}
	for _, tt := range tests {
		p := house[slices.IndexFunc(house, func(p place) bool { return p.name == tt.name })]
		err := p.allows(tt.path)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s imports %s: %v, want %q", tt.name, tt.path, err, tt.want)
		}
	}
}

// listPackages gives every package of the module, by its name below the module,
// and what its files import; tests are left out, files for other systems are not.
func listPackages(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Dir,Imports,IgnoredGoFiles", "./...")
	cmd.Dir = filepath.Join("..", "..")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip("ARROWS NOT CHECKED: there is no go command to list packages with")
	}
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	packages := map[string][]string{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath, Dir         string
			Imports, IgnoredGoFiles []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		imports := p.Imports
		for _, file := range p.IgnoredGoFiles {
			if !strings.HasSuffix(file, "_test.go") {
				imports = append(imports, importsOf(t, filepath.Join(p.Dir, file))...)
			}
		}
		packages[strings.TrimPrefix(p.ImportPath, module)] = imports
	}
}

// importsOf reads what a file imports that is not built on this system.
func importsOf(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, imported)
	}
	return paths
}
