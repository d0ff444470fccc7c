package journal

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzRedact holds that no text breaks redaction, that a second time changes
// nothing, and that the time it takes grows with the text and no faster.
func FuzzRedact(f *testing.F) {
	for _, seed := range []string{
		"", "my name is Jane Roe and my cell is (616) 555-0142", "member id W44 917 25 grp 0714420-003 97124 97140",
		"jane dot roe at gmail dot com", "born may ninth nineteen sixty eight", "61 S Thornapple Rd #12, 49506",
		"[phone]-1234 [name] Roe", "１２３-\u200b45-6789", "six one six five five five oh one four two", "\xff\xfe", "-Jane", "@@@ @a.b",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		limit := 200*time.Millisecond + time.Duration(len(s))*50*time.Microsecond
		if took := redactTime(s, limit); took > limit {
			t.Errorf("Redact(%d bytes) took %v, want at most %v", len(s), took, limit)
		}
		once := Redact(s)
		if !utf8.ValidString(once) {
			t.Errorf("Redact(%q) = %q, not UTF-8", s, once)
		}
		if twice := Redact(once); twice != once {
			t.Errorf("Redact(%q) = %q, but again %q", s, once, twice)
		}
		if strings.Contains(once, "\u200b") {
			t.Errorf("Redact(%q) = %q, with a hidden character", s, once)
		}
	})
}
