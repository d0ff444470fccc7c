package web

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

// Whatever goes wrong ends in words that a person understands, keeps the
// question, names the practice's phone, and can be tried again.
func TestTrouble(t *testing.T) {
	srv := flakyServer(t, Config{})
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"broken server": {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<h1>boom</h1>", 500) }, "Something went wrong on our side"},
		"half a JSON":   {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"id":"x","kind":`) }, "Something went wrong on our side"},
		"another JSON":  {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"ok":true}`) }, "Something went wrong on our side"},
		"null":          {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `null`) }, "Something went wrong on our side"},
		"odd reply":     {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"id":"x","kind":"answer"}`) }, "Something went wrong on our side"},
		"a portal":      {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `<html>Sign in to the Wi-Fi`) }, "Something went wrong on our side"},
		"cut line": {func(w http.ResponseWriter, _ *http.Request) {
			c, _, _ := w.(http.Hijacker).Hijack()
			c.Close()
		}, "You seem to be offline"},
		"too many": {func(w http.ResponseWriter, _ *http.Request) {
			p := newProblem(429, "Slow down.")
			p.Retry = time.Second
			p.write(w)
		}, "try again in 1 s"},
		"refused": {func(w http.ResponseWriter, _ *http.Request) {
			newProblem(413, "The body is larger than it may be.").write(w)
		}, "larger than it may be"},
	} {
		t.Run(name, func(t *testing.T) {
			srv.answer(c.answer)
			b := newTab(t)
			b.open(srv.URL)
			b.chat("does massage hurt")
			text := eval[string](b, `$("article.trouble").textContent`)
			if !strings.Contains(text, c.says) || !strings.Contains(text, "616-555-0100") {
				t.Errorf("says %q, want %q", text, c.says)
			}
			if log := eval[string](b, `$("[role=log]").textContent`); !strings.Contains(log, c.says) {
				t.Errorf("a screen reader is told %q", log)
			}
			if you := eval[string](b, `$(".you").textContent`); !strings.HasSuffix(you, "does massage hurt") {
				t.Errorf("the question is %q", you)
			}
			if name == "refused" {
				return
			}
			srv.answer(nil)
			b.wait(`!$(".trouble .button").disabled`)
			b.click(".trouble .button")
			b.wait(`$("article.answer") && !$(".trouble")`)
		})
	}
}

func TestSlowServer(t *testing.T) {
	t.Parallel() // it mostly waits
	srv := flakyServer(t, Config{})
	release := make(chan struct{})
	srv.answer(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
		newProblem(500, "late").write(w)
	})
	b := newTab(t)
	b.open(srv.URL)
	b.run(`MassageFAQ.open()`)
	b.press("does massage hurt", kb.Enter)
	b.wait(`$(".wait").textContent.includes("Looking")`)
	b.press("and my next question")
	b.press(kb.Enter) // waits its turn, where it was typed
	if got := eval[string](b, `$(".input").innerText`); got != "and my next question" || eval[int](b, `$$(".turn").length`) != 1 {
		t.Errorf("while waiting the input holds %q", got)
	}
	b.wait(`$(".wait").textContent.includes("Still looking")`)
	b.wait(`$(".trouble")?.textContent.includes("took too long")`) // after its 15 seconds
	close(release)
}

func TestOffline(t *testing.T) {
	srv := flakyServer(t, Config{})
	b := newTab(t)
	b.open(srv.URL)
	b.run(`MassageFAQ.open()`)
	b.offline(true)
	b.chat("does massage hurt")
	if text := eval[string](b, `$(".trouble").textContent`); !strings.Contains(text, "You seem to be offline") {
		t.Errorf("says %q", text)
	}
	b.offline(false) // it tries again by itself
	b.wait(`$("article.answer")`)
}

func TestDoubleClickAsksOnce(t *testing.T) {
	srv := flakyServer(t, Config{})
	b := newTab(t)
	b.open(srv.URL)
	b.run(`MassageFAQ.open()`)
	b.press("does massage hurt")
	b.run(`($(".send").click(), $(".send").click(), $(".ask").requestSubmit())`)
	b.wait(`$("article.answer")`)
	b.run(`$$(".chip").slice(0, 2).forEach((c) => c.click())`)
	b.wait(`$$("article.answer").length === 2`)
	if n := srv.asked.Load(); n != 2 {
		t.Errorf("%d questions were sent, want 2", n)
	}
}

// The conversation outlives a change of page in its tab, and nothing else does.
func TestMemory(t *testing.T) {
	srv := testServer(t, Config{})
	b := newTab(t)
	b.open(srv.URL)
	if n := eval[int](b, `sessionStorage.length + localStorage.length + document.cookie.length`); n != 0 {
		t.Error("something is stored before anyone asked")
	}
	b.chat("does massage hurt")
	b.chat("crushing chest pain right now and my left arm is numb")
	b.open(srv.URL + "/faq/insurance/covered")
	b.wait(`$$("article").length === 2 && !$(".panel").hidden`)
	if stored := eval[string](b, `JSON.stringify(Object.entries(sessionStorage))`); strings.Contains(stored, "arm is numb") || !strings.Contains(stored, "does massage hurt") {
		t.Errorf("stored: %s", stored)
	}
	if keys := eval[string](b, `Object.keys(sessionStorage).join() + localStorage.length + document.cookie`); keys != "massage-faq0" {
		t.Errorf("storage, cookies: %q", keys)
	}
	if live := eval[string](b, `$("[role=log]").textContent + $$("[role=alert]").length`); live != "0" {
		t.Errorf("an old reply is announced again: %q", live)
	}
	b.chat("and how long does that last") // the thread goes on
	b.click("[aria-label='Start over']")
	b.wait(`!$("article") && $(".greeting")`)
	if n := eval[int](b, `sessionStorage.length`); n != 0 {
		t.Error("the old conversation is still stored")
	}
	b.quiet()
}

func TestBlockedStorage(t *testing.T) {
	b := newTab(t)
	call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `Object.defineProperty(window, "sessionStorage", {get() { throw new DOMException("no", "SecurityError"); }})`})
	b.open(testServer(t, Config{}).URL)
	b.chat("does massage hurt")
	b.wait(`$("article.answer")`)
	b.quiet()
}

func TestBackForwardCache(t *testing.T) {
	srv := testServer(t, Config{})
	b := newTab(t)
	b.open(srv.URL)
	b.chat("does massage hurt")
	b.run(`window.same = true`)
	b.open(srv.URL + "/faq/insurance/covered")
	b.run(`history.back()`)
	b.wait(`location.pathname === "/" && $("article.answer")`)
	t.Logf("from the cache: %v", eval[bool](b, `!!window.same`))
	b.chat("can I eat before")
	b.wait(`$$("article.answer").length === 2`)
	b.quiet()
}

// A page that may not ask says so to its visitor, and says to its owner what to do.
func TestRefusedOrigin(t *testing.T) {
	faq := testServer(t, Config{})
	b := newTab(t)
	b.open(hostPage(t, faq.URL, "", "").URL)
	b.chat("does massage hurt")
	if text := eval[string](b, `$(".trouble").textContent`); !strings.Contains(text, "not set up for this page") || !strings.Contains(text, "616-555-0100") {
		t.Errorf("the visitor reads %q", text)
	}
	if said := b.said(); !strings.Contains(said, "WIDGET_ORIGINS="+eval[string](b, `location.origin`)) {
		t.Errorf("the console says %q", said)
	}
}

func TestPageFromAFile(t *testing.T) {
	faq := testServer(t, Config{})
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(`<!DOCTYPE html><title>x</title><script src="`+faq.URL+`/widget.js" defer></script>`), 0o600); err != nil {
		t.Fatal(err)
	}
	b := newTab(t)
	b.open("file://" + file)
	b.chat("does massage hurt")
	if text := eval[string](b, `$(".trouble").textContent`); !strings.Contains(text, "not set up for this page") {
		t.Errorf("the visitor reads %q", text)
	}
	if said := b.said(); !strings.Contains(said, "a page opened from a file") {
		t.Errorf("the console says %q", said)
	}
}

// What the server sends as HTML becomes elements from a short list, or text.
func TestHostileReply(t *testing.T) {
	srv := flakyServer(t, Config{})
	srv.answer(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"id":"x","kind":"smalltalk","text":"x","passages":[],"suggestions":["<img src=x onerror=alert(1)>"],"actions":[{"label":"<b>","url":"javascript:alert(1)"}],`+
			`"html":"<p onclick=alert(1)>a<script>window.bad=1</script><img src=x onerror=window.bad=1><a href=\"javascript:alert(1)\">b</a><a href=\"https://ok.example\">c</a></p></div></div></p>&lt;i&gt;&#60;b&#62;<style>*{}</style>"}`)
	})
	b := newTab(t)
	b.open(srv.URL)
	b.chat("x")
	if tags := eval[string](b, `[...new Set([...$("article").querySelectorAll(".text *")].map((e) => e.localName))].sort().join(" ")`); tags != "a p span" {
		t.Errorf("elements: %s", tags)
	}
	if links := eval[string](b, `$$("article a[href]").map((a) => a.href).join(" ")`); links != "https://ok.example/" {
		t.Errorf("links: %s", links)
	}
	if attrs := eval[int](b, `$$("article .text [onclick], article .text [style], article .text [src]").length`); attrs != 0 || eval[bool](b, `!!window.bad`) {
		t.Error("something is live")
	}
	if text := eval[string](b, `$("article .text").textContent`); !strings.Contains(text, "<i><b>") {
		t.Errorf("text: %q", text)
	}
	b.quiet()
}
