package bot

import (
	"strings"
	"testing"

	"massagefaq/knowledge"
)

func shippedTalk(t *testing.T) *talk {
	s, err := knowledge.LoadSmallTalk(knowledge.Content())
	if err != nil {
		t.Fatal(err)
	}
	return newTalk(s)
}

func TestHear(t *testing.T) {
	talk := shippedTalk(t)
	for text, want := range map[string]string{
		"HELLO!!!": "greeting", "how are you?": "greeting", "thx so much \U0001F64F": "thanks", "ok": "acknowledge", "bye": "goodbye",
		"what's this?": "identity", "r u a real person": "identity", "what can you do?": "abilities", "Can I speak to someone at the front desk please": "human",
		"call me back": "human", "your number?": "human",
		"": "", "\U0001F600": "", "hello is it covered": "", "thanks, and how long is a session": "", "does a person massage me or a machine": "",
		"ok" + strings.Repeat(" ok", longestTalk): "",
	} {
		e, ok := talk.hear(text)
		got := ""
		if ok {
			got = e.ID
		}
		if got != want {
			t.Errorf("%q is heard as %q, want %q", text, got, want)
		}
	}
}

func TestForeign(t *testing.T) {
	talk := shippedTalk(t)
	for text, want := range map[string]string{
		"¿cuánto cuesta un masaje?":                   "Spanish",
		"combien coûte une séance de massage":         "French",
		"was kostet eine Massage und zahlt die Kasse": "German",
		"quanto custa uma massagem":                   "Portuguese",
		"你们接受保险吗":                                     "Chinese",
		"كم تكلفة التدليك":                            "Arabic",
		"сколько стоит массаж":                        "Russian",
		"massage có được bảo hiểm không":              "Vietnamese",
		"does insurance cover it":                     "",
		"la jolla blue cross":                         "",
		"is \u0456t c\u043evered":                     "",
		"my doctor is Dr. de la Cruz, is it covered":  "",
		"die or pass out on the table":                "",
		"is it el dolor":                              "",
		"medical massage vs spa massage":              "",
		"a":                                           "", "": "", "\U0001F600\U0001F600": "", "97124 97140": "",
	} {
		l, ok := talk.foreign(text)
		got := ""
		if ok {
			got = l.Name
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
