package check

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"massagefaq/knowledge"
)

// spokenWords are words of this domain with their syllables, by a person.
const spokenWords = `a:1 the:1 massage:2 massages:3 massaged:2 therapist:3 therapists:3 therapy:3 medical:3 insurance:3 cover:2 covered:2
coverage:3 pays:1 doctor:2 surgeon:2 nurse:1 plan:1 plans:1 prescription:3 referral:3 reimburse:3 deductible:4 copay:2 receipt:2 itemized:3
you:1 your:1 hour:1 minutes:2 days:1 weeks:1 before:2 after:2 because:2 people:2 sometimes:2 usually:4 often:2 really:2 every:2 muscle:2
muscles:2 tissue:2 fascia:2 pressure:2 gentle:2 gently:2 firmer:2 stretched:1 stretches:2 moved:1 needed:2 wanted:2 helped:1 pain:1
painful:2 sore:1 soreness:2 tired:1 bruise:1 bruises:2 swelling:2 swollen:2 blood:1 clot:1 surgery:3 pregnant:2 pregnancy:3 cancer:2
diabetes:4 arthritis:3 fibromyalgia:6 sciatica:4 headache:2 headaches:2 shoulder:2 ankle:2 knee:1 spine:1 area:3 idea:3 quiet:2 client:2
patient:2 science:2 experience:4 evaluate:4 treatment:2 movement:2 agreement:3 statement:2 guideline:2 technique:2 fatigue:2 continue:3
employer:3 payer:2 fluid:2 ruin:2 layer:2 carrier:3 earlier:3 period:3 serious:3 previous:3 anxious:2 special:2 social:2 condition:3
information:4 medication:4 situation:4 evidence:3 little:2 able:2 table:2 simple:2 comfortable:4 safe:1 safely:2 likely:2 rarely:2 careful:2
home:1 homework:2 something:2 someone:2 somewhere:2 everyone:3 lifestyle:2 business:2 hundred:2 naked:2 agreed:2 used:1 uses:2 exercise:3
exercises:4 relax:2 relaxes:3 relaxation:4 circulation:4 inflammation:4 alcohol:3 water:2 caffeine:2 medicine:3 licensed:2 license:2
michigan:3 medicare:3 HSA:3 CPT:3 LMN:3 97124:1 15:1 10-minute:2 don't:1 you're:1 isn't:2`

// TestSyllables: the count is right for nearly all words, and never far off.
func TestSyllables(t *testing.T) {
	wrong, all := []string{}, 0
	for pair := range strings.FieldsSeq(spokenWords) {
		word, want, _ := strings.Cut(pair, ":")
		got := syllables{}.in(word)
		all++
		if n := int(want[0] - '0'); got != n {
			wrong = append(wrong, word)
			if got < n-1 || got > n+1 {
				t.Errorf("%s: %d syllables, want %d", word, got, n)
			}
		}
	}
	if len(wrong) > all*3/100 {
		t.Errorf("%d of %d words are counted wrong: %v", len(wrong), all, wrong)
	}
}

// TestGrade: the measure agrees with grades worked out by hand.
func TestGrade(t *testing.T) {
	tests := []struct {
		text  string
		words int
		grade float64
	}{
		{"The cat sat on the mat.", 6, 0.39*6 + 11.8*1 - 15.59},
		{"**It depends** on [your plan](https://example.com/very-long-address). Ask them.\n\n- one thing\n- two", 10, 0.39*10/4 + 11.8*11/10 - 15.59},
		{"Dr. Lee, e.g. on 1.5 visits, says no. Yes!", 9, 0.39*9/2 + 11.8*11/9 - 15.59},
		{"", 0, 0},
	}
	for _, tt := range tests {
		g, words := syllables{}.grade(tt.text)
		if words != tt.words || math.Abs(g-tt.grade) > 0.01 {
			t.Errorf("grade(%q) = %.2f, %d words; want %.2f, %d", tt.text, g, words, tt.grade, tt.words)
		}
	}
}

