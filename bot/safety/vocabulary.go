package safety

import (
	"fmt"
	"iter"
	"math/bits"
	"strings"

	"massagefaq/knowledge"
)

// A vocabulary holds every class of the patterns, and which words belong to which.
type vocabulary struct {
	classes  []class
	byText   map[string]int32    // alternatives already read, by their text
	named    map[string]int32    // "<chest>"
	words    map[string][]int32  // a word, to the classes that hold it
	prefixes map[string][]int32  // the beginning of a word, to the classes that hold it
	suffixes map[string][]int32  // the same for its end
	begins   [256]uint64         // by first letter: bits of the lengths that prefixes have
	ends     [256]uint64         // by last letter: the same for suffixes
	short    map[string][]string // chat spellings and what they stand for
	filler   map[string]bool
	ranges   []numbers // <n>, <year> and the likes of <180-299>
	rangeIDs []int32   // their classes
}

// numbers is a class of numbers from low to high.
type numbers struct {
	low, high int
	class     int32
}

func newVocabulary() *vocabulary {
	v := &vocabulary{byText: map[string]int32{}, named: map[string]int32{}, words: map[string][]int32{}, prefixes: map[string][]int32{}, suffixes: map[string][]int32{}}
	v.between("<n>", 0, 99999)
	v.between("<year>", 1930, 2099)
	return v
}

func (v *vocabulary) between(name string, low, high int) int32 {
	id := v.add(name)
	v.named[name] = id
	v.ranges = append(v.ranges, numbers{low, high, id})
	v.rangeIDs = append(v.rangeIDs, id)
	return id
}

// class finds a named class, or makes the one of a range such as <180-299>.
func (v *vocabulary) class(name string) (int32, bool) {
	if id, ok := v.named[name]; ok {
		return id, true
	}
	var low, high int
	if n, _ := fmt.Sscanf(name, "<%d-%d>", &low, &high); n == 2 && low <= high {
		return v.between(name, low, high), true
	}
	return 0, false
}

func (v *vocabulary) add(name string) int32 {
	v.classes = append(v.classes, class{name: name})
	return int32(len(v.classes) - 1)
}

// word is the class of one literal: "word", "word*" or "*word".
func (v *vocabulary) word(text string) int32 {
	id, ok := v.byText[text]
	if !ok {
		id = v.add(text)
		v.byText[text] = id
		v.hold(id, text)
	}
	return id
}

func (v *vocabulary) hold(id int32, text string) {
	if begin, ok := strings.CutSuffix(text, "*"); ok {
		v.prefixes[begin] = append(v.prefixes[begin], id)
		v.begins[begin[0]] |= 1 << len(begin)
		return
	}
	if end, ok := strings.CutPrefix(text, "*"); ok {
		v.suffixes[end] = append(v.suffixes[end], id)
		v.ends[end[len(end)-1]] |= 1 << len(end)
		return
	}
	v.words[text] = append(v.words[text], id)
}

// define adds a named class. Single words are held by it directly.
func (v *vocabulary) define(c knowledge.WordClass) []error {
	var errs []error
	key := "<" + c.Name + ">"
	if _, ok := v.named[key]; ok {
		errs = append(errs, fmt.Errorf("class %s is built in", key))
	}
	id := v.add(key)
	for _, p := range c.Words {
		if err := v.include(id, p.Text); err != nil {
			errs = append(errs, lineError{p.Line, err})
		}
	}
	v.named[key] = id
	return errs
}

// lineError is an error that knows its line in safety.yaml.
type lineError struct {
	line int
	error
}

// anyOf is the class of an alternative such as "a|b" or "(two words|b)".
func (v *vocabulary) anyOf(text string, options []string) (int32, error) {
	if id, ok := v.byText[text]; ok {
		return id, nil
	}
	id := v.add(text)
	v.byText[text] = id
	for _, o := range options {
		if err := v.include(id, o); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// include adds one wording to a class.
func (v *vocabulary) include(id int32, wording string) error {
	if !strings.ContainsAny(wording, " <(|?-'/") {
		if err := checkStars(wording); err != nil {
			return err
		}
		if lits := v.literals(wording); len(lits) == 1 {
			v.hold(id, lits[0])
			return nil
		}
	}
	items, err := split(wording)
	if err != nil {
		return err
	}
	seqs, err := v.sequences(items)
	if err != nil {
		return err
	}
	v.classes[id].seqs = append(v.classes[id].seqs, seqs...)
	return nil
}

// of calls do with the classes that hold the word, some at a time.
func (v *vocabulary) of(word string, do func(classes []int32)) {
	if ids := v.words[word]; ids != nil {
		do(ids)
	}
	if word == "" {
		return
	}
	for n := range lengths(v.begins[word[0]], len(word)) {
		if ids := v.prefixes[word[:n]]; ids != nil {
			do(ids)
		}
	}
	for n := range lengths(v.ends[word[len(word)-1]], len(word)) {
		if ids := v.suffixes[word[len(word)-n:]]; ids != nil {
			do(ids)
		}
	}
	if n, ok := number(word); ok {
		for i, r := range v.ranges {
			if r.low <= n && n <= r.high {
				do(v.rangeIDs[i : i+1])
			}
		}
	}
}

// lengths are the bits of set up to most.
func lengths(set uint64, most int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; set != 0; set &= set - 1 {
			if n := bits.TrailingZeros64(set); n > most || !yield(n) {
				return
			}
		}
	}
}

// numberWords are numbers written out.
var numberWords = map[string]int{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}

// number is the value of "34" or "five".
func number(word string) (int, bool) {
	if n, ok := numberWords[word]; ok {
		return n, true
	}
	if word == "" || len(word) > 5 || numberEnd(word) != len(word) {
		return 0, false
	}
	n := 0
	for i := range len(word) {
		n = n*10 + int(word[i]-'0')
	}
	return n, true
}

// knows reports whether any class holds the word.
func (v *vocabulary) knows(word string) bool {
	found := false
	v.of(word, func([]int32) { found = true })
	return found
}
