package index

import (
	"math"
	"strings"
	"testing"
)

// spelling is a word index of words that the content has more than once.
func spelling(words ...string) *wordIndex {
	counts := map[string]int32{}
	for _, w := range words {
		counts[w] = 5
	}
	x := newWordIndex(counts)
	return &x
}

func TestCorrect(t *testing.T) {
	x := spelling("insurance", "shoulder", "referral", "appointment", "knife", "massage", "message", "back", "bruise", "sciatica", "ice", "authorization")
	for _, c := range []struct{ name, in, want string }{
		{"swapped letters", "insruance", "insurance"},
		{"two swaps in a long word", "uathroization", "authorization"},
		{"neighbouring key", "shpulder", "shoulder"},
		{"doubled letter", "refferral", "referral"},
		{"single for double", "apointment", "appointment"},
		{"missing letter", "sciatca", "sciatica"},
		{"vowel for vowel", "brauise", "bruise"},
		{"sound alike, silent first letter", "nife", "knife"},
		{"sound alike, ck", "bakc", "back"},
		{"likeliest first", "massoge", "massage"},
		{"too far", "shatters", ""},
		{"too far for a short word", "bzzk", ""},
		{"too short", "ic", ""},
		{"too long", strings.Repeat("shoulder", 4), ""},
		{"not a word", "m54.5", ""},
		{"another script", "\u4f60\u597d", ""},
	} {
		var got string
		if list := x.correct(c.in); len(list) > 0 {
			got = list[0].word
		}
		if got != c.want {
			t.Errorf("%s: correct(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestCorrectionsAreFewAndInOrder(t *testing.T) {
	list := spelling("bake", "back", "bank", "bark", "balk", "beak").correct("bak")
	if len(list) != maxCorrections {
		t.Fatalf("%d corrections of bak, want %d: %v", len(list), maxCorrections, list)
	}
	for i, c := range list {
		if c.cost < 0 || i > 0 && c.cost < list[i-1].cost {
			t.Errorf("corrections out of order: %v", list)
		}
	}
}

func TestSlipsOfFingersAreCheaper(t *testing.T) {
	cost := func(a, b string) float32 { return editCost(a, b, 100) }
	for _, c := range []struct{ name, word, slip, other string }{
		{"swapped letters", "pain", "pian", "pxxn"},
		{"neighbouring key", "ten", "ren", "cen"},
		{"doubled letter", "pain", "painn", "paint"},
		{"vowel for vowel", "bed", "bid", "bkd"},
		{"vowel left out", "sore", "sor", "ore"},
	} {
		if a, b := cost(c.slip, c.word), cost(c.other, c.word); a >= b {
			t.Errorf("%s: %q costs %v, %q %v", c.name, c.slip, a, c.other, b)
		}
	}
}

func TestNeighboursAreMutual(t *testing.T) {
	for a := byte('a'); a <= 'z'; a++ {
		for _, b := range []byte(neighbours[a-'a']) {
			if strings.IndexByte(neighbours[b-'a'], a) < 0 {
				t.Errorf("%c neighbours %c, but not the other way round", a, b)
			}
		}
	}
}

func TestSoundKey(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"physical", "fisical", true},
		{"knee", "nee", true},
		{"thought", "thot", true},
		{"cedar", "seder", true},
		{"clinic", "klinik", true},
		{"covered", "kuverred", true},
		{"back", "bag", false},
		{"neck", "knee", false},
		{"ear", "rear", false},
	} {
		if got := soundKey(c.a) == soundKey(c.b); got != c.same {
			t.Errorf("soundKey(%q) = %q, soundKey(%q) = %q, same should be %v", c.a, soundKey(c.a), c.b, soundKey(c.b), c.same)
		}
	}
}

func TestShrink(t *testing.T) {
	for in, want := range map[string]string{
		"sooore": "sore", "soooooooore": "sore", "knee": "knee", "massage": "massage", "pleaseee": "please", "aaa": "a", "": "", "mmmm": "m",
	} {
		if got := shrink(in); got != want {
			t.Errorf("shrink(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIsEnglish(t *testing.T) {
	for _, w := range []string{"aardvark", "zoo", "bold", "early"} {
		if !isEnglish(w) {
			t.Errorf("%q is not English", w)
		}
	}
	for _, w := range []string{"", "erly", "insurence", "zzzz", "bol", "boldd", "\n"} {
		if isEnglish(w) {
			t.Errorf("%q is English", w)
		}
	}
	list := strings.Fields(words)
	for i := 0; i < len(list); i += 97 {
		if !isEnglish(list[i]) {
			t.Errorf("%q is in the list and not found", list[i])
		}
	}
}

// FuzzSpelling holds what a distance between words must keep.
func FuzzSpelling(f *testing.F) {
	for _, p := range [][2]string{{"", ""}, {"a", ""}, {"ab", "ba"}, {"knee", "nee"}, {"abcd", "bcda"}, {"aab", "abb"}, {"massage", "message"}} {
		f.Add(p[0], p[1], float32(1))
	}
	f.Fuzz(func(t *testing.T, a, b string, limit float32) {
		a, b = asWord(a), asWord(b)
		cost := editCost(a, b, math.MaxFloat32)
		if back := editCost(b, a, math.MaxFloat32); math.Abs(float64(cost-back)) > 1e-4 {
			t.Errorf("%q to %q costs %v, back %v", a, b, cost, back)
		}
		if cost < 0 || (cost == 0) != (a == b) || cost > float32(len(a)+len(b)) {
			t.Errorf("%q to %q costs %v", a, b, cost)
		}
		// Giving up early is for what is beyond the limit.
		if got := editCost(a, b, limit); cost <= limit && got != cost || got < cost && got <= limit {
			t.Errorf("%q to %q costs %v, within %v it costs %v", a, b, cost, limit, got)
		}
		if k := soundKey(a); len(k) > len(a) || !alphabetic(k) {
			t.Errorf("soundKey(%q) = %q", a, k)
		}
		for i := range a {
			if strings.IndexByte("cgkp", a[i]) < 0 && len(a) < longestWord {
				if twice := a[:i+1] + a[i:]; soundKey(twice) != soundKey(a) {
					t.Errorf("soundKey(%q) = %q, soundKey(%q) = %q", a, soundKey(a), twice, soundKey(twice))
				}
			}
		}
	})
}

// asWord makes a word that the spelling code may meet: letters, not too many.
func asWord(s string) string {
	out := []byte{}
	for i := 0; i < len(s) && len(out) < longestWord; i++ {
		out = append(out, 'a'+s[i]%26)
		if s[i] >= 'a' && s[i] <= 'z' {
			out[len(out)-1] = s[i]
		}
	}
	return string(out)
}
