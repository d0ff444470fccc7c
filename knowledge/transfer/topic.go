package transfer

import (
	"cmp"
	"slices"

	"massagefaq/knowledge"
)

// clues are words that tell the topic, without endings as knowledge.Words has
// them. A word in the question counts three times one in the answer.
var clues = map[knowledge.Topic]map[string]bool{
	knowledge.About:       clue("different difference spa license licensed licence training certified certification credential therapist physical chiropractor who medical clinical define meaning mean evidence research acupuncture"),
	knowledge.Benefits:    clue("benefit benefits circulation flexibility flexible relax relaxation stress anxiety sleep toxin toxins detox lymphatic scar healing heal inflammation cortisol range motion mobility posture advantages improve improves boost immune mood"),
	knowledge.Conditions:  clue("back neck shoulder headache migraine sciatica fibromyalgia arthritis whiplash carpal tunnel plantar fasciitis tmj jaw knee sprain strain injury injuries pain chronic tendon spasm sports accident frozen hip"),
	knowledge.Insurance:   clue("insurance insurer cover covered coverage claim medicare medicaid reimburse reimbursement referral prescription hsa fsa deductible copay network superbill cpt code authorization plan necessity va veteran workers comp fault policy denied appeal"),
	knowledge.Cost:        clue("cost costs price prices fee fees pay payment tip tips gratuity rate rates expensive package packages membership discount gift card cash charge estimate"),
	knowledge.Preparation: clue("prepare before wear eat drink bring arrive early shower clothes undress alcohol food water paperwork intake form first meal caffeine clothing"),
	knowledge.Session:     clue("session during long hurt pressure deep swedish technique techniques myofascial trigger cupping talk draping sheet undressed oil lotion stop happen happens expect minutes stone"),
	knowledge.Aftercare:   clue("after afterwards aftercare sore soreness ice heat stretch stretches exercise often next day workout rest bruise tired drive hydrate follow bath"),
	knowledge.Safety:      clue("safe safety risk risks pregnant pregnancy cancer clot clots dvt blood thinner thinners pressure heart stroke diabetes osteoporosis surgery fever contraindication contraindications emergency pacemaker infection rash medication doctor avoid danger epilepsy seizure seizures kidney liver disease varicose veins numb symptoms osteopenia thrombosis"),
	knowledge.Booking:     clue("book booking appointment cancel cancellation reschedule hours open address location parking late policy contact phone call minor child consent privacy refund walk online no-show schedule complaint"),
}

func clue(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range knowledge.Words(words) {
		m[w] = true
	}
	return m
}

// guessTopic is the topic whose clues a question and its answer have most of,
// the earlier one of equals; without any clue it is about.
func guessTopic(title, text string) knowledge.Topic {
	score := map[knowledge.Topic]float64{}
	count := func(s string, weight float64) {
		words := knowledge.Words(s)
		for _, w := range words {
			for t, known := range clues {
				if known[w] {
					score[t] += weight / max(1, float64(len(words))/10)
				}
			}
		}
	}
	count(title, 3)
	count(text, 1)
	return slices.MaxFunc(knowledge.Topics, func(a, b knowledge.Topic) int {
		return cmp.Compare(score[a], score[b])
	})
}
