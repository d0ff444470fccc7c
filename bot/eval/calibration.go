package eval

import "math"

// bins is the number of equally wide bins of a reliability table: enough to see
// a bend, few enough that a set of a hundred questions fills them.
const bins = 10

// A Prediction is how sure a reply was of its first passage, and whether that
// passage was right.
type Prediction struct {
	Confidence float64 // 0 to 1; what lies outside is taken as the nearer end
	Right      bool
}

// A Bin is one row of a reliability table.
type Bin struct {
	Low       float64 `json:"low"`  // inclusive
	High      float64 `json:"high"` // exclusive, except for the last bin
	N         int     `json:"n"`
	Predicted float64 `json:"predicted"` // mean confidence; 0 for an empty bin
	Observed  float64 `json:"observed"`  // share that was right; 0 for an empty bin
}

// Calibration says how far confidence can be taken as a probability.
type Calibration struct {
	N     int     `json:"n"`
	ECE   float64 `json:"ece"`   // mean distance of predicted and observed, weighted by bin; 0 is perfect
	Brier float64 `json:"brier"` // mean squared distance of confidence and outcome; 0 is perfect, .25 knows nothing
	Bins  []Bin   `json:"bins"`
}

// Calibrate sums predictions up. Without any, all is zero.
func Calibrate(ps []Prediction) Calibration {
	c := Calibration{N: len(ps), Bins: make([]Bin, bins)}
	for i := range c.Bins {
		c.Bins[i].Low, c.Bins[i].High = float64(i)/bins, float64(i+1)/bins
	}
	for _, p := range ps {
		conf, outcome := clamp(p.Confidence), 0.0
		if p.Right {
			outcome = 1
		}
		b := &c.Bins[min(int(conf*bins), bins-1)]
		b.N++
		b.Predicted += conf
		b.Observed += outcome
		c.Brier += (conf - outcome) * (conf - outcome) / float64(len(ps))
	}
	for i := range c.Bins {
		b := &c.Bins[i]
		if b.N == 0 {
			continue
		}
		b.Predicted /= float64(b.N)
		b.Observed /= float64(b.N)
		c.ECE += math.Abs(b.Predicted-b.Observed) * ratio(b.N, c.N)
	}
	return c
}

// clamp brings a confidence into 0 to 1; one that is no number is 0.
func clamp(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return min(max(x, 0), 1)
}
