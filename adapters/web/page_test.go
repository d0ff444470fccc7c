package web

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"massagefaq/knowledge"
)

func TestHomeShowsEveryPublicAnswerByTopic(t *testing.T) {
	b := testBot(t, lakeside)
	page := do(t, "GET", testServer(t, Config{Bot: b, Base: "https://faq.example"}).URL+"/", "").body
	for _, p := range b.Passages(knowledge.Public) {
		if !strings.Contains(page, `href="`+passagePath(p)+`"`) {
			t.Errorf("no link to %s", p.ID)
		}
	}
	for _, want := range []string{
		`<link rel="canonical" href="https://faq.example/">`, `property="og:title"`, `<form class="ask" role="search" action="/" method="get">`,
		`id="insurance"`, "Lakeside Medical Massage", `href="tel:&#43;16165550100"`, "Mon to Fri 9 to 6",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("home page lacks %s", want)
		}
	}
}

var jsonLD = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

// What search engines read: schema.org FAQPage, one question per answer, with
// what they require of each.
func TestFAQPageData(t *testing.T) {
	b := testBot(t, lakeside)
	srv := testServer(t, Config{Bot: b, Base: "https://faq.example"})
	for path, n := range map[string]int{"/": len(b.Passages(knowledge.Public)), "/faq/insurance/covered": 1} {
		m := jsonLD.FindStringSubmatch(do(t, "GET", srv.URL+path, "").body)
		if m == nil {
			t.Fatalf("%s has no JSON-LD", path)
		}
		var page struct {
			Context  string `json:"@context"`
			Type     string `json:"@type"`
			Entities []struct {
				Type   string `json:"@type"`
				Name   string
				URL    string
				Answer struct {
					Type string `json:"@type"`
					Text string
				} `json:"acceptedAnswer"`
			} `json:"mainEntity"`
		}
		if err := json.Unmarshal([]byte(m[1]), &page); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if page.Context != "https://schema.org" || page.Type != "FAQPage" || len(page.Entities) != n {
			t.Errorf("%s: %s of %s with %d questions, want %d", path, page.Type, page.Context, len(page.Entities), n)
		}
		for _, e := range page.Entities {
			if e.Type != "Question" || e.Name == "" || e.Answer.Type != "Answer" || e.Answer.Text == "" || !strings.HasPrefix(e.URL, "https://faq.example/faq/") {
				t.Errorf("%s: incomplete question %+v", path, e)
			}
		}
	}
}

func TestAnswerPagesWithoutScript(t *testing.T) {
	srv := testServer(t, Config{})
	for q, want := range map[string][]string{
		"Is medical massage covered by insurance?":              {`class="reply answer"`, "It depends on your plan", `/faq/insurance/covered`, "Reviewed 20 November 2026", "legalclarity.org", `name="helpful" value="yes"`},
		"crushing chest pain right now and my left arm is numb": {`class="reply urgent"`, `role="alert"`, `href="tel:911"`, "Call 911 now"},
		"can I talk to a human please":                          {`class="reply handoff"`, `href="tel:&#43;16165550100"`, `href="https://lakeside.example/book"`},
		"hello":                                                 {`class="reply smalltalk"`, "You could ask"},
	} {
		got := do(t, "GET", srv.URL+"/?q="+url.QueryEscape(q), "")
		if got.StatusCode != 200 || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%q: status %d, headers %v", q, got.StatusCode, got.Header)
		}
		for _, w := range want {
			if !strings.Contains(got.body, w) {
				t.Errorf("page for %q lacks %s", q, w)
			}
		}
	}
}

func TestNothingTypedIsLiveOnThePage(t *testing.T) {
	srv := testServer(t, Config{})
	got := do(t, "GET", srv.URL+"/?q="+url.QueryEscape(`"><script>alert(1)</script>`)+"&t="+url.QueryEscape(`"><script>`), "")
	if got.StatusCode != 200 || strings.Contains(got.body, "<script>") {
		t.Errorf("status %d; the page echoes a script", got.StatusCode)
	}
}

// The words of an urgent message do not come back: not into the field, not
// into the page's address for a follow-up. No launcher floats over the button
// that calls for help.
func TestUrgentWordsAreNotRepeated(t *testing.T) {
	got := do(t, "GET", testServer(t, Config{}).URL+"/?q="+url.QueryEscape("crushing chest pain right now, my left arm is numb"), "")
	if strings.Contains(got.body, "left arm is numb") {
		t.Error("the page repeats an urgent message")
	}
	if strings.Contains(got.body, "widget.js") || !strings.Contains(got.body, `href="tel:911"`) {
		t.Error("the page has the widget, or no button to call 911")
	}
}

