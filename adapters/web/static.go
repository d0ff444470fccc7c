package web

import (
	"bytes"
	"embed"
	"fmt"
	"mime"
	"net/http"
	"path"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"
)

//go:embed static
var staticFiles embed.FS

// static are the files that never change while the program runs.
type static struct {
	byName  map[string]*asset
	openapi *asset
}

var squeeze = func() *minify.M {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)
	return m
}()

// loadStatic reads the embedded files, once. An error is a mistake in them.
var loadStatic = sync.OnceValues(readStatic)

func readStatic() (*static, error) {
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		return nil, fmt.Errorf("read embedded files: %w", err)
	}
	s := &static{byName: map[string]*asset{}}
	for _, e := range entries {
		body, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			return nil, fmt.Errorf("read embedded file: %w", err)
		}
		if s.byName[e.Name()], err = staticAsset(e.Name(), body); err != nil {
			return nil, err
		}
	}
	s.openapi = newAsset(jsonKind, keepAsk, openapiJSON)
	s.openapi.crossSite = true
	return s, nil
}

func staticAsset(name string, body []byte) (*asset, error) {
	kind := mime.TypeByExtension(path.Ext(name))
	bare, _, err := mime.ParseMediaType(kind)
	if err != nil {
		return nil, fmt.Errorf("embedded file %s: %w", name, err)
	}
	if small, err := minified(bare, body); err != nil {
		return nil, fmt.Errorf("minify %s: %w", name, err)
	} else if small != nil {
		body = small
	}
	return newAsset(kind, keepForever, body), nil
}

// minified is body without what a browser does not need; nil for kinds of file
// that stay as they are.
func minified(kind string, body []byte) ([]byte, error) {
	if _, _, f := squeeze.Match(kind); f == nil {
		return nil, nil
	}
	var out bytes.Buffer
	if err := squeeze.Minify(kind, &out, bytes.NewReader(body)); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// url is a static file's address, which changes with its content.
func (s *static) url(name string) (string, error) {
	a, ok := s.byName[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return "/static/" + a.hash + "/" + name, nil
}

// file answers GET /static/{hash}/{name}. An old hash gets the new file, asked
// about each time: a page from before an update then still looks right.
func (s *Server) file(w http.ResponseWriter, r *http.Request) error {
	a, ok := s.static.byName[r.PathValue("name")]
	if !ok {
		return newProblem(http.StatusNotFound, "There is no such file.")
	}
	keep := a.keep
	if r.PathValue("hash") != a.hash {
		keep = keepAsk
	}
	a.send(w, r, keep)
	return nil
}

func (s *Server) favicon(w http.ResponseWriter, r *http.Request) error {
	s.static.byName["favicon.svg"].send(w, r, "public, max-age=86400")
	return nil
}
