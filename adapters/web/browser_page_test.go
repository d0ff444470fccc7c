package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A visitor whose browser runs no scripts asks, asks on and rates.
func TestPageWithoutScripts(t *testing.T) {
	b := newTab(t)
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	read := func(selector string) string {
		t.Helper()
		text, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS(selector)))
		if err != nil {
			t.Fatalf("%s: %v", selector, err)
		}
		return text
	}
	b.open(testServer(t, Config{}).URL)
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "Is medical massage covered by insurance?"+kb.Enter), chromedp.WaitReady(chromedp.CSS(".reply.answer")))
	if got := read(".reply article"); !strings.Contains(got, "It depends on your plan") || !strings.Contains(got, "Sources") {
		t.Errorf("the answer reads %q", got)
	}
	b.run(`document.querySelector("#q").select()`)
	b.press("and medicare?", kb.Enter)
	b.do(chromedp.WaitReady(chromedp.CSS(`.reply h3 a[href="/faq/insurance/medicare"]`)))
	b.do(chromedp.Click(chromedp.CSS(`.rate [value="yes"]`)))
	b.do(chromedp.WaitReady(chromedp.CSS(".reply:not(.answer)")))
	if got := read(".reply"); !strings.Contains(got, "Thank you") {
		t.Errorf("after rating: %q", got)
	}
	b.quiet()
}

func TestDemoWritesTheSnippet(t *testing.T) {
	srv := testServer(t, Config{})
	b := newTab(t)
	b.open(srv.URL + "/demo")
	in := `document.querySelector("iframe").contentDocument.querySelector("massage-faq")`
	b.wait(in + `?.shadowRoot.querySelector(".panel")`)
	if got := eval[string](b, `document.querySelector("#snippet").textContent`); got != `<script src="`+srv.URL+`/widget.js" defer></script>` {
		t.Errorf("snippet: %s", got)
	}
	b.run(`document.querySelector("#o-title").focus()`)
	b.press(`Say "hi" & <ask>`)
	b.run(`(document.querySelector("#o-position").value = "left", document.querySelector("#o-position").dispatchEvent(new Event("input", {bubbles: true})))`)
	want := "<script src=\"" + srv.URL + "/widget.js\" defer\n  data-title=\"Say &quot;hi&quot; &amp; &lt;ask>\"\n  data-position=\"left\"></script>"
	if got := eval[string](b, `document.querySelector("#snippet").textContent`); got != want {
		t.Errorf("snippet:\n%s\nwant\n%s", got, want)
	}
	b.wait(in + `.shadowRoot.querySelector("h2").textContent === 'Say "hi" & <ask>'`)
	if focus := eval[string](b, `document.activeElement.id`); focus != "o-title" {
		t.Errorf("the preview took the focus: it is on %q", focus)
	}
	b.quiet()
}

// Nothing moves under the reader, neither on the page nor in the chat, but what
// moves by their own hand.
func TestNoLayoutShift(t *testing.T) {
	for _, path := range []string{"/", "/faq/insurance/covered", "/?q=does+massage+hurt"} {
		b := newTab(t) // with no conversation yet
		b.phone(390, 844)
		b.open(testServer(t, Config{}).URL + path)
		b.run(`(window.shifts = [], new PerformanceObserver((l) => l.getEntries().filter((e) => !e.hadRecentInput).forEach((e) => shifts.push(e.value.toFixed(4) + " " + e.sources.map((s) => [s.node?.nodeName, s.node?.className, s.node?.textContent.slice(0, 30), JSON.stringify(s.previousRect), JSON.stringify(s.currentRect)].join(" "))))).observe({type: "layout-shift", buffered: true}))`)
		b.run(`(MassageFAQ.open(), $(".input").focus())`)
		for i, q := range []string{"Is medical massage covered by insurance?", "what is the capital of France"} { // the first makes the input grow, as keys may
			b.press(q, kb.Enter)
			b.wait(fmt.Sprintf(`$$("article").length === %d`, i+1))
		}
		b.run(`MassageFAQ.close()`)
		for _, s := range eval[[]string](b, `(await new Promise((f) => requestAnimationFrame(() => setTimeout(f, 50))), shifts)`) {
			t.Errorf("%s: layout shifts by %s", path, s)
		}
		b.quiet()
	}
}

func TestPreferences(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL)
	colours := `[getComputedStyle(document.body).backgroundColor, getComputedStyle($(".panel")).backgroundColor, getComputedStyle($(".root")).color].join(" ")`
	b.run(`MassageFAQ.open()`)
	light := eval[string](b, colours)
	b.media("prefers-color-scheme", "dark")
	dark := eval[string](b, colours)
	for i, c := range strings.Fields(strings.ReplaceAll(dark, ", ", ",")) {
		if c == strings.Fields(strings.ReplaceAll(light, ", ", ","))[i] {
			t.Errorf("dark and light share %s", c)
		}
	}
	b.run(`host.dataset.scheme = "light"`)
	if got := eval[string](b, colours); strings.Split(got, ") ")[1] != strings.Split(light, ") ")[1] {
		t.Errorf("always light, but %s", got)
	}
	moving := `(MassageFAQ.close(), MassageFAQ.open(), R.getAnimations({subtree: true}).length)`
	if n := eval[int](b, moving); n == 0 {
		t.Error("nothing moves, so the next check proves nothing")
	}
	b.media("prefers-reduced-motion", "reduce")
	if n := eval[int](b, moving); n > 0 {
		t.Errorf("%d animations with reduced motion", n)
	}
}
