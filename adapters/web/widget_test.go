package web

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The story of a visitor: opens the page, asks, reads, asks on, rates.
func TestVisitorAsksAndRates(t *testing.T) {
	srv := ownServer(t, Config{})
	b := newTab(t)
	b.open(srv.URL)
	b.click(".launch")
	b.wait(`!$(".panel").hidden && deep() === $(".input")`)
	b.press("Is medical massage covered by insurance?", kb.Enter)
	b.wait(`$("article.answer")`)
	answer := eval[string](b, `$("article.answer").textContent`)
	for _, want := range []string{"Does insurance cover medical massage?", "It depends on your plan", "Reviewed November 20, 2026", "2 sources", "LegalClarity", "Open as a page"} {
		if !strings.Contains(answer, want) {
			t.Errorf("the answer lacks %q: %s", want, answer)
		}
	}
	if href := eval[string](b, `$$(".meta a").at(-1).href`); href != srv.URL+"/faq/insurance/covered" {
		t.Errorf("permanent link is %s", href)
	}
	b.press("and medicare?", kb.Enter)
	b.wait(`$$("article.answer").length === 2`)
	if title := eval[string](b, `$$("article.answer")[1].querySelector("h3").textContent`); !strings.Contains(title, "Medicare") {
		t.Errorf("the follow-up got %q", title)
	}
	b.click(`.turn:last-child [aria-label="Helpful"]`)
	b.wait(`$(".turn:last-child [role=status]").textContent.startsWith("Thank you")`)
	b.click(`.turn:last-child [aria-label="Not helpful"]`)
	b.wait(`$(".why")`)
	b.click(".why textarea")
	b.press("I have part B")
	b.click(".why .button")
	b.wait(`!$(".why")`)
	if m := do(t, "GET", srv.URL+"/metrics", "").body; !strings.Contains(m, `massagefaq_ratings_total{channel="web",helpful="false"} 2`) {
		t.Error("the reason was not sent")
	}
	b.quiet()
}

func TestKeyboardAlone(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL + "/faq/insurance/covered")
	for range 40 {
		b.press(kb.Tab)
		if eval[bool](b, `deep() === $(".launch")`) {
			break
		}
	}
	if !eval[bool](b, `deep() === $(".launch") && $(".launch").matches(":focus-visible")`) {
		t.Fatal("Tab does not reach the launcher")
	}
	b.press(kb.Enter)
	b.wait(`!$(".panel").hidden && deep() === $(".input")`)
	b.press("does massage")
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13, Modifiers: int64(chromedp.ModifierShift)})
	}
	b.press("hurt")
	if text := eval[string](b, `$(".input").innerText`); text != "does massage\nhurt" || eval[bool](b, `$(".turn")`) {
		t.Errorf("after Shift+Enter the input holds %q", text)
	}
	b.press(kb.Enter)
	b.wait(`$("article.answer") && $(".input").textContent === "" && deep() === $(".input")`)
	b.press(kb.Escape)
	b.wait(`$(".panel").hidden && deep() === $(".launch")`)
	b.quiet()
}

// Every stop of the Tab key in an open panel shows where the focus is.
func TestFocusIsAlwaysVisible(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL)
	b.chat("Is medical massage covered by insurance?")
	seen := map[string]bool{}
	for range 30 {
		b.hold(chromedp.ModifierShift, kb.Tab)
		if !eval[bool](b, `document.activeElement === host`) {
			break
		}
		stop := eval[string](b, `deep().className + " " + (deep().ariaLabel ?? deep().textContent).slice(0, 30)`)
		visible := eval[bool](b, `(() => {
			const shown = (e) => { const s = getComputedStyle(e); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
			const r = deep().getBoundingClientRect(), box = $(".panel").getBoundingClientRect();
			const inside = r.top >= box.top - 4 && r.top < box.bottom;
			return inside && (shown(deep()) || shown(deep().parentNode));
		})()`)
		if !visible {
			t.Errorf("focus on %q cannot be seen", stop)
		}
		seen[stop] = true
	}
	if len(seen) < 8 {
		t.Errorf("only %d stops: %v", len(seen), seen)
	}
}

