package index

import (
	"fmt"
	"strings"
)

// Reading is how a question was understood, for people who tune content.
type Reading struct {
	Words   []WordReading
	Subject int // how many known words carry subject; without any, nothing was asked that can be found
}

// WordReading is one word of the question.
type WordReading struct {
	Word      string   // as read, lower case
	Weight    float64  // how much finding it tells
	Known     bool     // the content or its vocabulary has it
	Corrected []string // what an unknown word was taken for
}

func (p *parsed) reading() Reading {
	r := Reading{Words: make([]WordReading, len(p.words))}
	for i, w := range p.words {
		r.Words[i] = WordReading{Word: w.word, Weight: float64(w.weight), Known: w.known}
		if !w.function && (w.known || len(w.corrections) > 0) {
			r.Subject++
		}
		for _, c := range w.corrections {
			r.Words[i].Corrected = append(r.Words[i].Corrected, c.word)
		}
	}
	return r
}

// featureNames are for people; in step with the features.
var featureNames = [featureCount]string{"title", "asks", "text", "all", "flat", "likely", "spread", "centre", "question", "sentence",
	"top3", "coverq", "cover", "pairq", "pairt", "pair", "whole", "plainq", "five", "found", "missed", "words", "belief", "believed", "leaning"}

// String lists the features that are not zero: "title .41 question .83".
func (f Features) String() string {
	var s strings.Builder
	for i, v := range f {
		if v != 0 {
			fmt.Fprintf(&s, "%s %.2f ", featureNames[i], v)
		}
	}
	return strings.TrimSpace(s.String())
}
