package discord

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// until waits for cond, which is called with f.mu held whenever something has
// happened.
func (f *fake) until(what string, cond func() bool) {
	f.t.Helper()
	end := time.After(patience)
	for {
		f.mu.Lock()
		ok, changed := cond(), f.changed
		f.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-end:
			f.t.Fatalf("waited in vain for %s; requests so far:\n%s", what, f.list())
		}
	}
}

func (f *fake) list() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var b strings.Builder
	for _, r := range f.requests {
		fmt.Fprintf(&b, "  %s %s %d\n", r.Method, r.Path, r.Status)
	}
	return b.String()
}

// await is the next request, not awaited before, with the method and a path that
// matches; those before it are passed over.
func (f *fake) await(method, path string) (got request) {
	f.t.Helper()
	re := regexp.MustCompile(path)
	f.until(method+" "+path, func() bool {
		for i := f.taken; i < len(f.requests); i++ {
			if r := f.requests[i]; r.Method == method && re.MatchString(r.Path) {
				got, f.taken = r, i+1
				return true
			}
		}
		return false
	})
	return got
}

// count is how many requests there were; the empty method is any.
func (f *fake) count(method, path string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, r := range f.requests {
		if (method == "" || r.Method == method) && regexp.MustCompile(path).MatchString(r.Path) {
			n++
		}
	}
	return n
}

// refused is how many requests were too many.
func (f *fake) refused() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, r := range f.requests {
		if r.Status == 429 {
			n++
		}
	}
	return n
}
