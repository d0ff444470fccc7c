package web

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

// Enter that ends a composition chooses a word; it does not send.
func TestInputMethods(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL)
	b.run(`MassageFAQ.open()`)
	b.press("massage")
	for _, init := range []string{`isComposing: true`, `keyCode: 229`} {
		b.run(`$(".input").dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true, ` + init + `}))`)
	}
	if eval[bool](b, `$(".turn")`) {
		t.Error("Enter within a composition sent the question")
	}
	b.press(kb.Enter)
	b.wait(`$("article")`)
}

func TestPasteTakesOnlyTheText(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL)
	b.run(`MassageFAQ.open()`)
	b.run(`(() => {
		const d = new DataTransfer();
		d.setData("text/html", "<b>does</b> massage <script>alert(1)</script>hurt");
		d.setData("text/plain", "does massage hurt");
		$(".input").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true}));
	})()`)
	if got := eval[string](b, `$(".input").innerHTML`); got != "does massage hurt" {
		t.Errorf("the input holds %q", got)
	}
}

// Dropped and inserted text is text.
func TestInsertedText(t *testing.T) {
	b := newTab(t)
	b.open(testServer(t, Config{}).URL)
	b.run(`MassageFAQ.open()`)
	call(b, input.InsertText, input.InsertTextParams{Text: "<b>hurt</b> \u2028\u202e?"})
	if n := eval[int](b, `$(".input").childElementCount`); n != 0 {
		t.Errorf("the input holds %d elements", n)
	}
	b.press(kb.Enter)
	b.wait(`$("article")`)
	if n := eval[int](b, `$(".you").querySelectorAll("b").length`); n != 0 {
		t.Error("what was typed is live")
	}
}
