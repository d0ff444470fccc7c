package bot_test

import (
	"testing"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// asked is a mix of what people type: short, long, misspelled, out of scope.
var asked = []string{
	"Is medical massage covered by insurance?",
	"can I have wine before?",
	"will blue cross pay for this",
	"how long is a session and what should i wear",
	"i am on blood thinners is it ok",
	"does masage help with sciatca pain thats been bugging me for months",
	"what is the capital of france",
	"thanks!",
}

func newBot(tb testing.TB) *bot.Bot {
	tb.Helper()
	f, err := knowledge.LoadFolder(knowledge.Content())
	if err != nil {
		tb.Fatal(err)
	}
	b, err := bot.New(bot.Config{Content: f})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { b.Close() })
	return b
}

func BenchmarkAsk(b *testing.B) {
	assistant := newBot(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := assistant.Ask(b.Context(), bot.Question{Text: asked[i%len(asked)], Channel: bot.Web}); err != nil {
			b.Fatal(err)
		}
	}
}
