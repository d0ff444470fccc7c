package bot_test

import (
	"testing"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		f, err := knowledge.LoadFolder(knowledge.Content())
		if err != nil {
			b.Fatal(err)
		}
		a, err := bot.New(bot.Config{Content: f})
		if err != nil {
			b.Fatal(err)
		}
		a.Close()
	}
}
