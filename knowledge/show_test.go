package knowledge

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPlace(t *testing.T) {
	full := Practice{
		Name: "Knead *to* Know_it", Phone: "616-555-0100", Booking: "https://example.com/book?a=1&b=2",
		Hours: "Mon to Fri\n9 to 6", Address: "# 12 <Main>", Cancellation: "{none}",
	}
	tests := []struct{ text, with, without string }{
		{"Call {phone | the desk}.", "Call 616-555-0100.", "Call the desk."},
		{"{hours: We are open HOURS, yes HOURS. | Ask for hours.} End.", "We are open Mon to Fri 9 to 6, yes Mon to Fri 9 to 6. End.", "Ask for hours. End."},
		{"{booking: Book at BOOKING. | Call.}", "Book at <https://example.com/book?a=1&b=2>.", "Call."},
		{"{name | We} know.", `Knead \*to\* Know\_it know.`, "We know."},
		{"At {address | our place}.", `At \# 12 \<Main>.`, "At our place."},
		{"{cancellation | Ask.}", `\{none\}`, "Ask."},
		{"{phone: PHONES and PHONE | x}", "PHONES and 616-555-0100", "x"},
		{"{phone:\ncall\nPHONE |\nask}", "call\n616-555-0100", "ask"},
		{`no \{phone | slot\} and {fax | none} {phone`, `no \{phone | slot\} and {fax | none} {phone`, `no \{phone | slot\} and {fax | none} {phone`},
	}
	for _, tt := range tests {
		if got := full.Place(tt.text); got != tt.with {
			t.Errorf("Place(%q) = %q, want %q", tt.text, got, tt.with)
		}
		if got := (Practice{}).Place(tt.text); got != tt.without {
			t.Errorf("Place(%q) unconfigured = %q, want %q", tt.text, got, tt.without)
		}
	}
}

// TestPlaceIsPlain: whatever a setting contains, it is shown as it is.
func TestPlaceIsPlain(t *testing.T) {
	for _, v := range []string{
		"A*B*C_d_", "[x](https://evil.example)", "<b>bold</b>", "`code`", "1. one", "# head", "- item", "a \\ b",
		"&amp; &copy; & co", "~~no~~", "![i](x)", "{phone | x}", "> quote", "50 % | half", "Moe's #1!", "javascript:alert(1)",
	} {
		got := Plain(Practice{Name: v}.Place("{name | we}"))
		if got != v {
			t.Errorf("a practice named %q is shown as %q", v, got)
		}
	}
}

func TestPlaceLeavesItsInput(t *testing.T) {
	ps := []Passage{{Text: "{phone | x}"}}
	got := Place(ps, Practice{Phone: "1"})
	if ps[0].Text != "{phone | x}" || got[0].Text != "1" {
		t.Errorf("Place changed its input to %q and gave %q", ps[0].Text, got[0].Text)
	}
}

func TestExpire(t *testing.T) {
	day := time.Date(2027, 5, 20, 0, 0, 0, 0, time.UTC)
	ps := []Passage{
		{ID: "money", Topic: Cost, ReviewBy: day},
		{ID: "care", Topic: Session, Care: true, ReviewBy: day},
		{ID: "safety", Topic: Safety, ReviewBy: day},
		{ID: "other", Topic: Session, ReviewBy: day},
		{ID: "no limit", Topic: Cost},
	}
	withheld := func(now time.Time) (ids []string) {
		for _, p := range Expire(ps, now) {
			if p.Unreviewed {
				ids = append(ids, p.ID)
			}
		}
		return ids
	}
	if got := withheld(day.Add(20 * time.Hour)); got != nil {
		t.Errorf("on the day itself %v are withheld, want none", got)
	}
	want := []string{"money", "care", "safety"}
	if diff := cmp.Diff(want, withheld(day.Add(49*time.Hour))); diff != "" {
		t.Errorf("two days later (-want +got):\n%s", diff)
	}
	if ps[0].Unreviewed {
		t.Error("Expire changed its input")
	}
}

