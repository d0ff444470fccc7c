package discord

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the stories with what happens now")

// Stories are what people do and what they then see, as text. A line that begins
// with ">" is done; what follows it is what the bot did about it.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			told, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := tell(t, string(told))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(told), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("story goes otherwise (-want +got; -update rewrites it):\n%s", diff)
			}
		})
	}
}

// tell does what the story says and writes down what happens.
func tell(t *testing.T, story string) string {
	s := &storyteller{world: newWorld(t, func(c *Config) { c.Forums = []string{forum} })}
	s.fake.channels[forum] = map[string]any{"id": forum, "type": 15, "name": "help", "guild_id": fakeGuild,
		"available_tags": []any{map[string]any{"id": "500000000000000001", "name": "Insurance"}, map[string]any{"id": "500000000000000002", "name": "Solved"}}}
	s.settle()
	s.happened("")
	var out strings.Builder
	for line := range strings.Lines(story) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
			out.WriteString(line + "\n")
		case strings.HasPrefix(line, "> "):
			out.WriteString("\n" + line + "\n")
			out.WriteString(s.do(strings.TrimPrefix(line, "> ")))
		}
	}
	return out.String()
}

type storyteller struct {
	*world
	told int    // requests that were told
	seen int    // messages that people saw
	form string // custom id of the modal on the screen
	post string // id of the latest forum post
}

var step = regexp.MustCompile(`^(ana|ben|mod)(?: in (#general|DM|the post))? (says|replies|asks|asks privately|types|looks up|presses|posts|writes|runs): ?(.*)$`)

func (s *storyteller) do(line string) string {
	s.t.Helper()
	if line == "restart" {
		s.end()
		s.make(func(c *Config) { c.Forums = []string{forum} })
		s.run()
		s.settle()
		s.happened("")
		return "the bot starts again\n"
	}
	m := step.FindStringSubmatch(line)
	if m == nil {
		s.t.Fatalf("story: cannot read %q", line)
	}
	who := map[string]string{"ana": ana, "ben": ben, "mod": mod}[m[1]]
	where := map[string]string{"#general": general, "DM": directly, "the post": s.post, "": general}[m[2]]
	text := strings.ReplaceAll(strings.ReplaceAll(m[4], "@faq", "<@"+fakeApp+">"), `\n`, "\n")
	switch m[3] {
	case "says":
		s.fake.emit("MESSAGE_CREATE", s.said(who, where, text, nil))
	case "replies":
		s.fake.emit("MESSAGE_CREATE", s.said(who, where, text, s.last))
	case "asks":
		s.ask(who, where, text)
	case "asks privately":
		s.ask(who, where, text, opt("private", true))
	case "types":
		s.interact(s.interactionFrom(who, where, discordgo.InteractionApplicationCommandAutocomplete, slash("ask", opt("question", text))))
	case "looks up":
		s.lookUp(who, where, text)
	case "runs":
		s.interact(s.interactionFrom(who, where, discordgo.InteractionApplicationCommand, slash(text)))
	case "presses":
		s.press(who, where, text)
	case "writes":
		in := s.interactionFrom(who, where, discordgo.InteractionModalSubmit, map[string]any{"custom_id": s.form,
			"components": []any{map[string]any{"type": 1, "components": []any{map[string]any{"type": 4, "custom_id": "comment", "value": text}}}}})
		in["message"] = s.last
		s.interact(in)
	case "posts":
		s.forumPost(who, text)
	}
	s.settle()
	return s.happened(m[1])
}

// forumPost begins a post in the forum: "heading | text".
func (s *storyteller) forumPost(who, text string) {
	heading, body, _ := strings.Cut(text, " | ")
	m := s.said(who, general, body, nil)
	s.post = m["id"].(string)
	m["channel_id"] = s.post
	s.fake.mu.Lock()
	s.fake.channels[s.post] = map[string]any{"id": s.post, "type": 11, "name": heading, "parent_id": forum, "owner_id": who, "applied_tags": []any{}}
	s.fake.mu.Unlock()
	s.fake.emit("MESSAGE_CREATE", m)
}

// happened tells the requests since the last step.
func (s *storyteller) happened(who string) string {
	s.fake.mu.Lock()
	defer s.fake.mu.Unlock()
	var out strings.Builder
	for _, r := range s.fake.requests[s.told:] {
		if r.Method == "GET" || s.settling(r) {
			continue
		}
		out.WriteString(s.happening(r, who))
	}
	s.told = len(s.fake.requests)
	for _, m := range s.fake.messages[s.seen:] {
		s.see(m)
	}
	s.seen = len(s.fake.messages)
	if out.Len() == 0 {
		return "the bot stays quiet\n"
	}
	return out.String()
}

