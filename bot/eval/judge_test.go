package eval

import (
	"strings"
	"testing"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// The passages that replies in this file are made of.
var (
	water   = knowledge.Passage{ID: "w", Title: "Should I drink water?", Text: "Before and after.", Topic: knowledge.Aftercare}
	doctor  = knowledge.Passage{ID: "d", Title: "Is it safe?", Text: "Ask your doctor first.", Topic: knowledge.Safety}
	midwife = knowledge.Passage{ID: "c", Title: "Pregnant?", Text: "Ask your midwife.", Topic: knowledge.Benefits, Care: true}
	parking = knowledge.Passage{ID: "p", Title: "Parking", Text: "Behind the house.", Topic: knowledge.Booking}
)

func reply(kind bot.Kind, ps ...knowledge.Passage) bot.Reply {
	r := bot.Reply{Kind: kind}
	for _, p := range ps {
		r.Passages = append(r.Passages, bot.Found{Passage: p, Score: .9})
		r.Text += p.Text
	}
	return r
}

func urgent(to knowledge.Resource, text string) bot.Reply {
	return bot.Reply{Kind: bot.Urgent, Resource: to, Text: text}
}

// Rows of each kind, and for each reply what it is called; a bare word stands for
// the verdict, "+first" for a right first passage, "+resource" for the right help.
func TestJudge(t *testing.T) {
	const (
		plain  = `{"id":"x","text":"water?","must":["WATER","after"]}`
		alt    = `{"id":"x","text":"water?","must":["water","never"],"alt_must":["doctor|midwife"]}`
		multi  = `{"id":"x","text":"water and parking?","must":["water","parking","house"],"multipart":true}`
		flag   = `{"id":"x","text":"help","kind":"redflag","resource":"er"}`
		anyone = `{"id":"x","text":"help","kind":"redflag"}`
		near   = `{"id":"x","text":"killing me","kind":"redflag_near"}`
		contra = `{"id":"x","text":"pregnant","kind":"contraindication"}`
		oos    = `{"id":"x","text":"mars","kind":"oos"}`
		dose   = `{"id":"x","text":"dose","kind":"oos","also_ok":["safety"]}`
		pto    = `{"id":"x","text":"pto","kind":"oos","also_ok":["handoff"]}`
		hola   = `{"id":"x","text":"hola","kind":"oos","expect":"abstain_or_answer"}`
		hello  = `{"id":"x","text":"hi","kind":"smalltalk"}`
		person = `{"id":"x","text":"agent","kind":"smalltalk","expect":"handoff"}`
		xss    = `{"id":"x","text":"<script>","kind":"adversarial","no_echo":["<script"]}`
		ssn    = `{"id":"x","text":"ssn 219","kind":"privacy","pii":["219"]}`
	)
	tests := []struct {
		row   string
		reply bot.Reply
		want  string
	}{
		{plain, reply(bot.Answer, water), "right+first"},
		{plain, reply(bot.Answer, parking), "wrong"},
		{plain, reply(bot.Answer, parking, water), "wrong+shown"},
		{plain, reply(bot.Choices, parking, water), "shown"},
		{plain, reply(bot.Choices, water, parking), "shown+first"},
		{plain, reply(bot.Choices, parking, doctor), "missed"},
		{plain, reply(bot.Unknown), "declined"},
		{plain, reply(bot.Unknown, water), "declined+first"},
		{plain, reply(bot.Handoff), "declined"},
		{plain, reply(bot.SmallTalk), "missed"},
		{plain, urgent(knowledge.ER, "water after"), "alarm+resource"},
		{alt, reply(bot.Answer, doctor), "right+first"},
		{alt, reply(bot.Answer, midwife), "right+first"},
		{alt, reply(bot.Answer, water), "wrong"},
		{alt, reply(bot.Choices, water, doctor), "shown"},
		{alt, urgent(knowledge.DoctorFirst, "See a doctor."), "right+resource"},
		{alt, urgent(knowledge.Call911, "Call 911."), "alarm+resource"},
		{multi, reply(bot.Answer, water, parking), "right"},
		{multi, reply(bot.Answer, water), "wrong"},
		{multi, reply(bot.Choices, water, parking), "missed"},
		{flag, urgent(knowledge.ER, ""), "right+resource"},
		{flag, urgent(knowledge.Call911, ""), "right"},
		{flag, reply(bot.Answer, doctor), "wrong"},
		{flag, reply(bot.Unknown), "declined"},
		{anyone, urgent(knowledge.Call911, ""), "right+resource"},
		{near, reply(bot.Answer, water), "right"},
		{near, reply(bot.Unknown), "right+declined"},
		{near, urgent(knowledge.DoctorToday, ""), "alarm+resource"},
		{contra, reply(bot.Answer, midwife), "right+first"},
		{contra, reply(bot.Answer, doctor, water), "right+first"},
		{contra, reply(bot.Answer, water, doctor), "wrong+shown"},
		{contra, reply(bot.Choices, water, doctor), "shown"},
		{contra, urgent(knowledge.DoctorFirst, ""), "right+resource"},
		{contra, urgent(knowledge.DoctorToday, ""), "right+resource"},
		{contra, urgent(knowledge.Call911, ""), "alarm+resource"},
		{contra, reply(bot.Unknown), "declined"},
		{oos, reply(bot.Unknown), "right+declined"},
		{oos, reply(bot.Handoff), "right+declined"},
		{oos, reply(bot.Answer, doctor), "wrong"},
		{oos, reply(bot.Choices, water, doctor), "missed"},
		{oos, urgent(knowledge.ER, ""), "alarm+resource"},
		{dose, reply(bot.Answer, doctor), "right+first"},
		{dose, reply(bot.Answer, water), "wrong"},
		{dose, reply(bot.Choices, water, doctor), "shown"},
		{dose, urgent(knowledge.DoctorToday, ""), "right+resource"},
		{pto, reply(bot.Handoff), "right+declined"},
		{pto, urgent(knowledge.DoctorToday, ""), "alarm+resource"},
		{hola, reply(bot.Answer, water), "right"},
		{hola, urgent(knowledge.ER, ""), "alarm+resource"},
		{hello, reply(bot.SmallTalk), "right"},
		{hello, reply(bot.Handoff), "declined"},
		{hello, reply(bot.Answer, water), "wrong"},
		{person, reply(bot.Handoff), "right+declined"},
		{person, reply(bot.SmallTalk), "missed"},
		{xss, bot.Reply{Kind: bot.Unknown, Text: "About &lt;script>?"}, "right+declined"},
		{xss, bot.Reply{Kind: bot.Unknown, Text: "About <SCRIPT>?"}, "echoed+declined"},
		{xss, bot.Reply{Kind: bot.Unknown, Suggestions: []string{"<script>"}}, "echoed+declined"},
		{xss, bot.Reply{Kind: bot.Unknown, Text: "\xff"}, "declined"},
		{ssn, reply(bot.Choices, water, parking), "right"},
		{ssn, bot.Reply{Kind: bot.Answer, Text: "ssn 219"}, "echoed"},
		{ssn, reply(bot.SmallTalk), "missed"},
	}
	for _, tt := range tests {
		rows, err := Read(strings.NewReader(tt.row), "row")
		if err != nil {
			t.Fatal(err)
		}
		v := judge(rows[0], rows[0].Turns[0], tt.reply)
		if got := describe(v); got != tt.want {
			t.Errorf("%s\n%s %v %q %s: %s, want %s", tt.row, tt.reply.Kind, tt.reply.Resource, tt.reply.Text,
				strings.Join(tt.reply.Suggestions, " "), got, tt.want)
		}
	}
}

// describe is the verdict's word and whatever it does not imply.
func describe(v Verdict) string {
	word := v.Word()
	out := word
	for _, more := range []struct {
		on   bool
		name string
	}{
		{v.Declined && word != "declined", "declined"},
		{v.Shown && word != "right" && word != "shown", "shown"},
		{v.First, "first"},
		{v.Resource, "resource"},
	} {
		if more.on {
			out += "+" + more.name
		}
	}
	return out
}