var shown = []struct{ name, markdown, html, plain string }{
	{"paragraphs", "One **b** and *i*.\nSoft.\n\nTwo\\\nhard.", "<p>One <strong>b</strong> and <em>i</em>.\nSoft.</p>\n<p>Two<br>\nhard.</p>", "One b and i. Soft.\n\nTwo\nhard."},
	{"lists", "List:\n\n- one\n- two\n  - deep\n\n1. a\n2. b", "<p>List:</p>\n<ul>\n<li>one</li>\n<li>two\n<ul>\n<li>deep</li>\n</ul>\n</li>\n</ul>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>", "List:\n\n- one\n- two\n  - deep\n\n1. a\n2. b"},
	{"link", "See [NCCIH](https://nih.gov/x?a=1&b=2).", `<p>See <a href="https://nih.gov/x?a=1&amp;b=2" rel="nofollow noopener">NCCIH</a>.</p>`, "See NCCIH (https://nih.gov/x?a=1&b=2)."},
	{"bare link", "See https://nih.gov now.", `<p>See <a href="https://nih.gov" rel="nofollow noopener">https://nih.gov</a> now.</p>`, "See https://nih.gov now."},
	{"autolink", "<https://nih.gov>", `<p><a href="https://nih.gov" rel="nofollow noopener">https://nih.gov</a></p>`, "https://nih.gov"},
	{"phone", "[616-555-0100](tel:616-555-0100)", `<p><a href="tel:616-555-0100" rel="nofollow noopener">616-555-0100</a></p>`, "616-555-0100"},
	{"mail", "[us](mailto:a@b.example)", `<p><a href="mailto:a@b.example" rel="nofollow noopener">us</a></p>`, "us (mailto:a@b.example)"},
	{"script", "<script>alert(1)</script>\n\nx <b onclick=alert(1)>y</b>", "<p>x y</p>", "x y"},
	{"javascript link", "[x](javascript:alert(1)) [y](data:text/html,x) [z](/etc)", "<p>x y z</p>", "x (javascript:alert(1)) y (data:text/html,x) z (/etc)"},
	{"image", "a ![cat](https://x.example/c.png) b", "<p>a  b</p>", "a cat b"},
	{"heading", "# big", "big", "big"},
	{"entities", "5 &lt; 6 &amp; \\*so\\*", "<p>5 &lt; 6 &amp; *so*</p>", "5 < 6 & *so*"},
	{"code", "`a<b`", "<p><code>a&lt;b</code></p>", "a<b"},
	{"escape sequences", "a\x1b[31mred", "<p>a\x1b[31mred</p>", "a[31mred"},
	{"empty", "", "", ""},
}

func TestHTML(t *testing.T) {
	for _, tt := range shown {
		if got := HTML(tt.markdown); got != tt.html {
			t.Errorf("%s: HTML(%q) = %q, want %q", tt.name, tt.markdown, got, tt.html)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, tt := range shown {
		if got := Plain(tt.markdown); got != tt.plain {
			t.Errorf("%s: Plain(%q) = %q, want %q", tt.name, tt.markdown, got, tt.plain)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, tt := range shown {
		f.Add(tt.markdown)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		html := strings.ToLower(HTML(markdown))
		for _, live := range []string{"<script", "<img", "<iframe", "<style", "<svg", "href=\"javascript", "href=\"data", "<b ", "<form"} {
			if strings.Contains(html, live) {
				t.Errorf("HTML(%q) = %q, which contains %s", markdown, html, live)
			}
		}
		Plain(markdown)
	})
}

// FuzzEscape: text that is escaped is shown as it was.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"a*b", "1. x", "- x", "&amp;", "\\", "+ 1", "10) x", "a_b_c", "---", "=", "http://x.example"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7F && r < 0xA0 }) {
			return
		}
		if got := Plain(Escape(text)); got != text {
			t.Errorf("Plain(Escape(%q)) = %q", text, got)
		}
	})
}

func BenchmarkHTML(b *testing.B) {
	text := "It **depends** on your plan. Ask [them](https://example.com/a).\n\n- one\n- two\n\n" + strings.Repeat("Some more words of an answer. ", 12)
	for b.Loop() {
		HTML(text)
	}
}
