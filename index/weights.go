package index

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// Fitted is every number that was learned rather than chosen. "massagefaq fit"
// writes them; CONTRIBUTING.md says from what.
type Fitted struct {
	About string `json:"about"` // how they came to be

	Questions  Features `json:"questions"`  // weight of each feature in a collection of short questions
	Prose      Features `json:"prose"`      // what to add in a collection of prose
	Learned    Features `json:"learned"`    // what to add in a collection with a classifier
	Confidence Clues    `json:"confidence"` // weights of the logistic model of a hit being right
}

//go:embed weights.json
var weightsFile []byte

var fitted = mustFitted(weightsFile)

// mustFitted panics on a broken file: it is part of the program, like its source.
func mustFitted(data []byte) Fitted {
	var f Fitted
	if err := json.Unmarshal(data, &f); err != nil {
		panic(fmt.Sprintf("index/weights.json: %v; write it anew with massagefaq fit", err))
	}
	return f
}

func (f *Features) score(of *Features) float64 {
	var s float64
	for i := range of {
		s += float64(f[i] * of[i])
	}
	return s
}

// blend is the weights for a collection: between those for short questions
// (prose 0) and those for prose (prose 1).
func blend(prose float32, learned bool) Features {
	w := fitted.Questions
	for i := range w {
		w[i] += prose * fitted.Prose[i]
		if learned {
			w[i] += fitted.Learned[i]
		}
	}
	return w
}
