package check

import (
	"cmp"
	"slices"
	"strings"
)

// dictionary numbers the words of all questions, the rarest first: a question's
// words in order are its rarest ones first, and comparing them compares numbers.
type dictionary struct {
	number map[string]int32
	text   []string // by number
}

// newDictionary numbers words that stand once in each list.
func newDictionary(lists [][]string) dictionary {
	count := map[string]int{}
	for _, list := range lists {
		for _, w := range list {
			count[w]++
		}
	}
	d := dictionary{map[string]int32{}, make([]string, 0, len(count))}
	for w := range count {
		d.text = append(d.text, w)
	}
	slices.SortFunc(d.text, func(a, b string) int { return cmp.Or(count[a]-count[b], strings.Compare(a, b)) })
	for i, w := range d.text {
		d.number[w] = int32(i)
	}
	return d
}

// numbers are those of words that the dictionary has, in order.
func (d *dictionary) numbers(words []string) []int32 {
	out := make([]int32, 0, len(words))
	for _, w := range words {
		if n, ok := d.number[w]; ok {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// share is the share of words that two questions have in common, as
// knowledge.Alike is.
func share(a, b []int32) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