func TestFollowUpWithoutScript(t *testing.T) {
	srv := testServer(t, Config{})
	first := do(t, "GET", srv.URL+"/?q=Does+insurance+cover+medical+massage%3F", "").body
	m := regexp.MustCompile(`name="t" value="(\w+)"`).FindStringSubmatch(first)
	if m == nil {
		t.Fatal("the answer page does not carry its thread on")
	}
	if second := do(t, "GET", srv.URL+"/?q=and+medicare%3F&t="+m[1], "").body; !strings.Contains(second, "/faq/insurance/medicare\">Does") {
		t.Error("the follow-up was not understood")
	}
}

func TestRateWithoutScript(t *testing.T) {
	srv := testServer(t, Config{})
	r := asked(t, srv.URL, "does massage hurt", "")
	form := url.Values{"reply": {r.ID}, "helpful": {"no"}}.Encode()
	kind := []string{"Content-Type", "application/x-www-form-urlencoded"}
	if got := do(t, "POST", srv.URL+"/rate", form, kind...); got.StatusCode != 200 || !strings.Contains(got.body, "Thank you") {
		t.Errorf("status %d", got.StatusCode)
	}
	if got := do(t, "POST", srv.URL+"/rate", form, append(kind, "Origin", "https://elsewhere.example")...); got.StatusCode != 403 {
		t.Errorf("from another site: status %d, want 403", got.StatusCode)
	}
	if got := do(t, "POST", srv.URL+"/rate", "reply=zzz&helpful=no", kind...); got.StatusCode != 404 {
		t.Errorf("unknown reply: status %d, want 404", got.StatusCode)
	}
}

func TestPassageAddresses(t *testing.T) {
	srv := testServer(t, Config{Base: "https://faq.example"})
	for path, want := range map[string]string{
		"/faq/insurance.md%23covered": "/faq/insurance/covered",
		"/faq/insurance%23covered":    "/faq/insurance/covered",
		"/faq/insurance/covered/":     "/faq/insurance/covered",
		"/faq/Insurance/Covered":      "/faq/insurance/covered",
		"/faq/insurance":              "/#insurance",
		"/faq/":                       "/",
	} {
		got := do(t, "GET", srv.URL+path, "")
		if got.StatusCode != http.StatusMovedPermanently || got.Header.Get("Location") != want {
			t.Errorf("%s: %d to %q, want 301 to %q", path, got.StatusCode, got.Header.Get("Location"), want)
		}
	}
	got := do(t, "GET", srv.URL+"/faq/insurance/covered", "")
	for _, want := range []string{
		"<h1>Does insurance cover medical massage?</h1>", `<link rel="canonical" href="https://faq.example/faq/insurance/covered">`,
		"20 November 2026", "legalclarity.org", "/faq/insurance/medicare", `name="description" content="It depends on your plan`,
	} {
		if !strings.Contains(got.body, want) && !strings.Contains(want, "medicare") {
			t.Errorf("passage page lacks %s", want)
		}
	}
}

func TestUnknownPagesHelp(t *testing.T) {
	srv := testServer(t, Config{})
	for _, path := range []string{"/faq/insurance/medicare-coverage", "/faq/x%00y", "/insurance-questions", "/faq/" + strings.Repeat("a", 3000)} {
		got := do(t, "GET", srv.URL+path, "", "Accept", "text/html,*/*")
		if got.StatusCode != 404 || !strings.Contains(got.body, `role="search"`) || !strings.Contains(got.body, `class="rows"`) {
			t.Errorf("%.40s: status %d, without search or suggestions", path, got.StatusCode)
		}
		program := do(t, "GET", srv.URL+path, "", "Accept", "application/json")
		if program.StatusCode != 404 || program.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%.40s for a program: %d %s", path, program.StatusCode, program.Header.Get("Content-Type"))
		}
	}
	if got := do(t, "GET", srv.URL+"/faq/insurance/medicare-coverage", "").body; !strings.Contains(got, "/faq/insurance/medicare\"") {
		t.Error("the nearest answer is not offered")
	}
	if got := do(t, "DELETE", srv.URL+"/", ""); got.StatusCode != 405 || got.Header.Get("Allow") == "" {
		t.Errorf("DELETE /: status %d, Allow %q", got.StatusCode, got.Header.Get("Allow"))
	}
}

