package web

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// README.md names every option, every custom property and every route.
func TestReadmeIsComplete(t *testing.T) {
	read := func(name string) string {
		t.Helper()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	readme := read("README.md")
	var names []string
	for _, m := range regexp.MustCompile(`options\.(\w+)`).FindAllStringSubmatch(read("widget/60-talk.js")+read("widget/80-widget.js"), -1) {
		names = append(names, "`data-"+m[1]+"`")
	}
	observed := regexp.MustCompile(`observedAttributes = \[(.*?)\]`).FindStringSubmatch(read("widget/90-start.js"))
	for _, m := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(observed[1], -1) {
		names = append(names, "`data-"+m[1]+"`")
	}
	for _, m := range regexp.MustCompile(`var\((--mf-\w+)`).FindAllStringSubmatch(read("widget/launch.css")+read("widget/panel.css"), -1) {
		names = append(names, m[1]+":")
	}
	for _, m := range regexp.MustCompile(`mux\.Handle(?:Func)?\("(?:\w+ )?(/[\w./]*\w)"`).FindAllStringSubmatch(read("server.go"), -1) {
		names = append(names, m[1])
	}
	for _, unlisted := range []string{"/rate", "/demo/site", "/favicon.ico", "/robots.txt", "/sitemap.xml"} { // nobody types these
		names = slices.DeleteFunc(names, func(n string) bool { return n == unlisted })
	}
	if len(names) < 30 {
		t.Fatalf("found only %v", names)
	}
	for _, n := range names {
		if !strings.Contains(readme, n) {
			t.Errorf("README.md does not name %s", n)
		}
	}
}
