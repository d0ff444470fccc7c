package transfer

import (
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

const page = "<main><h2>What is it?</h2><p>Hands-on work.</p></main>"

// site serves what an import may meet.
func site(t *testing.T) *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("/faq", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, strings.Replace(page, "work", `<a href="/more">work</a>`, 1))
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/faq", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	mux.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://user:word@"+r.Host+"/faq", http.StatusFound)
	})
	mux.HandleFunc("/image", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		fmt.Fprint(w, "png")
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write(make([]byte, MaxSource+1))
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 20 {
			z.Write(make([]byte, 1<<20))
		}
		z.Close()
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv
}

func TestFetch(t *testing.T) {
	srv := site(t)
	o := Options{Fetch: Fetch{Private: true}}
	for _, path := range []string{"/faq", "/moved"} {
		im, err := Read(t.Context(), srv.URL+path, o)
		if err != nil || len(im.Drafts) != 1 || im.Drafts[0].Text != "Hands-on [work]("+srv.URL+"/more)." {
			t.Errorf("%s: %+v, %v", path, im.Drafts, err)
		}
	}
	o.Fetch.Timeout = time.Minute // for a machine with other work to do
	bad := map[string]string{
		"/loop": "moved more than 5 times", "/file": "moved to a file address", "/login": "moved to an address with a password in it",
		"/image": `the server sends "image/png"; want a web page, CSV, Markdown or JSON`, "/none": "the server says 404 Not Found",
		"/big": "larger than 5 MB", "/bomb": "larger than 5 MB",
	}
	for path, want := range bad {
		if _, err := Read(t.Context(), srv.URL+path, o); err == nil || !strings.HasSuffix(err.Error(), ": "+want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
	o.Fetch.Timeout = 50 * time.Millisecond
	if _, err := Read(t.Context(), srv.URL+"/slow", o); err == nil || !strings.HasSuffix(err.Error(), "no answer within 50ms") {
		t.Errorf("/slow: %v", err)
	}
	if _, err := Read(t.Context(), "http://user:word@example.com/", o); err == nil || !strings.Contains(err.Error(), "password") {
		t.Errorf("an address with a password: %v", err)
	}
}

// TestFetchRefusesPrivate: without leave, nothing that is not public is dialed,
// by number or by name.
func TestFetchRefusesPrivate(t *testing.T) {
	srv := site(t)
	byName := strings.Replace(srv.URL, "127.0.0.1", "localhost", 1)
	for _, address := range []string{srv.URL + "/faq", byName + "/faq", "http://[::1]:1/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0:1/", "http://[::ffff:127.0.0.1]:1/", "http://2130706433/"} {
		_, err := Read(t.Context(), address, Options{})
		if err == nil || !errors.Is(err, errPrivate) && !strings.Contains(err.Error(), "there is no server") {
			t.Errorf("%s: %v, want %v", address, err, errPrivate)
		}
	}
}

func TestPublic(t *testing.T) {
	private := "127.0.0.1 127.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 0.1.2.3 224.0.0.1 255.255.255.255 198.18.0.1 192.0.0.8 240.0.0.1 " +
		":: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 ff02::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 64:ff9b::a00:1 2002:a00:1:: 2001:db8::1 ::10.0.0.1 fec0::1 2001::1 100::1"
	for s := range strings.FieldsSeq(private) {
		if public(netip.MustParseAddr(s)) {
			t.Errorf("%s is taken for public", s)
		}
	}
	for s := range strings.FieldsSeq("93.184.216.34 8.8.8.8 172.32.0.1 100.128.0.1 2606:2800:220:1:248:1893:25c8:1946 2a00:1450:4001::1") {
		if !public(netip.MustParseAddr(s)) {
			t.Errorf("%s is taken for private", s)
		}
	}
}
