package check

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Format is a form of a report.
type Format string

const (
	Text   Format = "text"   // "insurance.md:12: error: the answer is empty", and a summary
	JSON   Format = "json"   // the Report
	GitHub Format = "github" // annotations as GitHub Actions reads them from standard output
	SARIF  Format = "sarif"  // SARIF 2.1.0, for code scanning
)

// Formats lists every format.
var Formats = []Format{Text, JSON, GitHub, SARIF}

// Write writes the report. Root is put before each path, so that annotations
// find the file: the folder checked, relative to the repository; "" for none.
func (r Report) Write(w io.Writer, f Format, root string) error {
	switch f {
	case Text:
		return r.text(w, root)
	case JSON:
		return indented(w, r.under(root))
	case GitHub:
		return r.github(w, root)
	case SARIF:
		return indented(w, r.sarif(root))
	}
	return fmt.Errorf("write report: unknown format %q (want text, json, github or sarif)", f)
}

func indented(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// under is the report with root before each path.
func (r Report) under(root string) Report {
	r.Findings = slices.Clone(r.Findings)
	for i := range r.Findings {
		r.Findings[i].File = path.Join(root, r.Findings[i].File)
	}
	return r
}

func (r Report) text(w io.Writer, root string) error {
	var b strings.Builder
	for _, f := range r.under(root).Findings {
		fmt.Fprintf(&b, "%s [%s]\n", f, f.Rule)
	}
	fmt.Fprintf(&b, "%s, %s: %s, %s\n", plural(r.Passages, "passage"), plural(r.Phrasings, "question"),
		plural(r.Count(Error), "error"), plural(r.Count(Warning), "warning"))
	_, err := io.WriteString(w, b.String())
	return err
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// What has to be escaped in a workflow command, in its text and in its properties.
var (
	inText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	inProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func (r Report) github(w io.Writer, root string) error {
	var b strings.Builder
	for _, f := range r.under(root).Findings {
		fmt.Fprintf(&b, "::%s file=%s", f.Severity, inProperty.Replace(f.File))
		if f.Line > 0 {
			fmt.Fprintf(&b, ",line=%d", f.Line)
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", inProperty.Replace(f.Rule), inText.Replace(f.Text))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
