package web

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// slowdown is the factor by which a cheap phone is slower than this machine.
const slowdown = 4

// The widget costs its host page less than 10 ms on a cheap phone. What counts
// is the processor's time: the browser's own slowdown would also multiply what
// other programs on the machine do.
func TestScriptEvaluationIsQuick(t *testing.T) {
	faq := testServer(t, Config{Origins: []string{"http://127.0.0.1:*"}})
	host := hostPage(t, faq.URL, "", "")
	best := 1e9
	for range 8 {
		if best = min(best, slowdown*evaluation(newTab(t), host.URL)); best < 10 {
			break
		}
	}
	t.Logf("script evaluation at %dx slowdown: %.1f ms", slowdown, best)
	if best >= 10 {
		t.Errorf("evaluating widget.js takes %.1f ms, want less than 10", best)
	}
}

// evaluation is the processor's time for widget.js when the page loads, in milliseconds.
func evaluation(b *tab, url string) float64 {
	b.t.Helper()
	var took float64
	done := make(chan struct{})
	if err := chromedp.Listen(b.ctx, func(ev any) {
		switch ev := ev.(type) {
		case *tracing.EventDataCollected:
			for _, raw := range ev.Value {
				var e struct {
					Name string
					TDur float64
					Args struct{ Data struct{ URL string } }
				}
				if json.Unmarshal(raw, &e) == nil && e.Name == "EvaluateScript" && strings.HasSuffix(e.Args.Data.URL, "/widget.js") {
					took += e.TDur / 1000
				}
			}
		case *tracing.EventTracingComplete:
			close(done)
		}
	}); err != nil {
		b.t.Fatal(err)
	}
	call(b, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{IncludedCategories: []string{"devtools.timeline"}}})
	b.open(url)
	b.wait(`window.MassageFAQ`)
	call(b, tracing.End, cdp.Empty{})
	<-done
	if took == 0 {
		b.t.Fatal("the trace does not show the script")
	}
	return took
}

// What people do is answered on the screen within 100 ms on a cheap phone: all
// that the page does for it, painting included, takes less than that. Where one
// takes longer all are tried again, and the quickest counts.
func TestInteractionsAreQuick(t *testing.T) {
	faq := flakyServer(t, Config{Origins: []string{"http://127.0.0.1:*"}})
	faq.slow.Store(int64(500 * time.Millisecond)) // so that the reply is not counted with the question
	host := hostPage(t, faq.URL, "", "")
	best := map[string]float64{}
	for range 5 {
		if len(best) > 0 && slices.Max(slices.Collect(maps.Values(best))) < 100 {
			break
		}
		for name, took := range interactions(newTab(t), host.URL) {
			if old, ok := best[name]; !ok || took < old {
				best[name] = took
			}
		}
	}
	t.Logf("work for each interaction at %dx slowdown, in ms: %v", slowdown, best)
	if len(best) != 7 {
		t.Errorf("measured only %v", best)
	}
	for name, took := range best {
		if took >= 100 || took == 0 {
			t.Errorf("%s takes %.0f ms, want less than 100", name, took)
		}
	}
}

// interactions is what a visitor does, with the milliseconds that the page's
// thread works for it, paint included.
func interactions(b *tab, url string) map[string]float64 {
	b.t.Helper()
	call(b, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
	b.open(url)
	b.wait(`$(".launch")`)
	took := map[string]float64{}
	for _, step := range []struct {
		name, ready string
		do          func()
	}{
		{"open", `$(".launch")`, func() { b.click(".launch") }},
		{"type", `$(".input")`, func() { b.press("d") }},
		{"send", `($(".input").textContent = "does massage hurt")`, func() { b.press(kb.Enter) }},
		{"sources", `$("summary")`, func() { b.click("summary") }},
		{"rate", `$("summary")`, func() { b.click("[aria-label=Helpful]") }},
		{"chip", `$(".chip")`, func() { b.click(".chip") }},
		{"close", `$$("article").length === 2`, func() { b.press(kb.Escape) }},
	} {
		b.wait(step.ready)
		b.run(`await new Promise((f) => setTimeout(f, 400))`) // until what came before has come to rest
		before := threadTime(b)
		step.do()
		b.run(`await new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(f))))`)
		took[step.name] = math.Round(slowdown * (threadTime(b) - before))
	}
	return took
}

// threadTime is how long the page's thread has worked, in milliseconds.
func threadTime(b *tab) float64 {
	b.t.Helper()
	for _, m := range call(b, performance.GetMetrics, cdp.Empty{}).Metrics {
		if m.Name == "TaskDuration" {
			return m.Value * 1000
		}
	}
	b.t.Fatal("the browser does not say how long it worked")
	return 0
}
