package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// asset is a body that is sent often: packed once, when it is first asked for,
// with a tag by which a browser learns that its copy is still good.
type asset struct {
	kind      string // Content-Type
	keep      string // Cache-Control
	hash      string // of the body, 16 hex digits
	body      []byte
	br, gz    func() []byte // the body packed; nil: not worth it
	crossSite bool          // pages of other sites may load it
}

const (
	keepForever = "public, max-age=31536000, immutable"               // the address holds the content's hash
	keepAsk     = "public, no-cache"                                  // kept, but asked about each time
	keepShort   = "public, max-age=300, stale-while-revalidate=86400" // the embedded script: fast, and fresh within minutes
	keepNever   = "no-store"                                          // holds what somebody asked
	jsonKind    = "application/json"                                  //
	htmlKind    = "text/html; charset=utf-8"                          //
	scriptKind  = "text/javascript; charset=utf-8"                    //
	textKind    = "text/plain; charset=utf-8"                         //
)

// newAsset packs as small as can be, at some 3 ms a kilobyte.
func newAsset(kind, keep string, body []byte) *asset {
	a := plainAsset(kind, keep, body)
	if len(body) >= worthPacking && kind != "image/png" {
		a.br, a.gz = sync.OnceValue(func() []byte { return brotliBest(body) }), sync.OnceValue(func() []byte { return gzipBest(body) })
	}
	return a
}

// newPage packs quickly: a page is made while somebody waits for it.
func newPage(body []byte) *asset {
	a := plainAsset(htmlKind, keepAsk, body)
	if len(body) >= worthPacking {
		a.br, a.gz = sync.OnceValue(func() []byte { return pack("br", body) }), sync.OnceValue(func() []byte { return pack("gzip", body) })
	}
	return a
}

func plainAsset(kind, keep string, body []byte) *asset {
	sum := sha256.Sum256(body)
	return &asset{kind: kind, keep: keep, hash: hex.EncodeToString(sum[:8]), body: body}
}

// ServeHTTP sends the asset, or 304 when the browser has it.
func (a *asset) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.send(w, r, a.keep) }

// send is ServeHTTP with another Cache-Control.
func (a *asset) send(w http.ResponseWriter, r *http.Request, keep string) {
	body, enc := a.body, ""
	if a.br != nil {
		enc = accepted(r)
	}
	switch enc {
	case "br":
		body = a.br()
	case "gzip":
		body = a.gz()
	}
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	h.Set("Cache-Control", keep)
	h.Set("ETag", `"`+a.hash+strings.TrimSuffix("-"+enc, "-")+`"`)
	if a.crossSite {
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	if strings.Contains(r.Header.Get("If-None-Match"), `"`+a.hash) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", a.kind)
	if enc != "" {
		h.Set("Content-Encoding", enc)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}
