package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// questionFiles are the sets that the golden scores are taken on.
func questionFiles(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob("testdata/questions/*.jsonl")
	if err != nil || len(files) != 3 {
		tb.Fatalf("question files: %v, %v", files, err)
	}
	return files
}

func TestReadQuestionFiles(t *testing.T) {
	want := map[string]map[Kind]int{
		"dev.jsonl":           {Question: 120},
		"followups_dev.jsonl": {Followup: 15},
		"safety_dev.jsonl": {OutOfScope: 53, RedFlag: 42, RedFlagNear: 28, Contraindication: 21,
			Adversarial: 21, SmallTalk: 18, Privacy: 14},
	}
	for _, file := range questionFiles(t) {
		rows, err := ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := map[Kind]int{}
		for _, row := range rows {
			got[row.Kind]++
		}
		if diff := cmp.Diff(want[filepath.Base(file)], got); diff != "" {
			t.Errorf("%s: kinds (-want +got):\n%s", file, diff)
		}
	}
}

func TestReadRow(t *testing.T) {
	rows, err := Read(strings.NewReader("\uFEFF\n"+
		`{"id":"f","channel":"slack","turns":[{"text":"hi","must":["a\\b"]},{"text":"and?","must":["c"],"alt_must":["d"]}]}`+"\n\n"+
		`{"id":"s","kind":"redflag","text":"help","expect":"urgent","resource":"988","seed_point":"ignored"}`+"\n"+
		`{"id":"b","kind":"adversarial","text":"?","bytes_b64":"wyg=","no_echo":["x"]}`), "rows.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	f, s, b := rows[0], rows[1], rows[2]
	if f.Kind != Followup || f.Channel != bot.Slack || f.Line != 2 || len(f.Turns) != 2 {
		t.Errorf("conversation read as %+v", f)
	}
	if diff := cmp.Diff([]string{`a\b`}, f.Turns[0].Must.Strings()); diff != "" {
		t.Errorf("must (-want +got):\n%s", diff)
	}
	if s.Resource != knowledge.Crisis988 || s.Channel != bot.Web || s.Line != 4 {
		t.Errorf("red flag read as %+v", s)
	}
	if b.Turns[0].Text != "\xc3(" || b.Expect != "harmless" {
		t.Errorf("bytes read as %+v", b)
	}
}

// Every bad row is named with its line, and good ones beside it do not hide it.
func TestReadNamesBadRows(t *testing.T) {
	tests := []struct{ row, want string }{
		{`{"id":"x","text":"?","must":["(a"]}`, "must: error parsing regexp: missing closing )"},
		{`{"id":"x","text":"?","must":["(?=a)"]}`, "must: error parsing regexp: invalid or unsupported Perl syntax"},
		{`{"id":"x","text":"?","must":["a"],"alt_must":["*"]}`, "alt_must: error parsing regexp"},
		{`{"id":"x","text":"?"}`, "neither must nor passages: nothing to judge the answer by"},
		{`{"id":"x","must":["a"]}`, "no text"},
		{`{"text":"?","must":["a"]}`, "no id"},
		{`{"id":"x","text":"?","kind":"riddle"}`, `unknown kind "riddle" (want one of [question`},
		{`{"id":"x","text":"?","must":["a"],"channel":"fax"}`, `unknown channel "fax" (want one of [web`},
		{`{"id":"x","text":"?","kind":"redflag","expect":"normal"}`, `a row of kind redflag cannot expect "normal"`},
		{`{"id":"x","text":"?","kind":"redflag","resource":"999"}`, `unknown resource "999"`},
		{`{"id":"x","text":"?","kind":"oos","also_ok":["shrug"]}`, `unknown also_ok "shrug"`},
		{`{"id":"x","turns":[]}`, "no turns"},
		{`{"id":"x","turns":[{"text":"a","must":["a"]},{"text":"b"}]}`, "turn 2: neither must nor passages"},
		{`{"id":"x","text":"a","turns":[{"text":"a","must":["a"]}]}`, "text beside turns"},
		{`{"id":"x","kind":"oos","text":"a","turns":[{"text":"a"}]}`, "a row of kind oos has no turns"},
		{`{"id":"x","text":"a"`, "unexpected end of JSON input"},
		{`{"id":"x","text":7,"must":["a"]}`, "unexpected number in text"},
		{`{"id":"x","turns":{}}`, "unexpected object in turns"},
		{`7`, "unexpected number in row"},
		{`{"id":"ok","text":"?","must":["a"]}`, `id "ok" is taken by line 1`},
	}
	for _, tt := range tests {
		in := `{"id":"ok","text":"?","must":["a"]}` + "\n" + tt.row + "\n" + `{"id":"z"}`
		rows, err := Read(strings.NewReader(in), "q.jsonl")
		if err == nil || rows != nil {
			t.Errorf("%s: read as %v, want an error", tt.row, rows)
			continue
		}
		for _, want := range []string{"q.jsonl:2: " + tt.want[:1], tt.want, "q.jsonl:3: no text"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %q, want %q", tt.row, err, want)
			}
		}
	}
	if _, err := Read(strings.NewReader("\n"), "q.jsonl"); err == nil || err.Error() != "q.jsonl: no rows" {
		t.Errorf("empty file: error %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range questionFiles(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for i, line := range bytes.Split(data, []byte("\n")) {
			if i%10 == 0 {
				f.Add(line)
			}
		}
	}
	f.Add([]byte(`{"id":"x","turns":[{"text":"a","must":["a"]},{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := Read(bytes.NewReader(data), "fuzz")
		if (err == nil) != (len(rows) > 0) {
			t.Fatalf("%d rows with error %v", len(rows), err)
		}
		for _, row := range rows {
			if row.ID == "" || row.Line < 1 || len(row.Turns) == 0 || expectations[row.Kind] == nil {
				t.Fatalf("unusable row %+v", row)
			}
			for _, turn := range row.Turns {
				// Any reply can be judged, and no single one is two things at once.
				v := judge(row, turn, bot.Reply{Kind: bot.Answer, Text: string(data), Passages: []bot.Found{{}}})
				if v.Right && (v.Wrong || v.Alarm || !v.Shown) || v.Wrong && v.Alarm {
					t.Fatalf("verdict %+v", v)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("testdata/questions/safety_dev.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read(bytes.NewReader(data), "bench"); err != nil {
			b.Fatal(err)
		}
	}
}