// On a small screen the panel covers the page, so the focus stays in it.
func TestFocusStaysInAFullScreenPanel(t *testing.T) {
	b := newTab(t)
	b.size(320, 256)
	b.open(testServer(t, Config{}).URL)
	b.run(`MassageFAQ.open()`)
	if modal := eval[string](b, `$(".panel").getAttribute("aria-modal")`); modal != "true" {
		t.Errorf("aria-modal is %q", modal)
	}
	for i := range 24 {
		b.press(kb.Tab)
		if !eval[bool](b, `document.activeElement === host && deep() !== document.body`) {
			t.Fatalf("after %d tabs the focus is on %s", i+1, eval[string](b, `document.activeElement.outerHTML.slice(0, 80)`))
		}
	}
}

func TestSuggestions(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL)
	b.run(`MassageFAQ.open()`)
	b.press("insur")
	b.wait(`$$("[role=option]").length > 1 && $(".input").ariaExpanded === "true" && !$("[role=listbox]").hidden`)
	b.press(kb.ArrowDown, kb.ArrowDown, kb.ArrowUp)
	marked := eval[string](b, `$("[aria-selected=true]").textContent`)
	if id := eval[string](b, `$(".input").getAttribute("aria-activedescendant")`); id != eval[string](b, `$("[aria-selected=true]").id`) || marked != eval[string](b, `$("[role=option]").textContent`) {
		t.Errorf("marked %q, active descendant %q", marked, id)
	}
	b.press(kb.Escape)
	b.wait(`$("[role=listbox]").hidden && $(".input").ariaExpanded === "false" && !$(".input").hasAttribute("aria-activedescendant") && !$(".panel").hidden`)
	b.press("a")
	b.wait(`$("[role=option]")`)
	b.press(kb.ArrowDown)
	marked = eval[string](b, `$("[aria-selected=true]").textContent`)
	b.press(kb.Enter)
	b.wait(`$("article")`)
	if you := eval[string](b, `$(".you").lastChild.textContent`); you != marked {
		t.Errorf("asked %q, want the suggestion %q", you, marked)
	}
	b.press("massage")
	b.wait(`$("[role=option]")`)
	second := eval[string](b, `$$("[role=option]")[1].textContent`)
	b.click("[role=option]:nth-child(2)")
	b.wait(`$$(".you").length === 2`)
	if you := eval[string](b, `$$(".you")[1].lastChild.textContent`); you != second {
		t.Errorf("clicked %q, asked %q", second, you)
	}
	b.quiet()
}

// A reply is read out once, politely; an urgent one at once, and only once.
func TestRepliesAreAnnouncedOnce(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL)
	b.run(`(window.announced = [], new MutationObserver((all) => {
		for (const m of all) for (const n of m.addedNodes) {
			const live = m.target.closest?.("[aria-live],[role=alert],[role=log]");
			if (live) announced.push(live.getAttribute("role") + ": " + n.textContent);
			else if (n.matches?.("[role=alert]") || n.querySelector?.("[role=alert]")) announced.push("alert: " + n.textContent);
		}
	}).observe(R, {childList: true, subtree: true}))`)
	b.chat("does massage hurt")
	b.chat("crushing chest pain right now and my left arm is numb")
	got := eval[[]string](b, `announced`)
	if len(got) != 2 || !strings.HasPrefix(got[0], "log: Does massage hurt?") || !strings.HasPrefix(got[1], "alert: ") || !strings.Contains(got[1], "Call 911 now") {
		t.Errorf("announced %q", got)
	}
	if strings.Contains(got[0], "Helpful") || strings.Contains(got[0], "sources") {
		t.Errorf("the announcement holds the buttons: %q", got[0])
	}
	if href := eval[string](b, `$(".urgent .button").href`); href != "tel:911" {
		t.Errorf("the button calls %s", href)
	}
}

