package index

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func analyzed(text string) string {
	var words []string
	for _, t := range analyze(text) {
		words = append(words, t.word)
	}
	return strings.Join(words, " ")
}

func TestAnalyze(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"nothing that can be read", "?! \U0001F486 ...", ""},
		{"capitals", "IS IT COVERED", "is it covered"},
		{"contraction", "can't", "can not"},
		{"contraction, curly", "Don\u2019t", "do not"},
		{"contraction, acute for an apostrophe", "won\u00b4t", "will not"},
		{"contraction, no apostrophe", "doesnt", "does not"},
		{"chat shorthand", "u shud b4 appt", "you should before appointment"},
		{"shorthand of several words", "idk abt preop", "i do not know about before surgery"},
		{"possessive", "doctor's note", "doctor note"},
		{"plural possessive", "doctors' notes", "doctors notes"},
		{"quoted", "'deep tissue'", "deep tissue"},
		{"accents", "Caf\u00e9 nai\u0308ve", "cafe naive"},
		{"full width", "\uff2d\uff21\uff33\uff33\uff21\uff27\uff25", "massage"},
		{"ligature", "\ufb01rst", "first"},
		{"Cyrillic lookalikes", "\u0456nsur\u0430n\u0441\u0435", "insurance"},
		{"Greek lookalikes", "\u039c\u0391SS\u0391G\u0395", "massage"},
		{"invisible characters", "mas\u200bsa\u00adge", "massage"},
		{"invalid UTF-8", "massage\xff\u00e9\xfecovered", "massage e covered"},
		{"codes", "M54.5, and 97124.", "m54.5 and 97124"},
		{"no space after a full stop", "covered.thanks", "covered thanks"},
		{"slash between words", "copay/deductible", "copay deductible"},
		{"w/", "w/ rx", "with prescription"},
		{"w/ glued", "w/insurance", "with insurance"},
		{"w/o", "W/O a referral", "without a referral"},
		{"hyphen", "out-of-network", "out of network"},
		{"the words that decide", "before after during without not", "before after during without not"},
	} {
		if got := analyzed(c.in); got != c.want {
			t.Errorf("%s: analyze(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestStem(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"covered", "covers", true},
		{"insurer", "insurance", true},
		{"felt", "feeling", true},
		{"prescription", "prescribe", true},
		{"pregnancy", "pregnant", true},
		{"surgical", "surgery", true},
		{"feet", "foot", true},
		{"therapist", "therapy", false},
		{"before", "after", false},
		{"m54.2", "m54.5", false},
		{"hip", "hips", true},
		{"as", "a", false},
	} {
		if got := stem(c.a) == stem(c.b); got != c.same {
			t.Errorf("stem(%q) = %q, stem(%q) = %q, same should be %v", c.a, stem(c.a), c.b, stem(c.b), c.same)
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{"", "can't w/o M54.5", "\xff\x00'", "\u0456nsur\u0430n\u0441\u0435", "'''s's", "\ufdfa\u200d", "w/w/w/", "1.2.3.", "\u0130\u1e9e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		start := time.Now()
		tokens := analyze(s)
		for _, tok := range tokens {
			if tok.word == "" || tok.stem == "" || strings.ContainsAny(tok.word, " \t\n'/") || !utf8.ValidString(tok.word) {
				t.Errorf("analyze(%q) has the token %q, stem %q", s, tok.word, tok.stem)
			}
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("analyze of %d bytes took %v", len(s), took)
		}
	})
}