func TestSentences(t *testing.T) {
	text := "It *depends*. Ask [Dr. Lee](https://a.example/x.y), e.g. by phone! \"Now?\" Yes.\n\nA list:\n\n- one. Two\n- 1.5 to 2 hours\n"
	var got []string
	for _, s := range sentences(text) {
		got = append(got, strings.Join(strings.Fields(s.text), " "))
		if !strings.HasPrefix(blank(text)[s.offset:], s.text) {
			t.Errorf("%q is not at %d", s.text, s.offset)
		}
	}
	want := []string{"It depends .", "Ask Dr. Lee , e.g. by phone!", `"Now?"`, "Yes.", "A list:", "one.", "Two", "1.5 to 2 hours"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

// TestClaims: claims are found, and denials, hearsay and look-alikes are not.
func TestClaims(t *testing.T) {
	banned, err := knowledge.LoadBanned(knowledge.Content())
	if err != nil {
		t.Fatal(err)
	}
	b := newBan(banned)
	claims := []string{
		"Massage flushes out toxins.", "Our detox massage feels great.", "Deep work breaks up scar tissue.", "It gets at the root cause of your pain.",
		"Massage speeds healing.", "Massage helps you heal faster.", "You will recover more quickly.", "It lowers cortisol.", "Massage reduces stress hormones.",
		"It boosts circulation.", "It brings oxygen to the muscle.", "Massage reduces inflammation.", "Good posture prevents pain.", "Massage cures sciatica.",
		"It is completely safe.", "Massage has no side effects.", "Your insurance will pay for it.", "Medicare always covers massage.",
		"We can diagnose your pain.", "Stop taking your blood thinner first.", "It does not hurt, and it flushes out toxins.", "It dissolves adhesions.",
		"Massage promotes healing.", "It strengthens the immune system.", "It is not painful; it breaks down scar tissue.", "Massage accelerates recovery.",
	}
	for _, text := range claims {
		if !b.suspects(text) || b.claimed(text, "Then rest.") == nil {
			t.Errorf("%q is not reported", text)
		}
	}
	fine := []struct{ text, next string }{
		{"Massage cannot break up scar tissue.", ""}, {"There is no good evidence that massage releases toxins.", ""},
		{"Hands can\u2019t break adhesions.", ""}, {"It isn't toxins leaving your body.", ""},
		{"You may have heard that massage flushes out toxins.", "There is no good evidence for that."},
		{"Some people say it lowers cortisol.", "Studies have not shown it."},
		{"Massage does not lower cortisol, break up scar tissue or speed healing.", ""},
		{"Ask whether your plan will pay.", ""}, {"Only your plan can say if insurance will pay.", ""},
		{"Do not stop taking your blood thinner.", ""}, {"Massage warms the skin and increases blood flow in the skin.", ""},
		{"Be wary of anyone who promises a cure.", ""}, {"Never promise that the plan will pay.", ""},
		{"Therapists may not diagnose.", ""}, {"Massage may ease pain for a while.", ""}, {"A cold pack can reduce swelling.", ""},
	}
	for _, tt := range fine {
		if c := b.claimed(tt.text, tt.next); c != nil {
			t.Errorf("%q is reported: %s", tt.text, c.Reason)
		}
	}
}

// TestHints: a text without a hint never matches, whatever the pattern.
func TestHints(t *testing.T) {
	tests := []struct{ pattern, want string }{
		{`(?i)\b(break|breaks|tear\w* up)\b[^.]{0,30}\bscar`, "break tear, scar"},
		{`(?i)\b(detox\w*|toxins?)\b`, "detox toxin"},
		{`(?i)\b(\w* x|no risk of|the \w+ evil)\b`, " x no risk of  evil"},
		{`(?i)\w+`, ""},
		{`(?i)(a|\w)b`, "b"},
		{`(?i)x*yes`, "yes"},
		{`^ {4,}[^\s]|^\t`, "     \t"},
		{`(ab){2,}c{0,3}|[de]`, ""},
	}
	for _, tt := range tests {
		var lists []string
		for _, list := range hintsOf(regexp.MustCompile(tt.pattern)) {
			lists = append(lists, strings.Join(list, " "))
		}
		if got := strings.Join(lists, ", "); got != tt.want {
			t.Errorf("hints of %s: %q, want %q", tt.pattern, got, tt.want)
		}
	}
}
