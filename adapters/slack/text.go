package slack

import (
	"encoding/json"
	"regexp"
	"strings"
)

// spoken is what someone wrote, as text: links by their label, mentions by their
// name, Slack's escapes undone. mention is true when it speaks to the user self,
// others when it speaks to someone else. A message without text is read from its
// blocks or attachments.
func spoken(e event, self string) (text string, mention, others bool) {
	raw := e.Text
	if strings.TrimSpace(raw) == "" {
		raw = blockText(e.Blocks) + " " + blockText(e.Attachments)
	}
	text = token.ReplaceAllStringFunc(raw, func(t string) string {
		id, user := strings.CutPrefix(t[1:len(t)-1], "@")
		id, _, _ = strings.Cut(id, "|")
		mention = mention || user && id == self
		others = others || user && id != self
		if user && id == self {
			return " "
		}
		return tokenText(t[1 : len(t)-1])
	})
	text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
	return strings.TrimSpace(gaps.ReplaceAllString(text, " ")), mention, others
}

// gaps are left where a mention was.
var gaps = regexp.MustCompile(`  +`)

// token is Slack's markup for a link or a mention.
var token = regexp.MustCompile(`<[^<>\s][^<>\n]*>`)

// tokenText is what a reader sees of a token.
func tokenText(t string) string {
	target, name, named := strings.Cut(t, "|")
	switch {
	case named && target != "" && target[0] == '#':
		return "#" + name
	case named && target != "" && target[0] == '@':
		return "@" + strings.TrimPrefix(name, "@")
	case named:
		return name
	case strings.HasPrefix(target, "!"):
		return "@" + strings.TrimPrefix(target, "!")
	case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"):
		return ""
	}
	return strings.TrimPrefix(target, "mailto:")
}

// maxBlockText bounds the text read from blocks, in bytes. The bot looks at
// 2,000 characters.
const maxBlockText = 10_000

// blockText gathers the text of blocks or attachments, of whatever kind: every
// string under a key that holds text for people.
func blockText(data json.RawMessage) string {
	var v any
	if len(data) == 0 || json.Unmarshal(data, &v) != nil {
		return ""
	}
	var b strings.Builder
	gatherText(v, &b)
	return b.String()
}

func gatherText(v any, b *strings.Builder) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			gatherText(e, b)
		}
	case map[string]any:
		if id, ok := v["user_id"].(string); ok {
			b.WriteString("<@" + id + ">")
		}
		for _, key := range []string{"pretext", "title", "text", "fields", "elements", "blocks"} {
			if s, ok := v[key].(string); ok && b.Len() < maxBlockText {
				b.WriteString(s)
				continue
			}
			gatherText(v[key], b)
		}
		if t, _ := v["type"].(string); strings.HasPrefix(t, "rich_text_") || t == "section" {
			b.WriteByte('\n')
		}
	}
}

// hasFiles reports whether a file came with the message.
func (e event) hasFiles() bool {
	var files []json.RawMessage
	return json.Unmarshal(e.Files, &files) == nil && len(files) > 0
}

// What people say to us about the conversation itself.
var (
	hush     = regexp.MustCompile(`(?i)^(ok(ay)?,? |please,? |now )*(be |stay |keep |go )?(quiet|silent|shush|hush|shut up|stop|stop (it|that|replying|answering|talking|following)|go away|leave (us|me|it) alone|unfollow|mute|enough|that'?s enough|stay out( of this)?|butt out)( now| here| please| in this thread| this thread| bot)*[.! ]*$`)
	farewell = regexp.MustCompile(`(?i)\b(thanks?|thank you|thx|ty|cheers|that'?s all|all set|all good|bye|goodbye|done|solved|sorted|got it|never ?mind)\b`)
	howto    = regexp.MustCompile(`(?i)^(help|how|\?+|hello\?*)?[.!? ]*$`)
	asks     = regexp.MustCompile(`(?i)\?\s*$|^(who|what|when|where|why|how|which|can|could|do|does|did|is|are|will|would|should|may|has|have)\b`)
)
