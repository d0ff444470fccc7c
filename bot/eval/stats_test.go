package eval

import (
	"math"
	"testing"
	"time"
)

func TestWilson(t *testing.T) {
	// The rates whose own distance to count of n is 1.96 of their standard errors,
	// found by bisection.
	tests := []struct {
		count, n  int
		low, high float64
	}{
		{8, 10, .4901625, .9433178},
		{0, 20, 0, .1611252},
		{20, 20, .8388748, 1},
		{108, 120, .8333183, .9418664},
		{0, 0, 0, 1},
	}
	for _, tt := range tests {
		low, high := Wilson(tt.count, tt.n)
		if math.Abs(low-tt.low) > 1e-6 || math.Abs(high-tt.high) > 1e-6 {
			t.Errorf("Wilson(%d, %d) = %.7f, %.7f, want %.7f, %.7f", tt.count, tt.n, low, high, tt.low, tt.high)
		}
	}
}

// An interval holds its rate, stays within 0 and 1, and narrows with more cases.
func TestWilsonProperties(t *testing.T) {
	for n := 1; n < 200; n++ {
		for count := 0; count <= n; count++ {
			low, high := Wilson(count, n)
			rate := float64(count) / float64(n)
			if low < 0 || high > 1 || low > rate+near || high < rate-near {
				t.Fatalf("Wilson(%d, %d) = %v, %v", count, n, low, high)
			}
			if l, h := Wilson(2*count, 2*n); h-l >= high-low {
				t.Fatalf("Wilson(%d, %d) is no narrower than Wilson(%d, %d)", 2*count, 2*n, count, n)
			}
		}
	}
}

func TestPercentile(t *testing.T) {
	took := []time.Duration{5, 1, 4, 2, 3}
	for _, tt := range []struct {
		q    float64
		want time.Duration
	}{{0, 1}, {.2, 1}, {.21, 2}, {.5, 3}, {.99, 5}, {1, 5}} {
		if got := Percentile(took, tt.q); got != tt.want {
			t.Errorf("Percentile(%v) = %v, want %v", tt.q, got, tt.want)
		}
	}
	if got := Percentile(nil, .5); got != 0 {
		t.Errorf("Percentile of nothing = %v, want 0", got)
	}
	if took[0] != 5 {
		t.Error("Percentile sorted its argument")
	}
}

func TestCalibrate(t *testing.T) {
	c := Calibrate([]Prediction{
		{.95, true}, {.95, true}, {1, false}, // bin 9: predicted .9667, observed .6667
		{.25, true}, {.25, false}, // bin 2: predicted .25, observed .5
		{-3, false}, {math.NaN(), false}, // bin 0: taken as 0
	})
	if c.N != 7 || c.Bins[9].N != 3 || c.Bins[2].N != 2 || c.Bins[0].N != 2 {
		t.Fatalf("Calibrate put %d predictions in bins %+v", c.N, c.Bins)
	}
	if want := (3*(2.9/3-2./3) + 2*.25) / 7; math.Abs(c.ECE-want) > near {
		t.Errorf("ECE = %v, want %v", c.ECE, want)
	}
	if want := (2*.05*.05 + 1 + .75*.75 + .25*.25) / 7; math.Abs(c.Brier-want) > near {
		t.Errorf("Brier = %v, want %v", c.Brier, want)
	}
	if none := Calibrate(nil); none.ECE != 0 || none.Brier != 0 || len(none.Bins) != bins {
		t.Errorf("Calibrate(nil) = %+v", none)
	}
}
