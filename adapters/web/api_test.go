package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

func TestAskAnswersWithPassageAndSources(t *testing.T) {
	srv := testServer(t, Config{Base: "https://faq.example"})
	r := asked(t, srv.URL, "Is medical massage covered by insurance?", "")
	if r.Kind != bot.Answer || len(r.Passages) != 1 {
		t.Fatalf("kind %s with %d passages, want an answer with one", r.Kind, len(r.Passages))
	}
	p := r.Passages[0]
	if p.ID != "insurance.md#covered" || p.URL != "https://faq.example/faq/insurance/covered" || p.Topic != knowledge.Insurance {
		t.Errorf("passage %s at %s on %s", p.ID, p.URL, p.Topic)
	}
	if len(p.Sources) == 0 || p.Reviewed == "" || p.Score <= 0 || p.Score > 1 {
		t.Errorf("sources %v, reviewed %q, score %v", p.Sources, p.Reviewed, p.Score)
	}
	if !strings.HasPrefix(p.HTML, "<p>") || !strings.Contains(p.Text, "depends on your plan") || r.HTML != p.HTML {
		t.Errorf("text %q, html %q, reply's html %q", p.Text, p.HTML, r.HTML)
	}
}

// The object of "ask -json" is the one of the API.
func TestEncodeHasAllFieldsOfTheContract(t *testing.T) {
	body, err := json.Marshal(Encode(bot.Reply{ID: "x", Kind: bot.Answer, Passages: []bot.Found{{Passage: knowledge.Passage{ID: "a.md#b"}}}}))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"x","kind":"answer","text":"","html":"","passages":[{"id":"a.md#b","title":"","text":"","html":"",` +
		`"topic":"","url":"/faq/a/b","reviewed":"","sources":[],"score":0}],"suggestions":[]}`
	if diff := cmp.Diff(want, string(body)); diff != "" {
		t.Errorf("Encode (-want +got):\n%s", diff)
	}
}

func TestUrgentReplySaysWhomToCall(t *testing.T) {
	srv := testServer(t, Config{})
	for text, want := range map[string][]Action{
		"crushing chest pain right now and my left arm is numb": {{"Call 911", "tel:911"}},
		"i want to kill myself":                                 {{"Call 988", "tel:988"}, {"Text 988", "sms:988"}},
	} {
		r := asked(t, srv.URL, text, "")
		if r.Kind != bot.Urgent || r.Heading != "Please get help now" || r.Resource == "" {
			t.Errorf("%q: kind %s, heading %q, resource %q", text, r.Kind, r.Heading, r.Resource)
		}
		if diff := cmp.Diff(want, r.Actions); diff != "" {
			t.Errorf("%q actions (-want +got):\n%s", text, diff)
		}
	}
}

func TestHandoffOffersTheWaysToThePractice(t *testing.T) {
	r := asked(t, testServer(t, Config{}).URL, "can I talk to a human please", "")
	want := []Action{{"Call 616-555-0100", "tel:+16165550100"}, {"Book online", "https://lakeside.example/book"}}
	if diff := cmp.Diff(want, r.Actions); r.Kind != bot.Handoff || diff != "" {
		t.Errorf("kind %s, actions (-want +got):\n%s", r.Kind, diff)
	}
	bare := asked(t, testServer(t, Config{Bot: testBot(t, knowledge.Practice{})}).URL, "can I talk to a human please", "")
	if len(bare.Actions) != 0 {
		t.Errorf("a practice without phone or booking page offers %v", bare.Actions)
	}
}

func TestThreadIsRemembered(t *testing.T) {
	srv := testServer(t, Config{})
	asked(t, srv.URL, "Does insurance cover medical massage?", "one")
	r := asked(t, srv.URL, "and medicare?", "one")
	if len(r.Passages) == 0 || r.Passages[0].ID != "insurance.md#medicare" {
		t.Errorf("follow-up: kind %s, passages %v", r.Kind, r.Passages)
	}
}

func TestMistakesAreProblemDocuments(t *testing.T) {
	srv := testServer(t, Config{})
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		says                     string
	}{
		{"no JSON", "POST", "/api/ask", `question=hello`, 400, "not valid JSON: invalid character 'q'"},
		{"cut short", "POST", "/api/ask", `{"question":"a`, 400, "unexpected end"},
		{"two objects", "POST", "/api/ask", `{"question":"a"}{}`, 400, "not valid JSON"},
		{"a list", "POST", "/api/ask", `[]`, 400, "is a JSON array; an object is wanted"},
		{"empty", "POST", "/api/ask", ` `, 400, "empty"},
		{"a number", "POST", "/api/ask", `{"question":3}`, 400, `"question" is a JSON number; a string is wanted`},
		{"null", "POST", "/api/ask", `{"question":null}`, 400, `"question" is missing`},
		{"no question", "POST", "/api/ask", `{"text":"a"}`, 400, `"question" is missing`},
		{"long thread", "POST", "/api/ask", `{"question":"a","thread":"` + strings.Repeat("x", 129) + `"}`, 400, "longer than 128"},
		{"large", "POST", "/api/ask", question(strings.Repeat("x", maxBody)), 413, "larger than 131072 bytes"},
		{"get", "GET", "/api/ask", "", 405, "takes POST"},
		{"put", "PUT", "/api/rate", "{}", 405, "takes POST"},
		{"post", "POST", "/api/suggest", "{}", 405, "takes GET"},
		{"no route", "GET", "/api/answer", "", 404, "/openapi.json"},
		{"no reply", "POST", "/api/rate", `{"helpful":true}`, 400, `"reply" is missing`},
		{"not rated", "POST", "/api/rate", `{"reply":"x"}`, 400, `"helpful" is missing`},
		{"rated yes", "POST", "/api/rate", `{"reply":"x","helpful":"yes"}`, 400, "a boolean is wanted"},
		{"strange reply", "POST", "/api/rate", `{"reply":"nobody-gave-it","helpful":true}`, 404, "No reply has that id"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := do(t, c.method, srv.URL+c.path, c.body)
			var p struct {
				Type, Title, Detail string
				Status              int
			}
			if err := json.Unmarshal([]byte(got.body), &p); err != nil {
				t.Fatalf("body %q: %v", got.body, err)
			}
			if got.StatusCode != c.status || p.Status != c.status || p.Title != http.StatusText(c.status) || p.Type != "about:blank" {
				t.Errorf("status %d, document %+v, want %d", got.StatusCode, p, c.status)
			}
			if got.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(p.Detail, c.says) {
				t.Errorf("type %q, detail %q, want it to say %q", got.Header.Get("Content-Type"), p.Detail, c.says)
			}
			if allow := got.Header.Get("Allow"); (c.status == 405) != (allow != "") {
				t.Errorf("Allow is %q with status %d", allow, c.status)
			}
		})
	}
}

