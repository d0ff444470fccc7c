package check

import (
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
	words   []int32 // by number, in order; see dictionary
	file    string  // where it stands: the passage's, or its companion's
	line    int
	title   bool
}

// duplicates reports questions that stand twice, or nearly: the same within a
// passage is a waste, across passages it makes the bot unsure.
func (c *checker) duplicates() {
	having := make([][]int32, len(c.words.text)) // by word: the questions that have it among their probes
	for i := range c.all {
		for _, w := range probe(c.all[i].words) {
			having[w] = append(having[w], int32(i))
		}
	}
	type twin struct {
		of   int // -1 for none
		same bool
	}
	twins := each(len(c.all), func() func(int) twin {
		return func(i int) twin {
			q := &c.all[i]
			likest, most := -1, 0.0
			for _, w := range probe(q.words) {
				for _, j := range having[w] {
					if int(j) >= i {
						break
					}
					if a := alike(q, &c.all[j]); a > most || a == most && a > 0 && int(j) < likest {
						likest, most = int(j), a
					}
				}
			}
			return twin{likest, most == 1}
		}
	})
	for i, t := range twins {
		if t.of >= 0 {
			c.twin(c.all[i], c.all[t.of], t.same)
		}
	}
}

// questions lists every title and phrasing, in reading order, and numbers their words.
func (c *checker) questions() ([]asked, dictionary) {
	type spelled struct {
		asked
		words []string
	}
	found := slices.Concat(each(len(c.Passages), func() func(int) []spelled {
		return func(i int) []spelled {
			p := &c.Passages[i]
			all := []spelled{{asked{passage: p, text: p.Title, file: p.File, line: p.Line, title: true}, knowledge.Words(p.Title)}}
			for k, a := range p.Asks {
				file, line := c.AskPlace(*p, k)
				all = append(all, spelled{asked{passage: p, text: a, file: file, line: line}, knowledge.Words(a)})
			}
			return all
		}
	})...)
	words := make([][]string, len(found))
	for i := range found {
		words[i] = found[i].words
	}
	d := newDictionary(words)
	all := make([]asked, len(found))
	for i := range found {
		all[i] = found[i].asked
		all[i].words = d.numbers(found[i].words)
	}
	return all, d
}

// probe is the rarest words of a question: two questions with a share of
// alikeAt of their words in common have one of these in common, so that only
// those need comparing (the prefix filter of similarity joins).
func probe(words []int32) []int32 {
	n := len(words)
	return words[:min(n, n-int(math.Ceil(alikeAt*float64(n)))+1)]
}

// alike is how alike two questions are that must not be: 0 for those that may
// stand side by side, 1 for the same words.
func alike(q, e *asked) float64 {
	short, long := min(len(q.words), len(e.words)), max(len(q.words), len(e.words))
	if float64(short) < alikeAt*float64(long) || q.passage.Audience != e.passage.Audience || q.title && e.title && strings.EqualFold(q.text, e.text) {
		return 0 // the desk's answer may share the client's question; the same heading is a mistake of form
	}
	a := share(q.words, e.words)
	switch {
	case a == 1:
		return 1
	case short < 4 || a < alikeAt || q.passage.ID == e.passage.ID:
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
