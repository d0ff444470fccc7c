package safety

import (
	"strings"
	"testing"
)

// typical are messages as most people send them.
var typical = []string{
	"does insurance cover medical massage for my back pain",
	"hi, can i book a 60 minute session for thursday afternoon?",
	"my neck has been stiff since i started working from home, would deep tissue help",
	"my chest feels tight and my left arm is heavy, can I still come at 3?",
	"is massage ok if i take blood thinners",
}

func BenchmarkCheck(b *testing.B) {
	g := shipped(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Check(typical[i%len(typical)])
	}
}

func BenchmarkCare(b *testing.B) {
	g := shipped(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Care(typical[i%len(typical)])
	}
}

func BenchmarkCheckLong(b *testing.B) {
	g := shipped(b)
	text := strings.Repeat("I was wondering whether you could help with the tightness in my upper back and shoulders, since I sit all day. ", 30)[:2000]
	b.ReportAllocs()
	for b.Loop() {
		g.Check(text)
	}
}

// The worst that 2,000 characters can do: words that begin many signs.
func BenchmarkCheckHostile(b *testing.B) {
	g := shipped(b)
	text := strings.Repeat("no chest pain no numb leg cant feel blood ", 60)[:2000]
	b.ReportAllocs()
	for b.Loop() {
		g.Check(text)
	}
}

// What reading the rules adds to the start of the program.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		shipped(b)
	}
}
