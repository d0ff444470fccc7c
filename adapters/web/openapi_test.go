package web

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema compiles a part of the served OpenAPI document.
func schema(t *testing.T, base, pointer string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(do(t, "GET", base+"/openapi.json", "").body))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("https://faq.example/openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("https://faq.example/openapi.json#" + pointer)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What the document promises for a status is what comes back.
func TestResponsesMatchTheDocument(t *testing.T) {
	srv := testServer(t, Config{PerMin: 40})
	id := asked(t, srv.URL, "does massage hurt", "").ID
	for _, c := range []struct {
		name, method, path, body string
		status                   int
	}{
		{"answer", "POST", "/api/ask", question("Is medical massage covered by insurance?"), 200},
		{"two answers", "POST", "/api/ask", question("How much is it, and does insurance pay?"), 200},
		{"choices", "POST", "/api/ask", question("codes"), 200},
		{"unknown", "POST", "/api/ask", question("what is the capital of France"), 200},
		{"urgent", "POST", "/api/ask", question("i want to kill myself"), 200},
		{"handoff", "POST", "/api/ask", question("a human please"), 200},
		{"small talk", "POST", "/api/ask", question("hello"), 200},
		{"cut", "POST", "/api/ask", question(strings.Repeat("does it hurt ", 300)), 200},
		{"mistake", "POST", "/api/ask", "{", 400},
		{"method", "GET", "/api/ask", "", 405},
		{"large", "POST", "/api/ask", strings.Repeat("x", maxBody+1), 413},
		{"suggest", "GET", "/api/suggest?q=insur", "", 200},
		{"nothing to suggest", "GET", "/api/suggest?q=zzzz", "", 200},
		{"strange rating", "POST", "/api/rate", `{"reply":"x","helpful":true}`, 404},
		{"rating", "POST", "/api/rate", `{"reply":"` + id + `","helpful":true}`, 204},
		{"bad rating", "POST", "/api/rate", `{}`, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := do(t, c.method, srv.URL+c.path, c.body)
			if got.StatusCode != c.status {
				t.Fatalf("status %d, want %d: %s", got.StatusCode, c.status, got.body)
			}
			check(t, srv.URL, c.method, c.path, got)
		})
	}
	for range 60 {
		if got := do(t, "POST", srv.URL+"/api/ask", question("hello"), "X-Forwarded-For", "198.51.100.9"); got.StatusCode == 429 {
			check(t, srv.URL, "POST", "/api/ask", got)
			return
		}
	}
	t.Error("no question was refused as one too many")
}

func check(t *testing.T, base, method, path string, got answered) {
	t.Helper()
	u, err := url.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	operation := strings.ToLower(method)
	if got.StatusCode == 405 {
		operation = map[string]string{"get": "post", "post": "get"}[operation] // the document has the right method
	}
	if got.StatusCode == 204 {
		if got.body != "" {
			t.Errorf("204 with a body %q", got.body)
		}
		return
	}
	kind := strings.ReplaceAll(got.Header.Get("Content-Type"), "/", "~1")
	pointer := fmt.Sprintf("/paths/%s/%s/responses/%d", strings.ReplaceAll(u.Path, "/", "~1"), operation, got.StatusCode)
	if got.StatusCode >= 400 {
		names := map[int]string{400: "BadRequest", 403: "Forbidden", 404: "NotFound", 405: "BadMethod", 413: "TooLarge", 429: "TooMany", 500: "Fault"}
		pointer = "/components/responses/" + names[got.StatusCode]
	}
	body, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(got.body)))
	if err != nil {
		t.Fatalf("body %q: %v", got.body, err)
	}
	if err := schema(t, base, pointer+"/content/"+kind+"/schema").Validate(body); err != nil {
		t.Errorf("%s %s: %v\n%s", method, path, err, got.body)
	}
}

// The schemas are sharp: what breaks a promise is found.
func TestDocumentRejects(t *testing.T) {
	reply := schema(t, testServer(t, Config{}).URL, "/components/schemas/Reply")
	for _, bad := range []string{
		`{}`, `{"id":"x","kind":"guess","text":"a","html":"a","passages":[],"suggestions":[]}`,
		`{"id":"x","kind":"answer","text":"a","html":"a","passages":[],"suggestions":[]}`,
		`{"id":"x","kind":"urgent","text":"a","html":"a","passages":[],"suggestions":[]}`,
		`{"id":"x","kind":"unknown","text":"a","html":"a","passages":null,"suggestions":[]}`,
		`{"id":"x","kind":"unknown","text":"a","html":"a","passages":[],"suggestions":[],"extra":1}`,
	} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if reply.Validate(v) == nil {
			t.Errorf("accepted %s", bad)
		}
	}
}