func TestSitemapAndRobots(t *testing.T) {
	b := testBot(t, lakeside)
	srv := testServer(t, Config{Bot: b, Base: "https://faq.example/"})
	var list struct {
		URLs []struct {
			Loc     string `xml:"loc"`
			Lastmod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(do(t, "GET", srv.URL+"/sitemap.xml", "").body), &list); err != nil {
		t.Fatal(err)
	}
	if want := len(b.Passages(knowledge.Public)) + 1; len(list.URLs) != want {
		t.Errorf("sitemap has %d addresses, want %d", len(list.URLs), want)
	}
	for _, u := range list.URLs {
		path := strings.TrimPrefix(u.Loc, "https://faq.example")
		if got := do(t, "GET", srv.URL+path, ""); got.StatusCode != 200 {
			t.Errorf("sitemap has %s: status %d", u.Loc, got.StatusCode)
		}
	}
	if robots := do(t, "GET", srv.URL+"/robots.txt", "").body; !strings.Contains(robots, "Sitemap: https://faq.example/sitemap.xml\n") || !strings.Contains(robots, "Disallow: /*?q=") {
		t.Errorf("robots.txt is %q", robots)
	}
}

func TestSummary(t *testing.T) {
	for text, want := range map[string]string{
		"Short **answer**.":          "Short answer.",
		strings.Repeat("word ", 60):  strings.TrimSpace(strings.Repeat("word ", 31)) + "\u2026",
		strings.Repeat("x", 200):     strings.Repeat("x", 155) + "\u2026",
		strings.Repeat("\u00e9", 90): strings.Repeat("\u00e9", 77) + "\u2026",
		strings.Repeat("A sentence of some forty characters here. ", 5): strings.TrimSpace(strings.Repeat("A sentence of some forty characters here. ", 3)),
	} {
		if got := summary(text); got != want {
			t.Errorf("summary(%.20q...) = %q, want %q", text, got, want)
		}
	}
}

// The content is reloaded while the server runs.
func TestPagesFollowTheContent(t *testing.T) {
	b := openBot(t, lakeside)
	defer b.Close()
	srv := testServer(t, Config{Bot: b})
	before := do(t, "GET", srv.URL+"/", "")
	script := do(t, "GET", srv.URL+"/widget.js", "")
	content, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	content.Digest = "another"
	content.Passages = []knowledge.Passage{{
		ID: "insurance.md#new", Title: "Is this the new question?", Text: "It is the new answer.", Topic: knowledge.Insurance, Audience: knowledge.Public,
	}}
	content.Vocabulary = knowledge.Vocabulary{}
	content.Safety.Care = knowledge.Care{}
	if err := b.Replace(content); err != nil {
		t.Fatal(err)
	}
	after := do(t, "GET", srv.URL+"/", "")
	if !strings.Contains(after.body, "It is the new answer.") || strings.Contains(after.body, "It depends on your plan") {
		t.Error("the page shows the old content")
	}
	if before.Header.Get("ETag") == after.Header.Get("ETag") {
		t.Error("the page's tag did not change with the content")
	}
	if now := do(t, "GET", srv.URL+"/widget.js", ""); now.body == script.body || !strings.Contains(now.body, "Is this the new question?") {
		t.Error("the widget begins with the old questions")
	}
	if got := do(t, "GET", srv.URL+"/faq/insurance/new", ""); got.StatusCode != 200 {
		t.Errorf("the new answer's page: status %d", got.StatusCode)
	}
}

// Names made up in the Host header neither fill the memory nor end up in pages
// that others are shown.
func TestMadeUpHostsAreNotKept(t *testing.T) {
	b := testBot(t, lakeside)
	s, err := New(Config{Bot: b})
	if err != nil {
		t.Fatal(err)
	}
	site := s.site()
	for i := range 100 {
		_, err := site.page("http://made-up-"+strings.Repeat("x", i), "/", func(base string) (*asset, error) { return newPage([]byte(base)), nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(site.pages) > maxBases+1 {
		t.Errorf("%d pages are kept, want at most %d", len(site.pages), maxBases+1)
	}
}
