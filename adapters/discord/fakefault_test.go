package discord

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
)

// A fault makes requests fail.
type fault struct {
	method string
	path   *regexp.Regexp
	times  int // left; negative is for ever
	status int
	body   string
	header http.Header
	hang   chan struct{} // answer only when it is closed
}

// fail makes the next requests to a path fail.
func (f *fake) fail(method, path string, times, status int, body string) *fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	ft := &fault{method: method, path: regexp.MustCompile(path), times: times, status: status, body: body, header: http.Header{}}
	f.faults = append(f.faults, ft)
	return ft
}

func (f *fake) faulty(r *http.Request) *fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, ft := range f.faults {
		if ft.times != 0 && ft.method == r.Method && ft.path.MatchString(r.URL.Path) {
			ft.times--
			return ft
		}
	}
	return nil
}

func (f *fake) serveFault(w http.ResponseWriter, r *http.Request, ft *fault, raw []byte) {
	if ft.hang != nil {
		select {
		case <-ft.hang:
		case <-r.Context().Done():
			return
		}
	}
	f.mu.Lock()
	var body any
	json.Unmarshal(raw, &body)
	f.note(request{r.Method, strings.TrimPrefix(r.URL.Path, "/api/v10"), body, ft.status})
	f.mu.Unlock()
	for k, v := range ft.header {
		w.Header()[k] = v
	}
	w.WriteHeader(ft.status)
	io.WriteString(w, ft.body)
}
