package knowledge

import (
	"fmt"
	"regexp"
	"strings"
)

// Facts names what a Practice can say, as written in an answer: {phone | ask at the desk}.
var Facts = []string{"name", "phone", "booking", "hours", "address", "cancellation", "insurers"}

// fact is the value of a practice fact; known is false for names not in Facts.
func (p Practice) fact(name string) (value string, known bool) {
	switch name {
	case "name":
		return p.Name, true
	case "phone":
		return p.Phone, true
	case "booking":
		return p.Booking, true
	case "hours":
		return p.Hours, true
	case "address":
		return p.Address, true
	case "cancellation":
		return p.Cancellation, true
	case "insurers":
		return p.Insurers, true
	}
	return "", false
}

// slot is one {fact | fallback} or {fact: sentence with FACT | fallback}.
type slot struct {
	start, end int    // bytes in the text, braces included
	fact       string // "phone"
	sentence   string // around the value, "" for the bare value
	fallback   string // when the practice has not said
}

// slots finds the places for practice facts in an answer. Problems are
// reported at their byte offset in text; the slot is then left out.
func slots(text string, problem func(offset int, text string)) []slot {
	var found []slot
	for i := 0; i < len(text); {
		open := strings.IndexAny(text[i:], `{}\`)
		if open < 0 {
			break
		}
		i += open
		if text[i] == '\\' {
			i += 2
			continue
		}
		end := strings.IndexAny(text[i+1:], "{}")
		if text[i] == '}' || end < 0 || text[i+1+end] != '}' {
			problem(i, `a brace without its pair; a practice fact is written {phone | what to say without it}`)
			i++
			continue
		}
		s := slot{start: i, end: i + 1 + end + 1}
		i = s.end
		if err := s.parse(text[s.start+1 : s.end-1]); err != nil {
			problem(s.start, err.Error())
			continue
		}
		found = append(found, s)
	}
	return found
}

func (s *slot) parse(inside string) error {
	left, fallback, ok := strings.Cut(inside, "|")
	name, sentence, framed := strings.Cut(left, ":")
	s.fact, s.sentence, s.fallback = strings.TrimSpace(name), strings.TrimSpace(sentence), strings.TrimSpace(fallback)
	if strings.HasPrefix(s.fact, "#") {
		return fmt.Errorf("{%s} belongs to a heading, which begins with ## and a space", s.fact)
	}
	if _, known := (Practice{}).fact(s.fact); !known {
		return fmt.Errorf("unknown practice fact %q (want %s)", s.fact, strings.Join(Facts, ", "))
	}
	if !ok || s.fallback == "" {
		return fmt.Errorf("practice fact %s has no fallback; write {%s | what to say without it}", s.fact, s.fact)
	}
	if framed && !s.word().MatchString(s.sentence) {
		return fmt.Errorf("the sentence around practice fact %s does not contain %s", s.fact, strings.ToUpper(s.fact))
	}
	return nil
}

// word matches the upper-cased name that stands for the value in the sentence.
func (s *slot) word() *regexp.Regexp {
	return regexp.MustCompile(`\b` + strings.ToUpper(s.fact) + `\b`)
}

// fill is what stands in the slot's place when the practice's value is value.
func (s *slot) fill(value string) string {
	switch {
	case value == "":
		return s.fallback
	case s.sentence == "":
		return value
	}
	return s.word().ReplaceAllLiteralString(s.sentence, value)
}