// Whatever people type gets a plain reply with nothing live in it.
func TestHostileTextGetsAPlainReply(t *testing.T) {
	srv := testServer(t, Config{})
	for name, text := range map[string]string{
		"empty": "", "spaces": "  \n ", "controls": "a\x00b\x07\x1b[31mc", "markup": `<script>alert(1)</script><img src=x onerror=alert(1)>`,
		"query": `title:massage^9 +(foo AND -bar)~ "unbalanced`, "long": strings.Repeat("does massage hurt ", 5500), "one word": strings.Repeat("x", 100_000),
		"markdown": "[click](javascript:alert(1)) `x`", "emoji": "\U0001F486\u200d\u2640\ufe0f?", "direction": "\u202egnp.exe",
	} {
		body := question(text)
		if name == "long" {
			name = "long invalid UTF-8"
			body = `{"question":"` + "\xff\xfe" + text + `"}`
		}
		got := do(t, "POST", srv.URL+"/api/ask", body)
		if got.StatusCode != 200 {
			t.Errorf("%s: status %d %s", name, got.StatusCode, got.body)
		}
		for _, live := range []string{"<script", "onerror", "javascript:", "\x1b"} {
			if strings.Contains(got.body, live) {
				t.Errorf("%s: reply echoes %q: %s", name, live, got.body)
			}
		}
	}
}

func TestLongQuestionIsCutAndSaysSo(t *testing.T) {
	srv := testServer(t, Config{})
	if r := asked(t, srv.URL, "does massage hurt "+strings.Repeat("very much ", 300), ""); !r.Cut {
		t.Error("a question of 3,000 characters was not said to be cut")
	}
	if r := asked(t, srv.URL, "does massage hurt", ""); r.Cut {
		t.Error("a short question was said to be cut")
	}
}

