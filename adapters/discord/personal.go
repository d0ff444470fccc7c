package discord

import (
	"strings"
	"unicode"
)

// personal reports whether a message tells of somebody's own health: the
// writer's, or that of a person they name as theirs. It errs towards yes, since
// the cost is a private answer. "Does massage help back pain?" is not personal,
// "can it help my back pain?" is.
func personal(text string) bool {
	words := lower(text)
	for i, w := range words {
		switch {
		case owners[w] && within(words, i+1, 6, bodily), // my lower back; my mom has asthma
			firsts[w] && within(words, i+1, 9, grave),                                    // can I come if I have shingles
			firsts[w] && stating(words, i+1) && within(words, i+1, 7, bodily),            // I have a bad knee; I'm 30 weeks pregnant
			w == "me" && (within(words, i+1, 3, bodily) || before(words, i, 4, hurting)): // it hurts me
			return true
		}
	}
	return false
}

// mentionsSelf reports whether the writer speaks of themselves or their own.
func mentionsSelf(text string) bool {
	for _, w := range lower(text) {
		if firsts[w] || owners[w] || w == "me" {
			return true
		}
	}
	return false
}

// lower are the words of a text in lower case, without apostrophes.
func lower(text string) []string {
	text = strings.NewReplacer("'", "", "\u2019", "").Replace(strings.ToLower(text))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func within(words []string, from, n int, is func(string) bool) bool {
	for i := from; i < min(from+n, len(words)); i++ {
		if is(words[i]) {
			return true
		}
	}
	return false
}

func before(words []string, at, n int, is func(string) bool) bool {
	return within(words, max(0, at-n), min(n, at), is)
}

// stating is true when "I" is followed soon by a verb of having or being.
func stating(words []string, from int) bool {
	first := words[from-1]
	return first != "i" && first != "we" || within(words, from, 3, func(w string) bool { return states[w] })
}

func bodily(w string) bool  { return parts[w] || grave(w) || hasStem(w, ailments) }
func grave(w string) bool   { return hasStem(w, graveAilments) }
func hurting(w string) bool { return strings.HasPrefix(w, "hurt") || strings.HasPrefix(w, "ach") }

// hasStem finds the word among stems; a stem ending in "*" stands for whatever
// begins with it.
func hasStem(w string, stems map[string]bool) bool {
	if stems[w] {
		return true
	}
	for n := 4; n <= len(w); n++ {
		if stems[w[:n]+"*"] {
			return true
		}
	}
	return false
}

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var (
	owners = set("my our mine")
	firsts = set("i im ive id we weve myself")
	states = set(`have had has got am was been be being suffer suffered take taking took feel felt feeling hurt
		hurts broke broken tore torn pulled sprained twisted threw diagnosed live living deal dealing struggle struggling
		recovering woke cant cannot`)
	parts = set(`back neck shoulder shoulders knee knees hip hips ankle ankles wrist wrists elbow elbows arm arms leg legs foot
		feet heel heels toe toes hand hands finger fingers thumb jaw head face skull spine tailbone rib ribs chest breast
		breasts stomach belly abdomen pelvis groin thigh thighs calf calves shin shins hamstring hamstrings quad quads glute
		glutes buttock butt piriformis trap traps skin scar muscle muscles joint joints nerve nerves disc disk discs vertebra
		heart lung lungs liver kidney kidneys blood pressure bladder uterus womb prostate eye eyes ear ears throat tmj`)
	// ailments are common words too: they count only where somebody claims them.
	ailments = set(`pain* painful ache* aching achy sore soreness stiff* tight* cramp* spasm* swell* swollen bruise* numb* tingl*
		injur* hurt* tension headache* migraine* dizz* nausea* fever* rash* itch* fatigue* tired exhausted insomnia
		stress* anxi* panic* sick flu cough* infect* burn burning bleed* fracture* broke broken sprain* strain* tear tore
		torn herniat* bulging pinched slipped arthrit* bursitis tendon* tendin* sciatic* scolio* plantar surger*
		medication* meds pill pills diagnos* disorder disease syndrome allerg* trimester implant* brace crutches wheelchair
		disab*`)
	graveAilments = set(`cancer* tumor* tumour* chemo* radiation* leukemi* lymph* metasta* pregnan* miscarr* postpartum csection
		ivf endometrio* pcos fibroid* diabet* insulin* thrombo* dvt clot clots thinner* warfarin eliquis xarelto coumadin
		stroke* aneurysm* pacemaker* arrhythm* hypertens* epilep* seizure* parkinson* alzheimer* dementia multiple sclerosis
		lupus fibromyalg* rheumatoid osteopor* psoria* eczema* shingles herpes hiv aids hepatitis cellulitis mrsa ringworm
		scabies covid asthma* copd emphysema ulcer* crohn* colitis ibs hernia* stenosis spondyl* neuropath* depress* suicid*
		bipolar ptsd schizo* trauma* abuse* assault* addict* alcoholi* autis* adhd anorex* bulimi* transplant* dialysis
		amputat* concuss* whiplash hysterectomy mastectomy lumpectomy vasectomy chronic`)
)
