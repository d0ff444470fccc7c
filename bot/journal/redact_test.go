package journal

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the results in testdata")

// TestRedact compares what is left of the messages in testdata/redact.txt.
func TestRedact(t *testing.T) {
	const name = "testdata/redact.txt"
	want := read(t, name)
	var got strings.Builder
	message := ""
	for line := range strings.Lines(want) {
		switch line = strings.TrimSuffix(line, "\n"); {
		case strings.HasPrefix(line, "=>"):
			left := Redact(message)
			if again := Redact(left); again != left {
				t.Errorf("Redact(%q) = %q, but again %q", message, left, again)
			}
			line = "=> " + left
		default:
			message = line
		}
		got.WriteString(line + "\n")
	}
	if *update {
		if err := os.WriteFile(name, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestRedactKeeps holds that what tuning needs is not touched.
func TestRedactKeeps(t *testing.T) {
	for line := range strings.Lines(read(t, "testdata/keep.txt")) {
		if line = strings.TrimSuffix(line, "\n"); strings.HasPrefix(line, "#") {
			continue
		}
		if got := Redact(line); got != line {
			t.Errorf("Redact(%q) = %q, want it kept", line, got)
		}
	}
}

// TestRedactSigned covers what takes more than one line.
func TestRedactSigned(t *testing.T) {
	for in, want := range map[string]string{
		"Is it covered?\nThanks,\nMarisol Quist":      "Is it covered?\nThanks,\n[name]",
		"cell:\n616-555-0177\nzip:\n49506":            "cell:\n[phone]\nzip:\n[address]",
		"61 S Thornapple Rd\nGrand Rapids, MI\n49506": "[address]",
	} {
		if got := Redact(in); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
