package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
)

//go:embed widget
var widgetFiles embed.FS

// facts are what the widget knows from the start, so that it can greet, and
// name the practice's phone when the server cannot be reached.
type facts struct {
	Name     string    `json:"name"`
	Phone    string    `json:"phone"`
	Hours    string    `json:"hours"`
	Actions  []Action  `json:"actions"`
	Starters []starter `json:"starters"`
}

type starter struct {
	Topic string `json:"topic"`
	Text  string `json:"text"`
}

// script makes widget.js: the sources in widget/, joined in the order of their
// names, with the style sheets and the facts in front, without what a browser
// does not need. It is all that a page loads.
func (s *Server) script(t *site) (*asset, error) {
	p := s.bot.Practice()
	f := facts{Name: p.Name, Phone: p.Phone, Hours: p.Hours, Actions: practiceActions(p)}
	for _, e := range t.starters() {
		f.Starters = append(f.Starters, starter{e.Topic.Title(), e.Title})
	}
	source, err := widgetSource(f)
	if err != nil {
		return nil, err
	}
	small, err := minified("text/javascript", source)
	if err != nil {
		return nil, fmt.Errorf("minify widget: %w", err)
	}
	a := newAsset(scriptKind, keepShort, small)
	a.crossSite = true
	return a, nil
}

// widgetSource is the script before it is minified.
func widgetSource(f facts) ([]byte, error) {
	launch, err := widgetStyle("launch.css")
	if err != nil {
		return nil, err
	}
	panel, err := widgetStyle("panel.css")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("(() => {\n\"use strict\";\n")
	for _, c := range []struct {
		name  string
		value any
	}{{"LAUNCH", launch}, {"PANEL", panel}, {"FACTS", f}} {
		js, err := json.Marshal(c.value)
		if err != nil {
			return nil, fmt.Errorf("write %s into widget: %w", c.name, err)
		}
		fmt.Fprintf(&b, "const %s = %s;\n", c.name, js)
	}
	if err := joinScripts(&b); err != nil {
		return nil, err
	}
	b.WriteString("})();\n")
	return b.Bytes(), nil
}

func widgetStyle(name string) (string, error) {
	style, err := widgetFiles.ReadFile("widget/" + name)
	if err != nil {
		return "", fmt.Errorf("read embedded widget: %w", err)
	}
	if style, err = minified("text/css", style); err != nil {
		return "", fmt.Errorf("minify %s: %w", name, err)
	}
	return string(style), nil
}

func joinScripts(b *bytes.Buffer) error {
	entries, err := widgetFiles.ReadDir("widget")
	if err != nil {
		return fmt.Errorf("read embedded widget: %w", err)
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".js" {
			continue
		}
		body, err := widgetFiles.ReadFile("widget/" + e.Name())
		if err != nil {
			return fmt.Errorf("read embedded widget: %w", err)
		}
		b.Write(body)
	}
	return nil
}

// widget answers GET /widget.js. Under the address with its hash it is kept for
// good; under the plain address, which other sites embed, for minutes.
func (s *Server) widget(w http.ResponseWriter, r *http.Request) error {
	a, err := s.site().script()
	if err != nil {
		return err
	}
	keep := a.keep
	if r.URL.Query().Get("v") == a.hash {
		keep = keepForever
	}
	a.send(w, r, keep)
	return nil
}
