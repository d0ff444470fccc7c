package index

import (
	"math"
	"strings"
	"testing"
	"time"

	"massagefaq/knowledge"
)

// FuzzSearch asks anything: no panic, nothing of the desk's, numbers that are
// numbers, and no message that takes long.
func FuzzSearch(f *testing.F) {
	for _, s := range [][2]string{
		{"is it covered?", ""}, {"and before?", "can I drink alcohol"}, {"\xff\x00", "\u202e"}, {"desk billing code M54.5", "97124"},
		{strings.Repeat("shuolder ", 200), "x"}, {"a\u4f60\u597db insurence\u0301", ""}, {"+title:(\"", "*~^\\"}, {"adult bevrage blue", "cross"},
		{strings.Repeat("ab cd? ", 300), strings.Repeat("z", 3000)}, {"gymafter\U0010ffff", "al cohol"},
	} {
		f.Add(s[0], s[1])
	}
	x := newIndex(f, shelf(), knowledge.Group{Terms: []string{"alcohol", "adult beverage"}, OneWay: []string{"blue cross"}, Ambiguous: []string{"a"}})
	f.Fuzz(func(t *testing.T, text, before string) {
		text, before = text[:min(len(text), 16_000)], before[:min(len(before), 16_000)]
		start := time.Now()
		for _, q := range []Query{{Text: text}, {Text: text, Context: []string{before}, Topic: knowledge.Insurance, Limit: 2}} {
			r := search(t, x, q)
			for _, h := range r.Hits {
				if h.Passage.Audience == knowledge.Staff || !(h.Confidence >= 0 && h.Confidence <= 1) || math.IsNaN(h.Score) || math.IsInf(h.Score, 0) {
					t.Errorf("%+v: %s, confidence %v, score %v", q, h.Passage.ID, h.Confidence, h.Score)
				}
			}
			if len(r.Hits) > 0 && len(r.Reading.Words) == 0 || len(r.Reading.Words) > maxWords || r.Reading.Subject > len(r.Reading.Words) {
				t.Errorf("%+v: %d hits for %d words", q, len(r.Hits), len(r.Reading.Words))
			}
		}
		for _, p := range x.Suggest(t.Context(), Query{Text: text}, nil) {
			if p.Audience == knowledge.Staff {
				t.Errorf("%q suggests %s", text, p.ID)
			}
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%d bytes took %v", len(text)+len(before), took)
		}
	})
}
