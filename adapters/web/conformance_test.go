//go:build conformance

package web

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"

	"massagefaq/bot"
)

// What judges us comes from npm, as testdata/conformance/package-lock.json says.
const (
	judges  = "testdata/conformance"
	modules = judges + "/node_modules"
)

// installed installs the judges, once.
var installed = sync.OnceValue(func() error {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return err
		}
	}
	npm := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	npm.Dir = judges
	if out, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci in adapters/web/%s: %w\n%s", judges, err, out)
	}
	return nil
})

// needJudge is the path of a judge's file.
func needJudge(t *testing.T, judge string, file ...string) string {
	t.Helper()
	err := installed()
	path := filepath.Join(append([]string{modules, judge}, file...)...)
	if err == nil {
		_, err = os.Stat(path)
	}
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatalf("no %s to judge the pages and the widget: %v", judge, err)
	default:
		t.Skipf("NOT TESTED: no %s to judge the pages and the widget: %v", judge, err)
	}
	return path
}

func axeSource(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile(needJudge(t, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

type violation struct {
	ID, Help string
	Nodes    []struct{ HTML, FailureSummary string }
}

// axe reports every violation of WCAG 2.2 A and AA and of axe's best practices.
func axe(b *tab, source, where string) {
	b.t.Helper()
	for _, v := range violations(b, source) {
		for _, n := range v.Nodes {
			b.t.Errorf("%s: %s (%s)\n%s\n%s", where, v.Help, v.ID, n.HTML, n.FailureSummary)
		}
	}
}

func violations(b *tab, source string) []violation {
	b.t.Helper()
	if !eval[bool](b, `!!window.axe`) {
		eval[any](b, "(() => {"+source+"})()")
	}
	return eval[[]violation](b, `(await axe.run(document, {
		runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
		rules: {"target-size": {enabled: true}}, resultTypes: ["violations"],
	})).violations.map((v) => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => ({html: n.html.slice(0, 200), failureSummary: n.failureSummary}))}))`)
}

// The judge sees into the widget.
func TestConformanceFindsFaults(t *testing.T) {
	source := axeSource(t)
	b := newTab(t)
	b.open(hostPage(t, testServer(t, Config{}).URL, "", "").URL)
	b.run(`(MassageFAQ.open(), $(".greeting").innerHTML = "<img src='data:,'><b style='color:#ddd'>pale</b><a href='#' style='display:block;width:9px;height:9px'>x</a><a href='#' style='display:block;width:9px;height:9px'>y</a>")`)
	found := map[string]bool{}
	for _, v := range violations(b, source) {
		found[v.ID] = true
	}
	for _, want := range []string{"image-alt", "color-contrast", "target-size"} {
		if !found[want] {
			t.Errorf("axe does not find %s in the widget, only %v", want, found)
		}
	}
}

// modes are the ways in which people look.
var modes = map[string]func(*tab){
	"desktop":     func(*tab) {},
	"dark":        func(b *tab) { b.media("prefers-color-scheme", "dark") },
	"phone":       func(b *tab) { b.phone(390, 844) },
	"320px":       func(b *tab) { b.phone(320, 640) },
	"400% zoom":   func(b *tab) { b.size(320, 256) },
	"high":        func(b *tab) { b.media("forced-colors", "active") },
	"RTL":         func(b *tab) { b.run(`(document.documentElement.dir = "rtl")`) },
	"spacing":     func(b *tab) { b.run(textSpacing) },
	"large print": func(b *tab) { b.run(`(document.documentElement.style.fontSize = "32px")`) },
}

// textSpacing is what WCAG 1.4.12 asks a page to bear, and the text at twice its size.
const textSpacing = `(() => {
	const s = new CSSStyleSheet();
	s.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; } .root { font-size: 200% !important; }");
	document.adoptedStyleSheets.push(s);
	if (R) R.adoptedStyleSheets.push(s);
})()`

func TestConformanceOfTheWidget(t *testing.T) {
	source := axeSource(t)
	chat := testBot(t, lakeside)
	for mode, set := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			srv := flakyServer(t, Config{Bot: chat, Origins: []string{"http://127.0.0.1:*"}})
			b := newTab(t)
			b.open(hostPage(t, srv.URL, "", "").URL)
			set(b)
			for _, s := range states(b, srv, chat) {
				s.reach()
				axe(b, source, s.name)
				fits(b, s.name)
			}
		})
	}
}

type state struct {
	name  string
	reach func()
}

func states(b *tab, srv *flaky, chat *bot.Bot) []state {
	typed := func(text string) {
		b.run(`(MassageFAQ.open(), $(".input").focus())`)
		call(b, input.InsertText, input.InsertTextParams{Text: text})
	}
	return []state{
		{"closed", func() {}},
		{"open", func() { b.run(`MassageFAQ.open()`) }},
		{"suggesting", func() {
			typed("insur")
			b.wait(`$("[role=option]")`)
			b.press(kb.ArrowDown)
		}},
		{"answered", func() {
			b.run(`($(".input").textContent = "", 1)`)
			b.chat("Is medical massage covered by insurance?")
			b.run(`($("summary").click(), $("[aria-label='Not helpful']").click())`)
			b.wait(`$(".why")`)
		}},
		{"choices", func() {
			srv.offer(chat)
			b.chat("back")
		}},
		{"declined", func() { b.chat("what is the capital of France") }},
		{"urgent", func() { b.chat("crushing chest pain right now and my left arm is numb") }},
		{"error", func() {
			srv.answer(func(w http.ResponseWriter, _ *http.Request) { newProblem(500, "boom").write(w) })
			b.chat("does massage hurt")
			srv.answer(nil)
		}},
		{"offline", func() {
			b.offline(true)
			b.chat("can I eat before")
			b.wait(`$(".trouble")`)
		}},
		{"online again", func() {
			b.offline(false)
			b.wait(`$(".turn:last-child .answer")`)
		}},
	}
}

// fits reports what is cut off at the side, or reaches beyond the window.
func fits(b *tab, where string) {
	b.t.Helper()
	for _, s := range eval[[]string](b, `$$(".root *").filter((e) => e.checkVisibility() && !e.closest(".vh,svg")).filter((e) => {
		const r = e.getBoundingClientRect();
		return r.right > innerWidth + 1 || r.left < -1 || (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible" && e.clientWidth);
	}).map((e) => e.localName + "." + e.className + " " + e.scrollWidth + " in " + e.clientWidth + " of " + innerWidth)`) {
		b.t.Errorf("%s: cut off: %s", where, s)
	}
}

func TestConformanceOfThePages(t *testing.T) {
	source := axeSource(t)
	srv := testServer(t, Config{})
	// The whole FAQ stands on these, which takes axe seconds each.
	long := []string{"/", "/?q=Is+medical+massage+covered+by+insurance%3F", "/?q=capital+of+France", "/?q=crushing+chest+pain+right+now", "/?q=a+human+please"}
	for mode, set := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			paths := []string{"/faq/insurance/covered", "/demo", "/nowhere"}
			if mode == "desktop" || mode == "dark" || mode == "phone" {
				paths = append(paths, long...)
			}
			for _, path := range paths {
				b := newTab(t)
				b.open(srv.URL + path)
				set(b)
				axe(b, source, path)
				if over := eval[int](b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
					t.Errorf("%s is %d pixels wider than the window", path, over)
				}
			}
		})
	}
}