func TestRateStoresOnce(t *testing.T) {
	srv := ownServer(t, Config{})
	r := asked(t, srv.URL, "does massage hurt", "")
	for _, helpful := range []string{"false", "true"} {
		got := do(t, "POST", srv.URL+"/api/rate", `{"reply":"`+r.ID+`","helpful":`+helpful+`,"comment":"`+strings.Repeat("\u00e9", 5000)+`"}`)
		if got.StatusCode != 204 || got.body != "" {
			t.Errorf("rate %s: status %d, body %q", helpful, got.StatusCode, got.body)
		}
	}
	metrics := do(t, "GET", srv.URL+"/metrics", "").body
	for _, want := range []string{
		`massagefaq_ratings_total{channel="web",helpful="false"} 1`, `massagefaq_ratings_total{channel="web",helpful="true"} 1`,
		`massagefaq_replies_total{channel="web",kind="answer"} 1`, `massagefaq_reply_seconds_count{channel="web"} 1`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
}

func TestMetricsHoldNoQuestion(t *testing.T) {
	srv := testServer(t, Config{})
	asked(t, srv.URL, "zanzibarquestion about massage", "zanzibarthread")
	do(t, "GET", srv.URL+"/?q=zanzibarpage", "")
	do(t, "GET", srv.URL+"/api/suggest?q=zanzibar", "")
	do(t, "GET", srv.URL+"/zanzibar/path", "")
	if m := do(t, "GET", srv.URL+"/metrics", "").body; strings.Contains(m, "zanzibar") {
		t.Error("/metrics holds what somebody typed")
	}
}

func TestSuggest(t *testing.T) {
	srv := testServer(t, Config{})
	for q, want := range map[string]bool{"insur": true, "": false, "+%20": false, "zzzzqqq": false} {
		got := do(t, "GET", srv.URL+"/api/suggest?q="+q, "")
		var s struct{ Suggestions []string }
		if err := json.Unmarshal([]byte(got.body), &s); err != nil {
			t.Fatalf("%q: %v", got.body, err)
		}
		if s.Suggestions == nil || len(s.Suggestions) > 5 || (len(s.Suggestions) > 0) != want {
			t.Errorf("suggest %q: %s", q, got.body)
		}
	}
}

// Staff passages are for staff.
func TestStaffPassagesStayInside(t *testing.T) {
	b := testBot(t, lakeside)
	srv := testServer(t, Config{Bot: b})
	staff := map[string]bool{}
	for _, p := range b.Passages(knowledge.Staff) {
		staff[p.ID] = p.Audience == knowledge.Staff
	}
	for _, p := range b.Passages(knowledge.Staff) {
		if !staff[p.ID] {
			continue
		}
		for _, q := range append(p.Asks[:min(2, len(p.Asks))], p.Title) {
			for _, got := range asked(t, srv.URL, q, "").Passages {
				if staff[got.ID] {
					t.Errorf("%q on the web shows %s", q, got.ID)
				}
			}
		}
		if got := do(t, "GET", srv.URL+passagePath(p), ""); got.StatusCode != 404 {
			t.Errorf("%s: status %d", passagePath(p), got.StatusCode)
		}
	}
	for _, page := range []string{"/", "/sitemap.xml", "/widget.js"} {
		if strings.Contains(do(t, "GET", srv.URL+page, "").body, "Desk:") {
			t.Errorf("%s shows a staff passage", page)
		}
	}
}

func TestFaultsArePrivate(t *testing.T) {
	b := openBot(t, lakeside)
	srv := testServer(t, Config{Bot: b})
	b.Close() // every search fails from here on
	got := do(t, "POST", srv.URL+"/api/ask", question("does massage hurt"))
	if got.StatusCode != 500 || !strings.Contains(got.body, "Something went wrong here") || strings.Contains(got.body, "index") {
		t.Errorf("status %d, body %s", got.StatusCode, got.body)
	}
	page := do(t, "GET", srv.URL+"/?q=does+massage+hurt", "")
	if page.StatusCode != 500 || !strings.Contains(page.body, "<h1>") {
		t.Errorf("page: status %d", page.StatusCode)
	}
}

func TestReadySaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		ready, warning error
		status         int
		says           string
	}{
		"ready":     {nil, nil, 200, "ready\n"},
		"not ready": {context.DeadlineExceeded, nil, 503, "not ready: context deadline exceeded\n"},
		"degraded":  {nil, http.ErrNoLocation, 200, "ready\nwarning: " + http.ErrNoLocation.Error() + "\n"},
	} {
		srv := testServer(t, Config{
			Ready:   func(context.Context) error { return c.ready },
			Warning: func() error { return c.warning },
		})
		if got := do(t, "GET", srv.URL+"/readyz", ""); got.StatusCode != c.status || got.body != c.says {
			t.Errorf("%s: %d %q, want %d %q", name, got.StatusCode, got.body, c.status, c.says)
		}
		if got := do(t, "GET", srv.URL+"/healthz", ""); got.StatusCode != 200 {
			t.Errorf("%s: /healthz %d", name, got.StatusCode)
		}
	}
}

func FuzzAsk(f *testing.F) {
	srv := testServer(f, Config{})
	for _, seed := range []string{`{"question":"does it hurt"}`, `{"question":"<script>","thread":"x"}`, `{`, `[]`, `{"question":"\ud800"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got := do(t, "POST", srv.URL+"/api/ask", string(body))
		if got.StatusCode >= 500 || !json.Valid([]byte(got.body)) {
			t.Errorf("body %q: status %d, %s", body, got.StatusCode, got.body)
		}
	})
}
