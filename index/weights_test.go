package index

import (
	"math"
	"strings"
	"testing"
)

// TestWeights holds that the fitted numbers are all there, finite and in reason.
func TestWeights(t *testing.T) {
	check := func(name string, list []float64) {
		used := 0
		for i, v := range list {
			if math.IsNaN(v) || math.Abs(v) > 50 {
				t.Errorf("%s %d is %v", name, i, v)
			}
			if v != 0 {
				used++
			}
		}
		if used < len(list)*3/4 {
			t.Errorf("%s: only %d of %d weights are set", name, used, len(list))
		}
	}
	var questions, prose []float64
	for i := range featureCount {
		questions = append(questions, float64(fitted.Questions[i]))
		prose = append(prose, float64(fitted.Prose[i]))
	}
	check("questions", questions)
	check("prose", prose)
	check("confidence", fitted.Confidence[:])
	if fitted.About == "" {
		t.Error("nothing says how the weights came to be")
	}
}

func TestBlend(t *testing.T) {
	short, middle, long := blend(0, false), blend(0.5, false), blend(1, false)
	if short != fitted.Questions || short == long {
		t.Error("short questions do not have weights of their own")
	}
	for i := range short {
		if want := (short[i] + long[i]) / 2; math.Abs(float64(middle[i]-want)) > 1e-5 {
			t.Errorf("half way, weight %d is %v, want %v", i, middle[i], want)
		}
	}
}

func TestBrokenWeightsPanic(t *testing.T) {
	defer func() {
		if r := recover(); r == nil || !strings.Contains(r.(string), "massagefaq fit") {
			t.Errorf("broken weights: %v", r)
		}
	}()
	mustFitted([]byte(`{"questions": "none"}`))
}

func TestConfidenceIsAProbability(t *testing.T) {
	w := Clues{0: 1}
	for z, want := range map[float64]float64{0: 0.5, 1000: 1, -1000: 0, 1: 1 / (1 + math.Exp(-1))} {
		if got := Confidence(&w, &Clues{z}); math.Abs(got-want) > 1e-12 {
			t.Errorf("confidence at %v is %v, want %v", z, got, want)
		}
	}
}

// TestFeaturesAreInRange holds what Features says of itself, whatever is asked.
func TestFeaturesAreInRange(t *testing.T) {
	x := newIndex(t, shelf())
	for _, ask := range []string{"shoulder", "is it covered", "what is the", "sore shoulder sore shoulder massage insurance referral wine gym early", "quixquax shoulder", "workout massage after"} {
		for _, h := range search(t, x, Query{Text: ask}).Hits {
			for i, v := range h.Features {
				if !(v >= -1 && v <= 1.5) {
					t.Errorf("%q, %s: %s is %v", ask, h.Passage.ID, featureNames[i], v)
				}
			}
		}
	}
}

func TestFeaturesString(t *testing.T) {
	var f Features
	f[bm25Title], f[wordsFound] = 0.412, 0.5
	if got, want := f.String(), "title 0.41 words 0.50"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for i, n := range featureNames {
		if n == "" {
			t.Errorf("feature %d has no name", i)
		}
	}
}
