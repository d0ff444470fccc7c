package check

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"massagefaq/knowledge"
)

// How alike what two passages say around a number must be before different
// numbers contradict each other. It is high on purpose: a warning that is wrong
// teaches people to overlook the ones that are right.
const (
	sameAt    = 0.5 // by cosine of the words around the numbers
	sameNext  = 0.3 // enough when the same word follows the numbers: "10 minutes early"
	sameWords = 2   // words in common, unless the number is a code or a phone number
)

// A statement is a clause with numbers of one kind in it.
type statement struct {
	passage    *knowledge.Passage
	offset     int
	text       string
	kind       string
	quantities []quantity
	words      map[string]float64 // weight of each word about the numbers
	norm       float64            // length of words as a vector
	next       string             // the word that follows the first number
	denies     bool               // whether it says that something is not so
}

// contradictions reports passages that give different numbers for one thing.
func (c *checker) contradictions() {
	all := c.statements()
	weigh(all)
	for _, pair := range pairs(all) {
		a, b := all[pair[0]], all[pair[1]]
		c.add(Error, "contradiction", b.passage.File, c.TextLine(*b.passage, b.offset), "%q contradicts %q (%s:%d)",
			shorten(b.text), shorten(a.text), a.passage.File, c.TextLine(*a.passage, a.offset))
	}
}

var clauseEnds = regexp.MustCompile(`[;:()]|, (?:and|but|so|or|then|which|while)\b|\bbut\b|[{}|]|,\s`)

// statements finds every clause with a number in any answer.
func (c *checker) statements() []statement {
	return slices.Concat(each(len(c.Passages), func() func(int) []statement {
		return func(i int) []statement { return statementsOf(&c.Passages[i]) }
	})...)
}

func statementsOf(p *knowledge.Passage) []statement {
	var all []statement
	for _, s := range sentences(p.Text) {
		from := 0
		for _, cut := range append(clauseEnds.FindAllStringIndex(s.text, -1), []int{len(s.text), len(s.text)}) {
			all = append(all, stated(p, s.text[from:cut[0]], s.offset+from)...)
			from = cut[1]
		}
	}
	return all
}

// stated is the statements of one clause, one for each kind of number.
func stated(p *knowledge.Passage, text string, offset int) []statement {
	numbers := quantities(text)
	if len(numbers) == 0 {
		return nil
	}
	around := []byte(text)
	for _, q := range numbers {
		for i := q.start; i < q.end; i++ {
			around[i] = ' '
		}
	}
	words := map[string]float64{}
	for _, w := range knowledge.Words(string(around)) {
		if !frame[w] {
			words[w] = 1
		}
	}
	byKind := map[string][]quantity{}
	for _, q := range numbers {
		byKind[q.kind] = append(byKind[q.kind], q)
	}
	var out []statement
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		own := map[string]float64{}
		for w := range words {
			own[w] = 1
		}
		found := byKind[kind]
		next, _, _ := strings.Cut(strings.TrimSpace(text[found[0].end:]), " ")
		out = append(out, statement{passage: p, offset: offset, text: strings.TrimSpace(text), kind: kind, quantities: found, words: own,
			next: strings.ToLower(strings.Trim(next, ".,?!")), denies: denies.MatchString(text)})
	}
	return out
}

// frame are words around a number that say nothing about its subject.
var frame = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range knowledge.Words("about around at least most up within under over past more less than longer no only next usually often may can will should " +
		"one two both each every per between from by with you'll they them their he she who if when then but not as into out also some any most") {
		m[w] = true
	}
	return m
}()

// weigh gives each word the weight of its rarity among statements.
func weigh(all []statement) {
	count := map[string]int{}
	for _, s := range all {
		for w := range s.words {
			count[w]++
		}
	}
	for i := range all {
		sum := 0.0
		for w := range all[i].words {
			idf := math.Log(1 + float64(len(all))/float64(count[w]))
			all[i].words[w] = idf
			sum += idf * idf
		}
		all[i].norm = math.Sqrt(sum)
	}
}

var denies = regexp.MustCompile(`(?i)\b(?:no|not|never|none|cannot|without)\b|n['\x{2019}]t\b`)

// same reports whether two statements are about the same thing.
func same(a, b statement) bool {
	dot, common := 0.0, 0
	for w, v := range a.words {
		if u := b.words[w]; u > 0 {
			dot += v * u
			common++
		}
	}
	if common == 0 || common < sameWords && a.kind != "code" && a.kind != "phone" || a.denies != b.denies {
		return false
	}
	cos := dot / (a.norm * b.norm)
	return cos >= sameAt || cos >= sameNext && a.next != "" && a.next == b.next
}

// pairs finds statements of different passages that are about the same thing
// and whose numbers cannot all be true of it.
func pairs(all []statement) [][2]int {
	alike := map[[2]int]bool{} // pairs about the same thing; the value is whether they agree
	byWord := map[string][]int{}
	for j, b := range all {
		for w := range b.words {
			key := b.kind + " " + w
			for _, i := range byWord[key] {
				pair := [2]int{i, j}
				if _, seen := alike[pair]; !seen && all[i].passage != b.passage && same(all[i], b) {
					alike[pair] = agree(all[i].quantities, b.quantities)
				}
			}
			byWord[key] = append(byWord[key], j)
		}
	}
	return disputed(all, alike)
}

// disputed is the pairs that disagree, without those in which the passage of
// the one gives the other's number as well: it tells both sides.
func disputed(all []statement, alike map[[2]int]bool) [][2]int {
	type side struct {
		statement int
		passage   *knowledge.Passage
	}
	told := map[side]bool{}
	for pair, agrees := range alike {
		if agrees {
			told[side{pair[0], all[pair[1]].passage}] = true
			told[side{pair[1], all[pair[0]].passage}] = true
		}
	}
	var out [][2]int
	for pair, agrees := range alike {
		if !agrees && !told[side{pair[0], all[pair[1]].passage}] && !told[side{pair[1], all[pair[0]].passage}] {
			out = append(out, pair)
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return out
}

// agree reports whether some number of the one agrees with some of the other.
func agree(as, bs []quantity) bool {
	for _, a := range as {
		for _, b := range bs {
			if a.agrees(b) {
				return true
			}
		}
	}
	return false
}
