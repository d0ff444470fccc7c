package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// hostPage is a site of somebody else's that embeds the widget of the server at
// faq. csp is its policy, empty for none; more goes into its body. At /again it
// has the script twice.
func hostPage(t *testing.T, faq, csp, more string) *httptest.Server {
	t.Helper()
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if csp != "" {
			w.Header().Set("Content-Security-Policy", csp)
		}
		tag := fmt.Sprintf(`<script src="%s/widget.js" defer data-title="Ask Lakeside"></script>`, faq)
		if r.URL.Path == "/again" {
			tag += tag
		}
		w.Header().Set("Content-Type", htmlKind)
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lakeside</title><link rel="icon" href="data:,">%s</head>
<body><main><h1>Lakeside</h1><p id="p">We are a <b>massage</b> practice. <a href="#massage-faq">Ask us</a></p>%s</main></body></html>`, tag, more)
	}))
	t.Cleanup(host.Close)
	return host
}

// embedded is a tab on such a site, which may ask.
func embedded(t *testing.T, csp, more string) (b *tab, faq, host string) {
	t.Helper()
	srv := testServer(t, Config{Origins: []string{"http://127.0.0.1:*"}})
	page := hostPage(t, srv.URL, strings.ReplaceAll(csp, "FAQ", srv.URL), more)
	b = newTab(t)
	b.open(page.URL)
	return b, srv.URL, page.URL
}

// The lines that README.md documents are all that the widget needs.
func TestStrictPolicyOfTheSite(t *testing.T) {
	b, faq, _ := embedded(t, "default-src 'none'; img-src data:; script-src FAQ; connect-src FAQ; require-trusted-types-for 'script'; trusted-types 'none'", "")
	b.run(`(window.broken = [], document.addEventListener("securitypolicyviolation", (e) => broken.push(e.violatedDirective + " " + e.blockedURI)))`)
	b.chat("Is medical massage covered by insurance?")
	b.chat("crushing chest pain right now and my left arm is numb")
	b.run(`($("[aria-label=Copy]").click(), $("summary").click(), $("[aria-label=Helpful]").click())`)
	b.wait(`$("[role=status]:not(.limit)")?.textContent`)
	if broken := eval[[]string](b, `broken`); len(broken) > 0 {
		t.Errorf("violations: %v", broken)
	}
	if bg := eval[string](b, `getComputedStyle($(".urgent")).backgroundColor`); bg != "rgb(168, 20, 27)" {
		t.Errorf("the style sheet is not in force: %s", bg)
	}
	b.quiet()
	if !strings.Contains(eval[string](b, `$(".meta a:last-child").href + $$(".meta a").at(-1).href`), faq) {
		t.Error("the permanent link does not lead to the server")
	}
}

// A site with rude styles looks as it did, and so does the widget.
func TestHostileStyles(t *testing.T) {
	rude := `<style>
		* { display: none !important; color: lime !important; font: 40px Impact !important; all: unset !important; animation: x 1s infinite !important; }
		html, body, main, h1, p, b { display: block !important; }
		html { font-size: 4px !important; }
		body { transform: rotate(3deg) scale(.5) !important; filter: blur(2px); overflow: hidden !important; line-height: 9 !important; letter-spacing: 9px !important; text-align: right !important; text-transform: uppercase !important; visibility: hidden !important; }
		massage-faq { display: none !important; opacity: 0 !important; position: absolute !important; left: -9999px !important; z-index: -1 !important; width: 5px !important; pointer-events: none !important; visibility: hidden !important; }
		button, a, div, section { background: lime !important; width: 3px !important; }
		:root { --accent: lime; --bg: lime; --ink: lime; --link: lime; }
	</style>`
	measure := `$$("*").filter((e) => e.checkVisibility()).map((e) => {
		const r = e.getBoundingClientRect(), s = getComputedStyle(e);
		return [e.localName, e.className.baseVal ?? e.className, Math.round(r.x), Math.round(r.y), Math.round(r.width), Math.round(r.height), s.color, s.backgroundColor, s.font, s.letterSpacing, s.textAlign, s.textTransform, s.visibility].join(" ");
	})`
	var looks [2][]string
	for i, more := range []string{"", rude} {
		b, _, _ := embedded(t, "", more)
		b.media("prefers-reduced-motion", "reduce")
		b.chat("does massage hurt")
		b.run(`document.activeElement.blur()`)
		b.run(`$(".thread").scrollTo(0, 0)`)
		looks[i] = eval[[]string](b, measure)
		if i == 1 && !eval[bool](b, `(() => { const r = $(".send").getBoundingClientRect(); return document.elementFromPoint(r.x + 5, r.y + 22) === host; })()`) {
			t.Error("the widget is covered, or cannot be clicked")
		}
	}
	if len(looks[0]) < 20 || len(looks[0]) != len(looks[1]) {
		t.Fatalf("%d elements, with rude styles %d", len(looks[0]), len(looks[1]))
	}
	for i := range looks[0] {
		if looks[0][i] != looks[1][i] {
			t.Errorf("with rude styles\n%s\nis\n%s", looks[0][i], looks[1][i])
		}
	}
}

// The widget leaves the page as it was: one element, one global, no styles.
func TestThePageIsLeftAlone(t *testing.T) {
	look := `[...document.querySelectorAll("main, main *")].map((e) => { const r = e.getBoundingClientRect(), s = getComputedStyle(e); return [e.localName, r.x, r.y, r.width, r.height, s.color, s.font].join(" "); }).join("\n")`
	b, faq, host := embedded(t, "", "")
	b.chat("does massage hurt")
	with := eval[string](b, look)
	if extra := eval[string](b, `(() => { const f = document.createElement("iframe"); document.body.append(f); const own = Object.getOwnPropertyNames(window).filter((k) => !(k in f.contentWindow) && isNaN(k) && k !== "p"); f.remove(); return own.join(); })()`); extra != "MassageFAQ" {
		t.Errorf("globals: %s", extra)
	}
	if n := eval[int](b, `document.styleSheets.length + document.adoptedStyleSheets.length + document.body.children.length`); n != 2 {
		t.Errorf("%d style sheets and children of body, want main and the widget", n)
	}
	bare := newTab(t)
	call(bare, network.Enable, network.EnableParams{})
	call(bare, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: faq + "/*", Block: true}}})
	bare.open(host)
	if without := eval[string](bare, look); without != with {
		t.Errorf("the page with the widget\n%s\nwithout\n%s", with, without)
	}
}

func TestTwiceIsOnce(t *testing.T) {
	b, _, host := embedded(t, "", "")
	b.open(host + "/again")
	if n := eval[int](b, `document.querySelectorAll("massage-faq").length`); n != 1 {
		t.Errorf("%d widgets", n)
	}
	if said := b.said(); !strings.Contains(said, "twice") {
		t.Errorf("the console says %q", said)
	}
}

// A site that swaps its body without loading a page keeps the widget and the
// conversation.
func TestBodySwap(t *testing.T) {
	b, _, _ := embedded(t, "", "")
	b.chat("does massage hurt")
	b.run(`(history.pushState({}, "", "/next"), document.body = Object.assign(document.createElement("body"), {textContent: "another page"}))`)
	b.wait(`host?.isConnected && $("article.answer")?.checkVisibility()`)
	b.chat("can I eat before")
	b.wait(`$$("article.answer").length === 2`)
	b.quiet()
}

// All that is loaded for a working chat: one request, nothing of third parties.
func TestOneRequest(t *testing.T) {
	faq := testServer(t, Config{Origins: []string{"http://127.0.0.1:*"}})
	host := hostPage(t, faq.URL, "", "")
	b := newTab(t)
	call(b, network.Enable, network.EnableParams{})
	requests := map[string]float64{}
	names := map[string]string{}
	if err := chromedp.Listen(b.ctx, func(ev any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch ev := ev.(type) {
		case *network.EventRequestWillBeSent:
			names[string(ev.RequestID)] = ev.Request.URL
		case *network.EventLoadingFinished:
			requests[names[string(ev.RequestID)]] += ev.EncodedDataLength
		}
	}); err != nil {
		t.Fatal(err)
	}
	b.open(host.URL)
	b.run(`MassageFAQ.open()`)
	b.chat("does massage hurt")
	b.mu.Lock()
	defer b.mu.Unlock()
	var bytes float64
	for url, n := range requests {
		switch {
		case strings.HasPrefix(url, host.URL), strings.HasPrefix(url, "data:"), strings.HasPrefix(url, faq.URL+"/api/"):
		case url == faq.URL+"/widget.js":
			bytes += n
		default:
			t.Errorf("loaded %s", url)
		}
	}
	if bytes == 0 || bytes > 12_000 {
		t.Errorf("loaded %.0f bytes, headers included, want at most 12,000", bytes)
	}
	t.Logf("one request, %.0f bytes with its headers", bytes)
	for url := range requests {
		if strings.HasPrefix(url, faq.URL+"/api/") && !strings.HasSuffix(url, "/api/ask") {
			t.Errorf("asking called %s too", url)
		}
	}
}

func TestScriptInterface(t *testing.T) {
	b, _, _ := embedded(t, "", "")
	b.run(`(window.heard = [], ["open", "close", "ask", "reply", "rate"].forEach((n) => MassageFAQ.on(n, (d) => heard.push(n + JSON.stringify(d)))))`)
	b.run(`document.addEventListener("massagefaq:reply", (e) => heard.push("document " + e.detail.kind))`)
	kind := eval[string](b, `(await MassageFAQ.ask("does massage hurt")).kind`)
	b.run(`$("[aria-label=Helpful]").click()`)
	b.wait(`heard.some((h) => h.startsWith("rate"))`)
	b.run(`(MassageFAQ.close(), MassageFAQ.close())`)
	heard := eval[string](b, `heard.join(" ").replace(/"id":"\w+"/g, '"id":"x"')`)
	if want := `open{} ask{} reply{"id":"x","kind":"answer"} document answer rate{"id":"x","helpful":true} close{}`; kind != "answer" || heard != want {
		t.Errorf("kind %s, heard %s, want %s", kind, heard, want)
	}
	if eval[bool](b, `heard.some((h) => h.includes("massage"))`) {
		t.Error("an event tells the page what somebody asked")
	}
	b.run(`(window.off = MassageFAQ.on("open", () => heard.push("again")), off(), MassageFAQ.open())`)
	if eval[bool](b, `heard.includes("again")`) {
		t.Error("a listener that was taken off still hears")
	}
	b.run(`MassageFAQ.close()`)
	b.do(chromedp.Click(chromedp.CSS(`a[href="#massage-faq"]`)))
	b.wait(`!$(".panel").hidden`)
	b.quiet()
}

func TestOptions(t *testing.T) {
	b, _, _ := embedded(t, "", "")
	b.run(`MassageFAQ.open()`)
	if title := eval[string](b, `$("h2").textContent`); title != "Ask Lakeside" {
		t.Errorf("title %q", title)
	}
	b.run(`Object.assign(host.dataset, {position: "left", accent: "#ffe08a", scheme: "light", greeting: "Hi!", starters: "One? | Two?", label: "Chat", lang: "es", dir: "rtl", radius: "0", strings: JSON.stringify({send: "Enviar", nonsense: "x"})})`)
	b.run(`MassageFAQ.open()`)
	got := eval[string](b, `[$(".greeting").textContent, $$(".starters button").map((e) => e.textContent.trim()).join("|"), $(".launch").textContent, $(".send").ariaLabel, R.firstElementChild.lang, getComputedStyle($(".panel")).borderRadius, getComputedStyle($(".send")).direction].join(" ")`)
	if want := "Hi! One?|Two? Chat Enviar es 0px rtl"; got != want {
		t.Errorf("options: %q, want %q", got, want)
	}
	if left := eval[float64](b, `$(".panel").getBoundingClientRect().x`); left > 640 {
		t.Errorf("panel at %v, want it at the left", left)
	}
	// Whatever the accent, what stands on it can be read.
	if on := eval[string](b, `getComputedStyle($(".send")).color`); !strings.Contains(on, "0 0") && on != "rgb(0, 0, 0)" {
		t.Errorf("on a light accent stands %s", on)
	}
	b.run(`host.dataset.strings = "{"`)
	b.wait(`$(".send").ariaLabel === "Send"`)
	if !strings.Contains(b.said(), "data-strings is not JSON") {
		t.Errorf("the console says %q", b.said())
	}
}

func TestInline(t *testing.T) {
	b, _, _ := embedded(t, "", `<div style="width:500px"><massage-faq inline></massage-faq></div>`)
	if n := eval[int](b, `document.querySelectorAll("massage-faq").length`); n != 1 || eval[bool](b, `!!$(".launch") || !!$("[role=dialog]")`) {
		t.Errorf("%d widgets, or a launcher", n)
	}
	if w := eval[float64](b, `$(".panel").getBoundingClientRect().width`); w != 500 {
		t.Errorf("panel %v wide, want 500", w)
	}
	y := eval[float64](b, `scrollY`)
	b.chat("does massage hurt")
	b.wait(`$("article.answer")`)
	if now := eval[float64](b, `scrollY`); now != y {
		t.Errorf("the page moved from %v to %v", y, now)
	}
	b.quiet()
}
