package bot

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

func TestTidy(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
	}{
		{"white space", "  is\tit\n\ncovered  ?", "is it covered ?"},
		{"invalid UTF-8", "is massage \xff\xfe covered", "is massage covered"},
		{"control characters", "in\x00sur\x07ance", "insurance"},
		{"zero width", "in\u200bsur\u2060ance\ufeff", "insurance"},
		{"direction marks", "\u202ecovered\u202c", "covered"},
		{"compatibility forms", "ｃｏｖｅｒｅｄ ﬁrst ①", "covered first 1"},
		{"line separators", "a\u2028b\u2029c\u0085d", "a b c d"},
		{"private use and noncharacters", "a\ue000b\ufffec", "abc"},
		{"nothing", " \u200b\n", ""},
		{"emoji stay", "ok 💆", "ok 💆"},
	} {
		if got, cut := tidy(c.in); got != c.want || cut {
			t.Errorf("%s: tidy(%q) = %q, %v, want %q", c.name, c.in, got, cut, c.want)
		}
	}
}

func TestTidyCuts(t *testing.T) {
	for _, n := range []int{maxQuestion, maxQuestion + 1, 100_000} {
		got, cut := tidy(strings.Repeat("ä", n))
		if want := min(n, maxQuestion); utf8.RuneCountInString(got) != want || cut != (n > maxQuestion) {
			t.Errorf("tidy of %d letters: %d letters, cut %v", n, utf8.RuneCountInString(got), cut)
		}
	}
}

func FuzzTidy(f *testing.F) {
	for _, s := range []string{"", "is it covered?", "\xff\x00", "ﷺ\u200b", strings.Repeat("ﷺ", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		start := time.Now()
		got, _ := tidy(s)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxQuestion {
			t.Errorf("tidy(%q) = %q", s, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				t.Errorf("tidy(%q) keeps %U", s, r)
			}
		}
		if again, _ := tidy(got); again != got {
			t.Errorf("tidy twice: %q, then %q", got, again)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("tidy of %d bytes took %v", len(s), took)
		}
	})
}