func TestChoicesAndDeclines(t *testing.T) {
	b := newTab(t)
	chat := testBot(t, lakeside)
	srv := flakyServer(t, Config{Bot: chat})
	srv.offer(chat)
	b.open(srv.URL)
	b.chat("back")
	b.wait(`$("article.choices .chip")`)
	title := eval[string](b, `$("article.choices .chip").textContent`)
	b.click("article.choices .chip")
	b.wait(`$("article.answer")`)
	if h := eval[string](b, `$("article.answer h3").textContent`); h != title {
		t.Errorf("chose %q, got %q", title, h)
	}
	b.chat("what is the capital of France")
	b.wait(`$("article.unknown .chip")`)
	if n := eval[int](b, `$$("article.unknown .chip").filter((c, i, all) => all.findIndex((d) => d.textContent === c.textContent) !== i).length`); n > 0 {
		t.Errorf("%d topics are offered twice", n)
	}
	if text := eval[string](b, `$("article.unknown").textContent`); !strings.Contains(text, "Mon to Fri 9 to 6") {
		t.Errorf("hours are missing: %s", text)
	}
	links := eval[[]string](b, `$$("article.unknown .actions a").map((a) => a.href)`)
	if strings.Join(links, " ") != "tel:+16165550100 https://lakeside.example/book" {
		t.Errorf("ways to the practice: %v", links)
	}
	b.quiet()
}

func TestTargetsAreLargeEnough(t *testing.T) {
	b := newTab(t)
	b.phone(390, 844)
	b.open(testServer(t, Config{}).URL)
	small := func(state string) {
		t.Helper()
		// A link within a sentence has the height of its line.
		for _, s := range eval[[]string](b, `$$("button,a,summary,[role=option],.input,textarea").filter((e) => e.checkVisibility() && !e.closest(".text p")).map((e) => [e, e.getBoundingClientRect()])
			.filter(([e, r]) => r.width < 43.9 || r.height < 43.9).map(([e, r]) => (e.ariaLabel ?? e.textContent) + " " + r.width + "x" + r.height)`) {
			t.Errorf("%s: too small: %s", state, s)
		}
	}
	small("closed")
	b.run(`MassageFAQ.open()`)
	small("open")
	b.run(`$(".input").focus()`)
	b.press("insur")
	b.wait(`$("[role=option]")`)
	small("suggesting")
	b.chat("Is medical massage covered by insurance?")
	b.run(`$("summary").click()`)
	b.run(`$("[aria-label='Not helpful']").click()`)
	b.wait(`$(".why")`)
	small("answered")
	b.chat("what is the capital of France")
	b.chat("crushing chest pain right now and my left arm is numb")
	small("urgent")
}

func TestTwoThousandCharacters(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL)
	b.chat("does massage hurt " + strings.Repeat("very much ", 250))
	if text := eval[string](b, `$("article").textContent`); !strings.Contains(text, "Only its first 2,000 characters were read") {
		t.Errorf("a long question's reply: %s", text)
	}
	b.run(`($(".input").textContent = "x".repeat(2001), $(".input").dispatchEvent(new InputEvent("input")))`)
	if note := eval[string](b, `$(".limit").textContent`); !strings.Contains(note, "2,000") {
		t.Errorf("while typing: %q", note)
	}
}

func TestCopyAndPrint(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL)
	b.chat("Is medical massage covered by insurance?")
	b.run(`navigator.clipboard.writeText = (t) => { window.copied = t; return Promise.resolve(); }`)
	b.click("[aria-label=Copy]")
	b.wait(`$(".answer [role=status]").textContent === "Copied"`)
	copied := eval[string](b, `copied`)
	for _, want := range []string{"Does insurance cover medical massage?\n\nIt depends on your plan", "LegalClarity: https://legalclarity.org/", "/faq/insurance/covered"} {
		if !strings.Contains(copied, want) {
			t.Errorf("copied text lacks %q: %s", want, copied)
		}
	}
	b.run(`(window.print = () => {})`)
	b.click("[aria-label=Print]")
	b.printing(true)
	shown := `[document.querySelector("main").checkVisibility(), R.firstElementChild.checkVisibility(), $("article .text").checkVisibility(), $(".input").checkVisibility()]`
	if got := eval[[4]bool](b, shown); got != [4]bool{false, true, true, false} {
		t.Errorf("when printing an answer, page, widget, answer, input are visible: %v", got)
	}
	b.run(`dispatchEvent(new Event("afterprint"))`)
	if got := eval[[4]bool](b, shown); got != [4]bool{true, false, false, false} {
		t.Errorf("when printing the page, page, widget, answer, input are visible: %v", got)
	}
}
