package discord

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPersonal(t *testing.T) {
	for text, want := range map[string]bool{
		"my back hurts":                               true,
		"I have had migraines for years":              true,
		"I'm 30 weeks pregnant, is it ok?":            true,
		"can I come if I have shingles":               true,
		"my mom has breast cancer, can she get one":   true,
		"would it help my son's autism":               true,
		"im on warfarin":                              true,
		"we are trying ivf, can i get a massage":      true,
		"I tore my hamstring":                         true,
		"it hurts me when you press":                  true,
		"I\u2019ve got sciatica":                      true,
		"i was diagnosed with fibromyalgia last year": true,
		"my chronic headaches are killing me":         true,
		"does massage help back pain":                 false,
		"is massage safe during pregnancy?":           false,
		"does insurance cover it":                     false,
		"will my insurance pay?":                      false,
		"do I need a referral":                        false,
		"how long is my appointment":                  false,
		"can I pay with my HSA":                       false,
		"what should I wear?":                         false,
		"who reads my questions":                      false,
		"":                                            false,
	} {
		if got := personal(text); got != want {
			t.Errorf("personal(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestSaid(t *testing.T) {
	for in, want := range map[string]string{
		"<@123> does it hurt?":                      "does it hurt?",
		"<@!123>":                                   "",
		"hey @everyone does it hurt":                "hey   does it hurt",
		"||does it|| **hurt** `me`":                 "does it  hurt me",
		"```\ndoes it hurt\n```":                    "does it hurt",
		"> somebody said this\ndoes it hurt":        "does it hurt",
		"> all is quote":                            "all is quote",
		"# does it hurt":                            "does it hurt",
		"</massage ask:123> does it hurt":           "massage ask does it hurt",
		"<:ouch:123456789012345678> <t:0:R> hurt <": "hurt <",
		"[a page](https://x.example) about pain":    "a page about pain",
		"mail @everyoneelse":                        "mail @everyoneelse",
	} {
		if got := said(in); got != want {
			t.Errorf("said(%q) = %q, want %q", in, got, want)
		}
	}
}

// The worst that a message can be takes no longer than any other of its length,
// a few milliseconds.
func BenchmarkSaid(b *testing.B) {
	for _, part := range []string{"does it hurt ", "[", "![", "<@", "<:", "</", "<t:", "||", "`", "> ", "[a](", "[a](https://", "my ", "i have "} {
		s := strings.Repeat(part, maxRead/len(part))
		b.Run(part, func(b *testing.B) {
			for b.Loop() {
				personal(said(s))
			}
		})
	}
}

func FuzzSaid(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := said(s)
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("said(%q) = %q is not UTF-8", s, got)
		}
		if len(s) > 0 && len(got) > len(s) {
			t.Errorf("said(%q) = %q is longer", s, got)
		}
		personal(s)
	})
}

func TestCustomID(t *testing.T) {
	s := newSigner("secret")
	id := s.id(actPost, strings.Repeat("t", 11), strings.Repeat("r", 16), strings.Repeat("p", 24), "90000000000000000001")
	if len(id) > maxCustomID {
		t.Errorf("longest id has %d characters", len(id))
	}
	act, args, ok := s.read(id)
	if !ok || act != actPost || len(args) != 4 || args[3] != "90000000000000000001" {
		t.Errorf("read(%q) = %c %q %v", id, act, args, ok)
	}
	for n := range id { // no character may change
		if _, _, ok := s.read(id[:n] + "~" + id[n+1:]); ok {
			t.Errorf("character %d can be changed", n)
		}
	}
	if act, args, ok := s.read(s.id(actPost, strings.Repeat("x", 200))); !ok || act != actPost || args[0] != "" {
		t.Errorf("id with long arguments: %c %q %v", act, args, ok)
	}
}

// Ids stay readable for ever: people have them on their screens.
func TestCustomIDStays(t *testing.T) {
	const id = "1h:thread:reply:"
	s := newSigner("secret")
	if got := s.id(actHelpful, "thread", "reply"); !strings.HasPrefix(got, id) || got != "1h:thread:reply:"+s.mac("1h:thread:reply") {
		t.Errorf("id = %q", got)
	}
}

func FuzzCustomID(f *testing.F) {
	s := newSigner("secret")
	f.Add(s.id(actHelpful, "a", "b"))
	f.Add("1h::")
	f.Fuzz(func(t *testing.T, id string) {
		if act, args, ok := s.read(id); ok && s.id(act, args...) != id {
			t.Errorf("read(%q) = %c %q, which is another id", id, act, args)
		}
	})
}

// Whatever Discord, or somebody in its name, sends: it is read or it is not.
func FuzzWire(f *testing.F) {
	f.Add([]byte(`{"id":"1","type":2,"token":"t","user":{"id":"9"},"data":{"name":"massage","type":1,"options":[{"name":"ask","options":[{"name":"question","value":"x"}]}]}}`))
	f.Add([]byte(`{"components":[{"custom_id":"1h:t:r:x","components":[{}],"accessory":{}}]}`))
	f.Add([]byte(`{"custom_id":"x","components":[{"component":{"value":"y"}}]}`))
	a := &Adapter{ids: newSigner("secret")}
	f.Fuzz(func(t *testing.T, data []byte) {
		var in interaction
		json.Unmarshal(data, &in)
		in.asker()
		in.public()
		var m incoming
		json.Unmarshal(data, &m)
		a.threadIn(m.Components)
		human(&m, "1")
		var d commandData
		json.Unmarshal(data, &d)
		for _, o := range d.Options {
			find[string](o.Options, "question")
		}
		var modal modalData
		json.Unmarshal(data, &modal)
		field{Components: modal.Components}.text()
		t2 := &turn{Adapter: a, in: &in}
		t2.in.Message = m
		t2.without(actPost)
	})
}
