package bot

import (
	"cmp"
	"slices"
	"strings"

	"massagefaq/index"
	"massagefaq/knowledge"
)

// lean is how much a turn depends on the one before it.
type lean int

const (
	never  lean = iota // says all by itself
	maybe              // short; could be either
	surely             // "and before?", "how come?", "do they really matter?"
)

// leans judges a turn by its words alone.
func leans(text string) lean {
	words := plainWords(text)
	content := contentWords(text)
	pronoun := slices.ContainsFunc(words, func(w string) bool { return pointing[w] })
	switch {
	case len(words) == 0:
		return never
	case opens(text):
		return surely
	case content <= 1 && len(words) <= 8:
		return surely
	case pronoun && len(words) <= 12:
		return maybe
	case len(words) <= 6:
		return maybe
	}
	return never
}

// opens reports whether a turn begins the way a continuation does.
func opens(text string) bool {
	t := strings.ToLower(strings.TrimSpace(text)) + " "
	for _, p := range continuations {
		if strings.HasPrefix(t, p) && len(strings.Fields(t)) <= 10 {
			return true
		}
	}
	return false
}

var continuations = []string{"and ", "what about ", "how about ", "or ", "but ", "also ", "what if ", "same ", "on paper", "which of ", "which one "}

// pointing words refer to something said before.
var pointing = wordSet(`it that those these they them this one ones same he she him her there then`)

// chatter adds nothing to what is asked.
var chatter = wordSet(`and but or so ok okay well then also too just really actually even still again please pls tho though like
much many long often come else other more any some all each every so either neither as than because re about up out if
us our we a im its ive id dont doesnt didnt wont cant couldnt wouldnt shouldnt isnt arent wasnt werent havent hasnt aint thats whats hows
thing things stuff matter matters`)

// earlier are the questions that a turn may lean on, newest first, for the index:
// back to the last one that stood by itself.
func earlier(turns []Turn) []string {
	var out []string
	for i := len(turns) - 1; i >= 0; i-- {
		if len(turns[i].Passages) == 0 {
			continue // nothing was answered, so nothing to go on from
		}
		out = append(out, turns[i].Question)
		if leans(turns[i].Question) == never {
			break
		}
	}
	return out
}

// contentWords counts the words of a turn that say something.
func contentWords(asked string) int {
	n := 0
	for _, w := range plainWords(asked) {
		if !littleEnglish[w] && !chatter[w] && !pointing[w] {
			n++
		}
	}
	return n
}

// offSubject is the confidence from which a turn that asks for what is not answered
// here asks for just that, whatever was spoken of before.
const offSubject = 0.2

// follow chooses between a turn read alone and read with the question before it.
// A turn that says something of its own is only answered from the context by a
// passage that has to do with what it says: after a question about pregnancy,
// "the capital of France" is still not about pregnancy.
func follow(alone, joined decision) decision {
	off := alone.outside != nil && alone.hits[0].Confidence >= offSubject
	if contentWords(joined.asked) > 0 && joined.care == nil && (len(alone.hits) == 0 || off) {
		return alone
	}
	if joined.care != nil {
		joined.why += ", told before"
		return joined
	}
	if joined.kind != Unknown || alone.kind == Unknown {
		joined.why += ", with the question before"
		return joined
	}
	return alone
}

// clearance reports whether a turn asks if something is all right: after a
// condition was told, that is a question about the condition.
func clearance(text string) bool {
	return slices.ContainsFunc(plainWords(text), func(w string) bool { return clearing[w] })
}

var clearing = wordSet("ok okay safe allowed fine alright risky dangerous harm hurt")

// What counts in ranking what a turn finds by itself beside what it finds with the
// questions before it: how far a passage falls behind the best (at most fusedRange,
// where one of the readings did not find it), how sure the turn alone is of it,
// whether it is of the topic spoken of, and whether it is no passage to answer
// with, which people seldom come to in the middle of a conversation. Learned from
// 807 later turns: cross-validated, the right passage is first in 590 of them, and
// in 453 and 552 by each reading apart.
const (
	aloneShare = 0.2
	aloneSure  = 2.5
	sameTopic  = 0.95
	fusedAside = -1
	fusedRange = 8
)

// fuse ranks what a turn finds by itself and with the questions before it together.
func fuse(alone, joined findings, last Turn) findings {
	if len(alone.hits) == 0 || len(joined.hits) == 0 {
		return joined
	}
	out := joined
	out.hits = slices.Clone(joined.hits)
	for _, h := range alone.hits {
		if i := slices.IndexFunc(out.hits, func(o index.Hit) bool { return o.Passage == h.Passage }); i >= 0 {
			out.hits[i].Confidence = max(out.hits[i].Confidence, h.Confidence)
			continue
		}
		out.hits = append(out.hits, h)
	}
	for i := range out.hits {
		h := &out.hits[i]
		h.Score = below(joined.hits, h.Passage) + aloneShare*below(alone.hits, h.Passage) + aloneSure*confidence(alone.hits, h.Passage)
		if h.Passage.Audience == knowledge.Outside {
			h.Score += fusedAside
		} else if ofTopic(last, h.Passage) {
			h.Score += sameTopic
		}
	}
	slices.SortStableFunc(out.hits, func(a, b index.Hit) int { return cmp.Compare(b.Score, a.Score) })
	return out
}

// ofTopic reports whether a turn was answered by a passage of the same topic.
func ofTopic(last Turn, p *knowledge.Passage) bool {
	file, _, _ := strings.Cut(p.ID, "#")
	return len(last.Passages) > 0 && strings.HasPrefix(last.Passages[0], file+"#")
}

func confidence(hits []index.Hit, p *knowledge.Passage) float64 {
	for i := range hits {
		if hits[i].Passage == p {
			return hits[i].Confidence
		}
	}
	return 0
}

// below is how far a passage is below the best hit.
func below(hits []index.Hit, p *knowledge.Passage) float64 {
	for i := range hits {
		if hits[i].Passage == p {
			return max(-fusedRange, hits[i].Score-hits[0].Score)
		}
	}
	return -fusedRange
}
