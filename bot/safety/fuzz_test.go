package safety

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// slow is far beyond what any message may take, even on a busy machine.
const slow = 250 * time.Millisecond

// Whatever people send, the gate neither panics nor hangs, says the same twice,
// and shows nothing of what was sent.
func FuzzGate(f *testing.F) {
	for _, s := range []string{
		"", "chest pain", "no chest pain", "can't breathe 😭😭", "CHEST PAIN!!!!", "w/ 5yrs 34w3d b4 2day",
		"¡no puedo respirar!", "j'ai mal à la poitrine", "\x00\xff\xfe", "'''''", "a'd'd'd", "....,,,,;;;;",
		strings.Repeat("no chest pain ", 200), strings.Repeat("numb leg back pee and ", 150),
		strings.Repeat("a", 5000), strings.Repeat("x y ", 1500), strings.Repeat("ago my ", 600), strings.Repeat("é", 3000),
		strings.Repeat("brethng swolen chset ", 100),
	} {
		f.Add(s)
	}
	g := shipped(f)
	g.Check("the frist mispelled wrod builds the speling table")
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		v, urgent := g.Check(text)
		id, care := g.Care(text)
		if took := time.Since(start); took > slow {
			t.Errorf("%d bytes took %v", len(text), took)
		}
		if again, urgentAgain := g.Check(text); again != v || urgentAgain != urgent {
			t.Errorf("Check(%q) = %v, then %v", text, v, again)
		}
		if urgent == (v == Verdict{}) || care == (id == "") {
			t.Errorf("%q: %v %v, %q %v", text, v, urgent, id, care)
		}
		if urgent && (v.Say == "" || !utf8.ValidString(v.Say+v.Why)) {
			t.Errorf("Check(%q) = %+v", text, v)
		}
	})
}
