package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestProgressIsForTerminalsOnly(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, p := range []*progress{newProgress(nil, "x", 1), newProgress(&bytes.Buffer{}, "x", 1), newProgress(file, "x", 1), newProgress((*os.File)(nil), "x", 1)} {
		p.after = 0
		p.step()
		p.done()
		if p.bar != nil {
			t.Error("a bar was shown where nobody sees it")
		}
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if p := newProgress(null, "x", 1); p.out == nil {
		t.Error("a character device was not taken for a terminal")
	}
}

func TestProgressWaitsAndGoesAway(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out, what: "asking", total: 3, after: time.Hour, start: time.Now()}
	p.step()
	if out.Len() > 0 {
		t.Errorf("shown at once: %q", out.String())
	}
	p.after = 0
	p.step()
	if got := out.String(); !strings.Contains(got, "asking") || !strings.Contains(got, "2/3") {
		t.Errorf("after two of three steps: %q", got)
	}
	p.done()
	if got := out.String(); strings.TrimSpace(got[strings.LastIndex(got, "\r"):]) != "" {
		t.Errorf("left behind: %q", got)
	}
}