// settling reports whether the request answers the settler.
func (s *storyteller) settling(r request) bool {
	for token, in := range s.fake.interactions {
		if strings.Contains(r.Path, token) {
			return in.settles
		}
	}
	return false
}

func (s *storyteller) happening(r request, who string) string {
	body, _ := r.Body.(map[string]any)
	failed := ""
	if r.Status >= 400 {
		failed = fmt.Sprintf(" (Discord says %d)", r.Status)
	}
	switch {
	case strings.HasSuffix(r.Path, "/callback"):
		return s.answered(body, who) + failed
	case strings.HasSuffix(r.Path, "/@original"):
		return "the answer becomes" + failed + "\n" + draw(body)
	case strings.HasPrefix(r.Path, "/webhooks/"):
		return "and then" + audience(body, who) + failed + "\n" + draw(body)
	case strings.HasSuffix(r.Path, "/messages"):
		how := "the bot writes"
		if body["message_reference"] != nil {
			how = "the bot replies"
		}
		if int(number(body["flags"]))&(1<<12) != 0 {
			how += " quietly"
		}
		return how + failed + "\n" + draw(body)
	case r.Method == "PATCH":
		return fmt.Sprintf("the post gets the tags %v%s\n", body["applied_tags"], failed)
	}
	return fmt.Sprintf("%s %s%s\n", r.Method, r.Path, failed)
}

func (s *storyteller) answered(body map[string]any, who string) string {
	data, _ := body["data"].(map[string]any)
	switch number(body["type"]) {
	case 4:
		return "the bot answers" + audience(data, who) + "\n" + draw(data)
	case 5:
		return "the bot thinks\n"
	case 6:
		return "the bot works on it\n"
	case 7:
		return "the message becomes\n" + draw(data)
	case 8:
		var b strings.Builder
		b.WriteString("Discord offers\n")
		for _, c := range data["choices"].([]any) {
			fmt.Fprintf(&b, "  | %s\n", c.(map[string]any)["name"])
		}
		return b.String()
	case 9:
		s.form, _ = data["custom_id"].(string)
		row := data["components"].([]any)[0].(map[string]any)["components"].([]any)[0].(map[string]any)
		return fmt.Sprintf("a form opens\n  | %s\n  | %s: [%s]\n", data["title"], row["label"], row["placeholder"])
	}
	return show(body)
}

func audience(body map[string]any, who string) string {
	if isPrivate(body) {
		return ", only " + who + " sees it"
	}
	return ""
}

// draw is a message as text.
func draw(body map[string]any) string {
	var b strings.Builder
	drawParts(&b, body["components"])
	return b.String()
}

func drawParts(b *strings.Builder, v any) {
	list, _ := v.([]any)
	for _, x := range list {
		c := x.(map[string]any)
		switch number(c["type"]) {
		case 17:
			drawParts(b, c["components"])
		case 10:
			for line := range strings.Lines(c["content"].(string)) {
				fmt.Fprintf(b, "  | %s\n", strings.TrimRight(line, "\n"))
			}
		case 14:
			b.WriteString("  | ---\n")
		case 1:
			drawRow(b, c["components"].([]any))
		default:
			fmt.Fprintf(b, "  | ? %v\n", c)
		}
	}
}

func drawRow(b *strings.Builder, parts []any) {
	var buttons []string
	for _, x := range parts {
		c := x.(map[string]any)
		if number(c["type"]) == 3 {
			fmt.Fprintf(b, "  | [%s v]\n", c["placeholder"])
			for _, o := range c["options"].([]any) {
				option := o.(map[string]any)
				fmt.Fprintf(b, "  |    %s", option["label"])
				if d, _ := option["description"].(string); d != "" {
					fmt.Fprintf(b, " (%s)", d)
				}
				b.WriteString("\n")
			}
			continue
		}
		label := fmt.Sprint(c["label"])
		if c["disabled"] == true {
			label += ", switched off"
		}
		if u, ok := c["url"].(string); ok {
			label += " -> " + u
		}
		buttons = append(buttons, "["+label+"]")
	}
	if len(buttons) > 0 {
		fmt.Fprintf(b, "  | %s\n", strings.Join(buttons, " "))
	}
}
