package check

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"massagefaq/knowledge"
)

// alikeAt is the share of words in common from which two questions of four or
// more words are nearly the same. Shorter ones have to be the same words.
const alikeAt = 0.8

// asked is one question as it stands in the content.
type asked struct {
	passage *knowledge.Passage
	text    string
	words   []string
	file    string // where it stands: the passage's file or its companion
	line    int
	title   bool
}

// duplicates reports questions that stand twice, or nearly: the same within a
// passage is a waste, across passages it makes the bot unsure.
func (c *checker) duplicates() {
	all := c.all
	byWord := map[string][]int{} // the questions seen, by their probes
	count := map[string]int{}
	for _, q := range all {
		for _, w := range q.words {
			count[w]++
		}
	}
	for i, q := range all {
		likest, most := -1, 0.0
		for _, w := range probe(q.words, count) {
			for _, j := range byWord[w] {
				if a := alike(q, all[j]); a > most || a == most && a > 0 && j < likest {
					likest, most = j, a
				}
			}
			byWord[w] = append(byWord[w], i)
		}
		if likest >= 0 {
			c.twin(q, all[likest], most == 1)
		}
	}
}

// questions lists every title and phrasing, in reading order.
func (c *checker) questions() []asked {
	return slices.Concat(each(len(c.Passages), func() func(int) []asked {
		return func(i int) []asked {
			p := &c.Passages[i]
			all := []asked{{p, p.Title, knowledge.Words(p.Title), p.File, p.Line, true}}
			for k, a := range p.Asks {
				file, line := c.AskPlace(*p, k)
				all = append(all, asked{p, a, knowledge.Words(a), file, line, false})
			}
			return all
		}
	})...)
}

// probe is the rarest words of a question: two questions with a share of
// alikeAt of their words in common have one of these in common, so that only
// those need comparing (the prefix filter of similarity joins).
func probe(words []string, count map[string]int) []string {
	rare := slices.SortedFunc(slices.Values(words), func(a, b string) int {
		return cmp.Or(count[a]-count[b], strings.Compare(a, b))
	})
	n := len(rare)
	return rare[:min(n, n-int(math.Ceil(alikeAt*float64(n)))+1)]
}

// alike is how alike two questions are that must not be: 0 for those that may
// stand side by side, 1 for the same words.
func alike(q, e asked) float64 {
	if q.passage.Audience != e.passage.Audience || q.title && e.title && strings.EqualFold(q.text, e.text) {
		return 0 // the desk's answer may share the client's question; the same heading is a mistake of form
	}
	a := knowledge.Alike(q.words, e.words)
	switch {
	case a == 1:
		return 1
	case min(len(q.words), len(e.words)) < 4 || a < alikeAt || q.passage.ID == e.passage.ID:
		return 0
	}
	return a
}

// twin reports q as the same as, or nearly, the earlier question e.
func (c *checker) twin(q, e asked, same bool) {
	where := fmt.Sprintf("%s:%d", e.file, e.line)
	switch {
	case q.passage.ID == e.passage.ID:
		c.add(Warning, "duplicate", q.file, q.line, "%q says the same as %q (%s); one is enough", q.text, e.text, where)
	case same:
		c.add(Error, "duplicate", q.file, q.line, "%q is asked at %s too (%q); it can lead to one passage only", q.text, where, e.text)
	default:
		c.add(Warning, "duplicate", q.file, q.line, "%q is nearly %q (%s); the bot will be unsure which is meant", q.text, e.text, where)
	}
}
