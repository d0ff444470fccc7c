package journal

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"massagefaq/bot"
)

// BenchmarkRecord is what an answer pays for being remembered: the hand-over, with
// a writer that is always just done.
func BenchmarkRecord(b *testing.B) {
	j := &Journal{limit: DefaultQueue, wake: make(chan struct{}, 1)}
	e := entry("r", "web:a", "how much is 90 minutes", noon)
	b.ReportAllocs()
	for b.Loop() {
		j.Record(e)
		if len(j.line) == batchSize {
			j.line = j.line[:0]
		}
	}
	if j.Dropped() > 0 {
		b.Fatalf("dropped %d", j.Dropped())
	}
}

// BenchmarkWrite is how fast entries are written behind the scenes.
func BenchmarkWrite(b *testing.B) {
	onEach(b, func(b *testing.B, dsn string) {
		j := open(b, dsn, Options{Queue: b.N + 1})
		b.ReportAllocs()
		b.ResetTimer()
		for i := range b.N {
			j.Record(entry(strconv.Itoa(i), "web:a", "how much is 90 minutes", noon))
		}
		if err := j.Flush(context.Background()); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkRate is a rating on disk.
func BenchmarkRate(b *testing.B) {
	onEach(b, func(b *testing.B, dsn string) {
		j := open(b, dsn, Options{})
		j.Record(entry("r", "web:a", "how much is 90 minutes", noon))
		b.Run("one", func(b *testing.B) {
			for b.Loop() {
				if err := j.Rate(context.Background(), bot.Rating{Reply: "r", Helpful: true}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("many at once", func(b *testing.B) {
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := j.Rate(context.Background(), bot.Rating{Reply: "r", Helpful: true}); err != nil {
						b.Error(err)
					}
				}
			})
		})
	})
}

// BenchmarkTurns is what an answer pays for looking up its conversation.
func BenchmarkTurns(b *testing.B) {
	onEach(b, func(b *testing.B, dsn string) {
		j := open(b, dsn, Options{Queue: 1 << 20})
		for i := range 20_000 {
			j.Record(entry(strconv.Itoa(i), "web:"+strconv.Itoa(i/4), "how much is 90 minutes", noon))
		}
		if err := j.Flush(context.Background()); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if turns, err := j.Turns(context.Background(), "web:777", noon, 3); err != nil || len(turns) != 3 {
				b.Fatal(turns, err)
			}
		}
	})
}

func onEach(b *testing.B, f func(b *testing.B, dsn string)) {
	b.Run("sqlite", func(b *testing.B) { f(b, filepath.Join(b.TempDir(), "faq.db")) })
	b.Run("postgres", func(b *testing.B) { f(b, postgres(b)) })
}

func BenchmarkRedact(b *testing.B) {
	for name, s := range map[string]string{
		"question": "does insurance cover 97124 if my doctor orders 12 visits in 90 days",
		"personal": "hi this is Marisol Quist, dob 6/9/1971, cell (616) 555-0177, member id ZZK 8841 20917, am i covered",
		"longest":  strings.Repeat("my back hurts at L4 since 2019, 616-555-0177. ", 44),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				Redact(s)
			}
		})
	}
}
