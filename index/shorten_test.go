package index

import (
	"fmt"
	"testing"
)

func TestShorten(t *testing.T) {
	var p parsed
	for i := range maxWords + 20 {
		p.words = append(p.words, queryWord{token: token{word: fmt.Sprint(i)}, weight: float32(i)})
	}
	p.shorten()
	if len(p.words) != maxWords || p.words[0].word != "20" || p.words[maxWords-1].word != "59" {
		t.Errorf("%d words from %q to %q", len(p.words), p.words[0].word, p.words[len(p.words)-1].word)
	}
}
