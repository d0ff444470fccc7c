package web

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chromium is the browser of all tests, started once; each tab has a context of
// its own, like a private window.
var chromium struct {
	once  sync.Once
	ctx   context.Context
	close func()
	err   error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chromium.close != nil {
		chromium.close()
	}
	closeShared()
	os.Exit(code)
}

// patience is how long a test waits for what must come, on a machine with other
// work to do.
const patience = time.Minute

func startChromium() {
	path, err := exec.LookPath("chromium")
	if err != nil {
		chromium.err = err
		return
	}
	dir, err := os.MkdirTemp("", "massagefaq-chromium-")
	if err != nil {
		chromium.err = err
		return
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(patience),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, stop := chromedp.NewContext(alloc)
	chromium.ctx, chromium.err = ctx, chromedp.Do(ctx)
	chromium.close = func() {
		stop()
		stopAlloc()
		os.RemoveAll(dir)
	}
}

// tab is a browser tab.
type tab struct {
	t   *testing.T
	ctx context.Context
	mu  sync.Mutex
	// What the console said, errors and violations of policies among it.
	console []string
}

// newTab opens an empty tab of desktop size. A test that needs a browser cannot
// pass without one: it fails where everything must be there, and says loudly
// elsewhere that it did not run.
func newTab(t *testing.T) *tab {
	t.Helper()
	chromium.once.Do(startChromium)
	if chromium.err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("no browser to test with: %v", chromium.err)
	}
	if chromium.err != nil {
		t.Skipf("NOT TESTED: no browser (apt-get install chromium): %v", chromium.err)
	}
	ctx, stop := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext())
	ctx, cancel := context.WithTimeout(ctx, 4*patience)
	t.Cleanup(func() { cancel(); stop() })
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatalf("open tab: %v", err)
	}
	b.size(1280, 900)
	return b
}

func (b *tab) hear(ev any) {
	var line string
	switch ev := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, a := range ev.Args {
			line += strings.Trim(string(a.Value), `"`) + " "
		}
		line = string(ev.Type) + ": " + line
	case *runtime.EventExceptionThrown:
		line = "exception: " + ev.ExceptionDetails.Text
		if e := ev.ExceptionDetails.Exception; e != nil {
			line += " " + e.Description
		}
	case *log.EventEntryAdded:
		line = string(ev.Entry.Level) + ": " + ev.Entry.Text
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.console = append(b.console, line)
}

// said is what the console said so far.
func (b *tab) said() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.Join(b.console, "\n")
}

// quiet fails the test if the console said anything.
func (b *tab) quiet() {
	b.t.Helper()
	if s := b.said(); s != "" {
		b.t.Errorf("the console said:\n%s", s)
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// call sends a command of the browser's protocol.
func call[P, R any](b *tab, cmd cdp.Command[P, R], params P) R {
	b.t.Helper()
	r, err := chromedp.Call(b.ctx, cmd, params)
	if err != nil {
		b.t.Fatalf("%+v: %v", params, err)
	}
	return r
}

func (b *tab) open(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
	b.wait(`!host || R`)
}

// script is an expression with R for the widget's shadow root, $ and $$ to find
// in it, and deep for the element that has the focus.
func script(expression string) string {
	return `(async () => {
		const host = document.querySelector("massage-faq"), R = host?.shadowRoot;
		const $ = (s) => R?.querySelector(s), $$ = (s) => [...R.querySelectorAll(s)];
		const deep = () => document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
		return (` + expression + `);
	})()`
}

// eval is an expression's value; see script for what it may use.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	raw, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]byte](script(expression), chromedp.EvalAwaitPromise))
	var v T
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, &v)
	}
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func (b *tab) run(statement string) {
	b.t.Helper()
	eval[any](b, "("+statement+", null)")
}

// wait waits until an expression is true.
func (b *tab) wait(expression string) {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if eval[bool](b, "!!("+expression+")") {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("never came true: %s\nconsole: %s\nwidget: %.2000s", expression, b.said(), eval[string](b, `R?.textContent ?? document.body.innerText`))
		}
	}
}

// press presses keys one after the other.
func (b *tab) press(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		b.do(chromedp.KeyEvent(k))
	}
}

// hold presses a key while a modifier is held.
func (b *tab) hold(m chromedp.Modifier, key string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(m)))
}

// click clicks the middle of an element of the widget.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.wait(`$(` + quote(selector) + `)`)
	at := eval[[2]float64](b, `(() => { const e = $(`+quote(selector)+`); e.scrollIntoView({block: "center"}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`)
	b.do(chromedp.MouseClickXY(at[0], at[1]))
}

func (b *tab) size(w, h int64) {
	b.t.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: w, Height: h, DeviceScaleFactor: 1})
}

// phone makes the tab a phone with a touch screen.
func (b *tab) phone(w, h int64) {
	b.t.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: w, Height: h, DeviceScaleFactor: 2, Mobile: true})
	call(b, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
}

// media sets media features, name and value in turn, such as prefers-color-scheme, dark.
func (b *tab) media(pairs ...string) {
	b.t.Helper()
	var features []*emulation.MediaFeature
	for i := 0; i < len(pairs); i += 2 {
		features = append(features, &emulation.MediaFeature{Name: pairs[i], Value: pairs[i+1]})
	}
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
}

func (b *tab) offline(yes bool) {
	b.t.Helper()
	call(b, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: yes, DownloadThroughput: -1, UploadThroughput: -1}}})
	call(b, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: yes, DownloadThroughput: -1, UploadThroughput: -1})
}

// chat opens the widget and asks, and waits for what comes back.
func (b *tab) chat(text string) {
	b.t.Helper()
	n := eval[int](b, `$$("article").length`)
	b.run(`MassageFAQ.open()`)
	b.run(`$(".input").focus()`)
	call(b, input.InsertText, input.InsertTextParams{Text: text})
	b.press(kb.Enter)
	b.wait(fmt.Sprintf(`$$("article").length > %d && !$(".wait")`, n))
}

func quote(s string) string {
	j, _ := json.Marshal(s)
	return string(j)
}

// printing makes the tab look as on paper.
func (b *tab) printing(yes bool) {
	b.t.Helper()
	p := emulation.SetEmulatedMediaParams{}
	if yes {
		p.Media = "print"
	}
	call(b, emulation.SetEmulatedMedia, p)
}
