package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestEveryAssetIsServed(t *testing.T) {
	srv := testServer(t, Config{})
	found := map[string]bool{}
	for _, page := range []string{"/", "/faq/insurance/covered", "/demo"} {
		for _, m := range regexp.MustCompile(`(?:src|href)="(/(?:static|widget)[^"]*)"`).FindAllStringSubmatch(do(t, "GET", srv.URL+page, "").body, -1) {
			found[m[1]] = true
		}
	}
	for path := range found {
		got := do(t, "GET", srv.URL+path, "")
		if got.StatusCode != 200 || got.body == "" || got.Header.Get("Cache-Control") != keepForever {
			t.Errorf("%s: status %d, Cache-Control %q", path, got.StatusCode, got.Header.Get("Cache-Control"))
		}
	}
	if len(found) < 3 {
		t.Errorf("found only %v", found)
	}
}

func TestEncodings(t *testing.T) {
	srv := testServer(t, Config{})
	long := question("Is medical massage covered by insurance?")
	for _, c := range []struct{ method, path, body string }{{"GET", "/", ""}, {"GET", "/widget.js", ""}, {"GET", "/faq/insurance/covered", ""}, {"POST", "/api/ask", long}} {
		plain := do(t, c.method, srv.URL+c.path, c.body)
		if enc := plain.Header.Get("Content-Encoding"); enc != "" {
			t.Errorf("%s without Accept-Encoding came as %s", c.path, enc)
		}
		for accept, want := range map[string]string{"gzip, deflate, br, zstd": "br", "gzip": "gzip", "br;q=0, gzip;q=0.5": "gzip", "identity": "", "br;q=x": ""} {
			got := do(t, c.method, srv.URL+c.path, c.body, "Accept-Encoding", accept)
			if enc := got.Header.Get("Content-Encoding"); enc != want || !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s with %q came as %q, Vary %v", c.path, accept, enc, got.Header.Values("Vary"))
			}
			if c.method == "GET" && unpack(t, want, got.body) != plain.body {
				t.Errorf("%s as %q differs from the plain body", c.path, want)
			}
			if want != "" && len(got.body) > len(plain.body)/2 {
				t.Errorf("%s as %s: %d of %d bytes", c.path, want, len(got.body), len(plain.body))
			}
		}
	}
}

func unpack(t *testing.T, enc, body string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	switch enc {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		var err error
		if r, err = gzip.NewReader(r); err != nil {
			t.Fatal(err)
		}
	}
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func TestTags(t *testing.T) {
	srv := testServer(t, Config{})
	for _, path := range []string{"/", "/widget.js", "/openapi.json", "/favicon.ico", "/faq/insurance/covered"} {
		first := do(t, "GET", srv.URL+path, "", "Accept-Encoding", "br")
		tag := first.Header.Get("ETag")
		if tag == "" || first.Header.Get("Cache-Control") == "" {
			t.Errorf("%s: ETag %q, Cache-Control %q", path, tag, first.Header.Get("Cache-Control"))
		}
		again := do(t, "GET", srv.URL+path, "", "Accept-Encoding", "br", "If-None-Match", tag)
		if again.StatusCode != 304 || again.body != "" || again.Header.Get("ETag") != tag {
			t.Errorf("%s again: status %d, %d bytes", path, again.StatusCode, len(again.body))
		}
		if other := do(t, "GET", srv.URL+path, "", "If-None-Match", `"something-else"`); other.StatusCode != 200 {
			t.Errorf("%s with another tag: status %d", path, other.StatusCode)
		}
		head := do(t, "HEAD", srv.URL+path, "", "Accept-Encoding", "br")
		if head.StatusCode != 200 || head.body != "" || head.ContentLength != int64(len(first.body)) {
			t.Errorf("HEAD %s: status %d, length %d, want %d", path, head.StatusCode, head.ContentLength, len(first.body))
		}
	}
}

// The widget is one request of at most 12 kB, kept for good under the address
// that names its content.
func TestWidgetIsSmall(t *testing.T) {
	srv := testServer(t, Config{})
	got := do(t, "GET", srv.URL+"/widget.js", "", "Accept-Encoding", "br")
	if n := len(got.body); n > 12_000 {
		t.Errorf("widget.js is %d bytes in brotli, want at most 12,000", n)
	} else {
		t.Logf("widget.js: %d bytes in brotli", n)
	}
	if got.Header.Get("Cache-Control") != keepShort || got.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || got.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("headers %v", got.Header)
	}
	source := unpack(t, "br", got.body)
	for _, bad := range []string{"innerHTML", "eval(", "document.write", "localStorage", "document.cookie"} {
		if strings.Contains(source, bad) {
			t.Errorf("widget.js uses %s", bad)
		}
	}
}

func TestHeaders(t *testing.T) {
	srv := testServer(t, Config{Base: "https://faq.example"})
	for _, path := range []string{"/", "/demo", "/nowhere", "/api/ask", "/widget.js", "/healthz"} {
		h := do(t, "GET", srv.URL+path, "").Header
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Strict-Transport-Security": "max-age=31536000", "Content-Security-Policy": policy,
		} {
			if got := h.Get(name); strings.TrimSuffix(got, "; frame-src 'self'") != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Error("the policy is not strict")
	}
	if h := do(t, "GET", testServer(t, Config{}).URL+"/", "").Header; h.Get("Strict-Transport-Security") != "" {
		t.Error("a server without https promises https")
	}
}

func FuzzAccepted(f *testing.F) {
	for _, seed := range []string{"gzip, br;q=1", "br;q=0,,;=", "BR", "*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		enc := accepted(&http.Request{Header: http.Header{"Accept-Encoding": {header}}})
		if enc != "" && !strings.Contains(strings.ToLower(header), enc) {
			t.Errorf("%q: sent %s", header, enc)
		}
	})
}
