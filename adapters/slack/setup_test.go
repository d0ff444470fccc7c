package slack

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// TestManifestFile holds manifest.yaml against what "slack manifest" prints.
func TestManifestFile(t *testing.T) {
	got, err := Manifest(ManifestConfig{})
	if err != nil {
		t.Fatal(err)
	}
	want, _ := os.ReadFile("manifest.yaml") // missing counts as empty
	compare(t, "manifest.yaml", want, got)
}

func TestManifestOfBadAddresses(t *testing.T) {
	for _, m := range []ManifestConfig{{HTTP: true}, {Base: "faq.example.com"}, {Base: "http://faq.example.com"}, {Base: "https://"}} {
		if got, err := Manifest(m); err == nil {
			t.Errorf("Manifest(%+v) = %s", m, got)
		}
	}
}

// manifestOf is a manifest as JSON values.
func manifestOf(t *testing.T, m ManifestConfig) map[string]any {
	t.Helper()
	text, err := Manifest(m)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := yaml.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return out.(map[string]any)
}

// manifestSchema names the file with Slack's own schema of manifests. Without it
// the rest of the test runs all the same.
const manifestSchema = "SLACK_MANIFEST_SCHEMA"

func TestManifests(t *testing.T) {
	var schema *jsonschema.Schema
	if file := os.Getenv(manifestSchema); file != "" {
		schema = compileManifestSchema(t, file)
	} else {
		t.Logf("manifests are not checked against Slack's own schema, since %s is not set", manifestSchema)
	}
	for name, m := range map[string]ManifestConfig{
		"socket":           {},
		"socket and links": {Base: "https://faq.example.com"},
		"http":             {Base: "https://faq.example.com/", HTTP: true, Name: "Lakeside FAQ"},
	} {
		v := manifestOf(t, m)
		if schema != nil {
			if err := schema.Validate(v); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		text, _ := Manifest(m)
		if n := strings.Count(string(text), "https://faq.example.com/slack/"); m.HTTP && n != 3 || !m.HTTP && n != 0 {
			t.Errorf("%s: %d request addresses", name, n)
		}
		if strings.Contains(string(text), "//slack") {
			t.Errorf("%s: an address with two slashes", name)
		}
	}
}

func compileManifestSchema(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatalf("%s: %v", manifestSchema, err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatalf("%s: %v", manifestSchema, err)
	}
	c := jsonschema.NewCompiler()
	c.UseRegexpEngine(tolerant)
	if err := c.AddResource("file:///manifest.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("file:///manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// tolerant compiles patterns without the lookahead that Go's regexp lacks.
func tolerant(s string) (jsonschema.Regexp, error) {
	re, err := regexp.Compile(regexp.MustCompile(`\(\?[!=][^)]*\)`).ReplaceAllString(s, ""))
	return re, err
}

// TestEveryScopeIsUsed ties the manifest's scopes to the methods and events that
// need them, so that none is there without reason.
func TestEveryScopeIsUsed(t *testing.T) {
	needs := map[string][]string{
		"app_mentions:read": {"app_mention"},
		"assistant:write":   {"assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts", "assistant.threads.setTitle"},
		"channels:history":  {"message.channels", "conversations.replies"},
		"channels:read":     {"conversations.info", "conversations.members", "member_joined_channel"},
		"chat:write":        {"chat.postMessage", "chat.update", "chat.delete"},
		"commands":          {"/massage"},
		"groups:history":    {"message.groups"},
		"groups:read":       {"conversations.info"},
		"im:history":        {"message.im", "conversations.history"},
		"mpim:history":      {"message.mpim"},
		"mpim:read":         {"conversations.info"},
		"users:read":        {"users.info", "users.list"},
		"links:read":        {"link_shared"},
		"links:write":       {"chat.unfurl"},
	}
	v := manifestOf(t, ManifestConfig{Base: "https://faq.example.com"})
	granted := v["oauth_config"].(map[string]any)["scopes"].(map[string]any)["bot"].([]any)
	if len(granted) != len(needs) {
		t.Errorf("%d scopes, %d with a use", len(granted), len(needs))
	}
	subscribed := v["settings"].(map[string]any)["event_subscriptions"].(map[string]any)["bot_events"].([]any)
	for _, g := range granted {
		for _, need := range needs[g.(string)] {
			if strings.Contains(need, "message.") || strings.HasSuffix(need, "_shared") || strings.HasPrefix(need, "app_") {
				if !slices.Contains(subscribed, any(need)) {
					t.Errorf("%s is for the event %s, which is not subscribed to", g, need)
				}
			}
		}
	}
}

func TestCheck(t *testing.T) {
	all := ""
	for _, s := range append(scopes, linkScopes...) {
		all += s.Name + ","
	}
	full := Config{AppToken: appToken, BotToken: botToken, SigningSecret: fakeSecret, HelpChannel: "CHELP", Base: "https://faq.example.com"}
	full.SigningSecret = strings.Repeat("0a", 16)
	var out strings.Builder
	for _, test := range []struct {
		name    string
		change  func(*Config)
		prepare func(*fakeSlack)
	}{
		{"all is well", func(*Config) {}, func(*fakeSlack) {}},
		{"nothing is set", func(c *Config) { *c = Config{} }, func(*fakeSlack) {}},
		{"tokens swapped", func(c *Config) { c.AppToken, c.BotToken = c.BotToken, c.AppToken }, func(*fakeSlack) {}},
		{"token revoked", func(*Config) {}, func(f *fakeSlack) { f.fail("auth.test", fault{err: "token_revoked"}) }},
		{"scopes missing and spare", func(*Config) {}, func(f *fakeSlack) {
			f.scopes = "app_mentions:read,chat:write,commands,files:write,im:history,users:read,channels:history,channels:read"
		}},
		{"app token without scope", func(*Config) {}, func(f *fakeSlack) { f.fail("apps.connections.open", fault{err: "missing_scope"}) }},
		{"Socket Mode off", func(*Config) {}, func(f *fakeSlack) { f.fail("apps.connections.open", fault{err: "socket_mode_not_enabled"}) }},
		{"not in the help channel", func(c *Config) { c.HelpChannel = "COUT" }, func(*fakeSlack) {}},
		{"help channel by name", func(c *Config) { c.HelpChannel = "#desk-help" }, func(*fakeSlack) {}},
		{"help channel shared", func(c *Config) { c.HelpChannel = "CEXT" }, func(*fakeSlack) {}},
		{"secret cut off", func(c *Config) { c.SigningSecret = "abc" }, func(*fakeSlack) {}},
		{"HTTP only, no help", func(c *Config) { c.AppToken, c.HelpChannel = "", "" }, func(*fakeSlack) {}},
	} {
		f := newFakeSlack(t)
		f.scopes = strings.Trim(all, ",")
		test.prepare(f)
		cfg := full
		test.change(&cfg)
		cfg.APIURL, cfg.Pause = f.api(), 1
		out.WriteString(test.name + "\n")
		err := Check(t.Context(), cfg, &out)
		if err != nil {
			out.WriteString("error " + err.Error() + "\n")
		}
		out.WriteString("\n")
		if (err == nil) == strings.Contains(out.String()[strings.LastIndex(out.String(), test.name):], "FIX") {
			t.Errorf("%s: error %v does not go with what is written", test.name, err)
		}
	}
	want, _ := os.ReadFile("testdata/check.txt") // missing counts as empty
	compare(t, "testdata/check.txt", want, []byte(out.String()))
}

// TestReadmeQuotesUs makes sure that the messages of ours which the README
// explains are ones we have.
func TestReadmeQuotesUs(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, glob := range []string{"*.go", "*.tmpl"} {
		files, err := filepath.Glob(glob)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(text)
		}
	}
	quoted := regexp.MustCompile("`slack is off: ([^`]+)`|`(slack: [^`]+)`|\"(I [^\"]+\\.|Public answers only: )").FindAllStringSubmatch(string(readme), -1)
	if len(quoted) < 7 {
		t.Errorf("only %d messages of ours in the README", len(quoted))
	}
	for _, m := range quoted {
		if text := m[1] + m[2] + m[3]; !strings.Contains(source.String(), text) {
			t.Errorf("the README explains %q, which nothing says", text)
		}
	}
	for _, s := range append(scopes, linkScopes...) {
		if !strings.Contains(string(readme), "`"+s.Name+"`") {
			t.Errorf("the README gives no reason for the scope %s", s.Name)
		}
	}
}
