package bot

import (
	"slices"
	"strings"
	"unicode"

	"massagefaq/knowledge"
)

// talk answers what is not a question about massage.
type talk struct {
	exchanges []knowledge.Exchange
	languages []language
}

type language struct {
	knowledge.Language
	words  map[string]bool
	script *unicode.RangeTable
}

// longestTalk is how many words small talk has at most; beyond it a message
// says something, even if it begins with "hi".
const longestTalk = 14

func newTalk(t knowledge.SmallTalk) *talk {
	out := &talk{exchanges: t.Exchanges}
	for _, l := range t.Languages {
		words := map[string]bool{}
		for _, w := range l.Words {
			words[w] = true
		}
		out.languages = append(out.languages, language{l, words, unicode.Scripts[l.Script]})
	}
	return out
}

// hear finds the exchange that a whole message is, if it is one.
func (t *talk) hear(text string) (*knowledge.Exchange, bool) {
	words := plainWords(text)
	if len(words) == 0 || len(words) > longestTalk {
		return nil, false
	}
	said := strings.Join(words, " ")
	for i := range t.exchanges {
		if t.exchanges[i].Hears.MatchString(said) {
			return &t.exchanges[i], true
		}
	}
	return nil, false
}

// plainWords are the words of a message in lower case, without punctuation,
// emoji and apostrophes.
func plainWords(text string) []string {
	return strings.FieldsFunc(withoutApostrophes.Replace(strings.ToLower(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
}

var withoutApostrophes = strings.NewReplacer("'", "", "\u2019", "")

// foreign finds the language a message is written in, when it is not English:
// most letters are of another script, or its little words are mostly another
// language's and hardly any are English.
func (t *talk) foreign(text string) (*language, bool) {
	words := plainWords(text)
	if len(words) == 0 {
		return nil, false
	}
	english := 0
	for _, w := range words {
		if littleEnglish[w] {
			english++
		}
	}
	var best *language
	most := 0
	for i := range t.languages {
		l := &t.languages[i]
		if n := l.hits(text, words); n > most {
			best, most = l, n
		}
	}
	if best == nil || most <= english || most < 2 || most*5 < len(words)*2 {
		return nil, false
	}
	return best, true
}

func (l *language) hits(text string, words []string) int {
	if l.script == nil {
		n := 0
		for i, w := range words {
			if l.words[w] && !slices.Contains(words[:i], w) { // "massage or spa massage" is one word twice
				n++
			}
		}
		return n
	}
	letters, own := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(l.script, r) {
				own++
			}
		}
	}
	// Homoglyph tricks mix scripts; a language does not.
	if own < 2 || own*10 < letters*7 {
		return 0
	}
	return max(own, len(words)+1)
}

// littleEnglish are words that make a message English.
var littleEnglish = wordSet(`the and is are was my i you your it do does can will what how who when where why for with to of in on at have has
be this that if should not from after before or an by about there they he she we me need want get would could am been which`)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
