package journal

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"massagefaq/bot"
)

func testReport(t *testing.T, dsn string) {
	j := open(t, dsn, Options{})
	recordWeek(j)
	flush(t, j)
	for _, r := range []bot.Rating{
		{Reply: "a1", Helpful: true}, {Reply: "a2", Comment: "how much exactly? jane@example.com"}, {Reply: "c1", Comment: "neither"}, {Reply: "u1", Comment: "you should know this"},
	} {
		if err := j.Rate(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	r, err := j.Report(t.Context(), time.Date(2026, 11, 17, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := r.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/report.txt", text.String())
	r.Until = noon
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/report.json", string(data)+"\n")
}

// recordWeek records a few days of life.
func recordWeek(j *Journal) {
	day := time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	add := func(reply string, channel bot.Channel, kind bot.Kind, question string, after time.Duration, passages ...string) {
		j.Record(bot.Entry{Reply: reply, At: day.Add(after), Channel: channel, Kind: kind, Question: question, Passages: passages})
	}
	const h, d = time.Hour, 24 * time.Hour
	add("early", bot.Web, bot.Unknown, "too early to count", 0)
	add("a1", bot.Web, bot.Answer, "what does it cost", d, "cost.md#price")
	add("a2", bot.Slack, bot.Answer, "price for 90 minutes", d+h, "cost.md#price")
	add("a3", bot.Discord, bot.Answer, "what do i wear", d+2*h, "preparation.md#wear")
	add("c1", bot.Web, bot.Choices, "insurance", 2*d, "insurance.md#covered", "insurance.md#claim")
	add("u1", bot.Web, bot.Unknown, "Do you treat cats?", d)
	add("u2", bot.Web, bot.Unknown, "do you treat  cats", 3*d)
	add("u3", bot.Discord, bot.Unknown, "do you treat cats", 2*d)
	add("u4", bot.Web, bot.Unknown, "is there parking for a tractor at 61 S Thornapple Rd", 2*d)
	add("g1", bot.Web, bot.Urgent, "", d)
	add("g2", bot.Web, bot.Urgent, "", d+14*h)
	add("g3", bot.Web, bot.Urgent, "", d+15*h)
	add("h1", bot.Web, bot.Handoff, "can i talk to someone", 2*d)
	add("s1", bot.Discord, bot.SmallTalk, "thx", 2*d)
}

// TestReportEmpty covers the first day.
func TestReportEmpty(t *testing.T) {
	r, err := open(t, ":memory:", Options{}).Report(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := r.WriteText(&text); err != nil || text.String() != "No questions since the beginning.\n" {
		t.Errorf("WriteText = %q, %v", text.String(), err)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(read(t, name), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
