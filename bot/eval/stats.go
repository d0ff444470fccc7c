package eval

import (
	"math"
	"slices"
	"time"
)

// Wilson is the 95 % score interval of a rate of count in n: unlike the textbook
// interval it stays within 0 and 1 and means something for 0 of 20. With n of 0
// nothing is known: 0 to 1.
func Wilson(count, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959963984540054
	p, m := float64(count)/float64(n), float64(n)
	centre := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, centre-half), min(1, centre+half)
}

// Percentile is the smallest of the durations that at least q (0 to 1) of them
// do not exceed; 0 when there are none. It sorts a copy.
func Percentile(took []time.Duration, q float64) time.Duration {
	if len(took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(took))
	i := int(math.Ceil(q*float64(len(sorted)))) - 1
	return sorted[min(max(i, 0), len(sorted)-1)]
}

// Latency sums up how long replies took, in microseconds.
type Latency struct {
	P50 float64 `json:"p50_us"`
	P99 float64 `json:"p99_us"`
	Max float64 `json:"max_us"`
}

func latencyOf(took []time.Duration) Latency {
	us := func(q float64) float64 { return float64(Percentile(took, q)) / float64(time.Microsecond) }
	return Latency{P50: us(.50), P99: us(.99), Max: us(1)}
}

// ratio is count of n as a fraction; 0 when n is 0.
func ratio(count, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64(count) / float64(n)
}
