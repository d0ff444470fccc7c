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

// onwardShare is how close another passage must come to the one already given for
// a follow-up to be about the other: people rarely ask for the same answer again.
const onwardShare = 0.5

// onward puts a passage that the last turn did not show first, if one is nearly as
// likely and the turn itself says something that could mean it.
func onward(f findings, last Turn) findings {
	if len(f.hits) < 2 || !given(f.hits[0], last) || contentWords(f.asked) == 0 {
		return f
	}
	for i := 1; i < len(f.hits); i++ {
		h := f.hits[i]
		if !given(h, last) && h.Confidence >= onwardShare*f.hits[0].Confidence {
			moved := append([]index.Hit{h}, f.hits[:i]...)
			f.hits = append(moved, f.hits[i+1:]...)
			f.hits[0].Confidence = max(h.Confidence, f.hits[1].Confidence)
			return f
		}
	}
	return f
}

func given(h index.Hit, last Turn) bool { return slices.Contains(last.Passages, h.Passage.ID) }

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

// follow chooses between a turn read alone and read with the question before it.
// A turn that says something of its own is only answered from the context by a
// passage that has to do with what it says: after a question about pregnancy,
// "the capital of France" is still not about pregnancy.
func follow(alone, joined decision, need lean) decision {
	if contentWords(joined.asked) > 0 && joined.care == nil && (len(alone.hits) == 0 || alone.outside != nil) {
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

func sureness(d decision) float64 {
	if len(d.shown) > 0 {
		return d.shown[0].Score
	}
	if len(d.hits) > 0 {
		return d.hits[0].Confidence
	}
	return 0
}

// clearance reports whether a turn asks if something is all right: after a
// condition was told, that is a question about the condition.
func clearance(text string) bool {
	return slices.ContainsFunc(plainWords(text), func(w string) bool { return clearing[w] })
}

var clearing = wordSet("ok okay safe allowed fine alright risky dangerous harm hurt")

// aloneShare is what a turn read by itself counts beside the same turn read with
// the questions before it, and fusedRange how far below the best hit a passage
// falls that one of the readings did not find. On 261 later turns written for the
// purpose, the readings apart find the right passage first in 161 and 184, and
// together in 191.
const aloneShare, fusedRange = 0.35, 8

// fuse ranks what a turn finds by itself and with the questions before it together.
func fuse(alone, joined findings) findings {
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
		h.Score = below(joined.hits, h.Passage) + aloneShare*below(alone.hits, h.Passage)
	}
	slices.SortStableFunc(out.hits, func(a, b index.Hit) int { return cmp.Compare(b.Score, a.Score) })
	return out
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
