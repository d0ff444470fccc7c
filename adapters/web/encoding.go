package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// worthPacking is the size in bytes from which packing saves a network packet.
const worthPacking = 1400

// accepted is the best encoding that the request takes: "br", "gzip" or "".
func accepted(r *http.Request) string {
	br, gz := false, false
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(part, ";")
		if refused(params) {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "br":
			br = true
		case "gzip":
			gz = true
		}
	}
	switch {
	case br:
		return "br"
	case gz:
		return "gzip"
	}
	return ""
}

// refused reports a quality of zero among an encoding's parameters.
func refused(params string) bool {
	name, value, ok := strings.Cut(strings.TrimSpace(params), "=")
	if !ok || strings.TrimSpace(name) != "q" {
		return false
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return err != nil || q <= 0
}

var (
	brotliPool = sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, 4) }}
	gzipPool   = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
)

// sendOnce sends a body made for this request, packed if that is worth it. The
// other headers are set already.
func sendOnce(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if len(body) >= worthPacking {
		if enc := accepted(r); enc != "" {
			body = pack(enc, body)
			h.Set("Content-Encoding", enc)
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// pack is quick, for bodies that are sent once.
func pack(enc string, body []byte) []byte {
	var b bytes.Buffer
	if enc == "br" {
		w := brotliPool.Get().(*brotli.Writer)
		defer brotliPool.Put(w)
		w.Reset(&b)
		w.Write(body)
		w.Close()
		return b.Bytes()
	}
	w := gzipPool.Get().(*gzip.Writer)
	defer gzipPool.Put(w)
	w.Reset(&b)
	w.Write(body)
	w.Close()
	return b.Bytes()
}

// brotliBest is slow and small, for bodies that are sent often.
func brotliBest(body []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	w.Write(body)
	w.Close()
	return b.Bytes()
}

// gzipBest is brotliBest for those who take no better.
func gzipBest(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w.Write(body)
	w.Close()
	return b.Bytes()
}
