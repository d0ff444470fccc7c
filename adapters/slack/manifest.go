package slack

import (
	"bytes"
	_ "embed"
	"fmt"
	"net/url"
	"strings"
	"text/template"
)

// ManifestConfig is what an app's manifest depends on. The zero value is an app
// that receives by Socket Mode and unfolds no links.
type ManifestConfig struct {
	Name string // of the app and its bot user; empty is "massagefaq"
	Base string // public web address, "https://faq.example.com": links to its answers unfold
	HTTP bool   // Slack sends signed requests to Base instead of using Socket Mode
}

// Manifest is the app's manifest in YAML, to be pasted into Slack. The error is
// for an address that Slack would not take.
func Manifest(m ManifestConfig) ([]byte, error) {
	data := struct {
		ManifestConfig
		Domain string
		Scopes []scope
		Events []string
	}{ManifestConfig: m, Scopes: scopes, Events: events}
	if data.Name == "" {
		data.Name = "massagefaq"
	}
	data.Base = strings.TrimRight(m.Base, "/")
	if m.Base != "" {
		u, err := url.Parse(m.Base)
		if err != nil || u.Host == "" || u.Scheme != "https" {
			return nil, fmt.Errorf("slack manifest: %q is not an https address", m.Base)
		}
		data.Domain = u.Hostname()
		data.Scopes, data.Events = append(data.Scopes[:len(scopes):len(scopes)], linkScopes...), append(events[:len(events):len(events)], "link_shared")
	} else if m.HTTP {
		return nil, fmt.Errorf("slack manifest: HTTP needs the public web address that Slack sends to")
	}
	var b bytes.Buffer
	if err := manifest.Execute(&b, data); err != nil {
		return nil, fmt.Errorf("slack manifest: %w", err)
	}
	return b.Bytes(), nil
}

//go:embed manifest.tmpl
var manifestText string

var manifest = template.Must(template.New("manifest").Parse(manifestText))

// scope is a permission that the bot token needs.
type scope struct {
	Name, Reason string
}

var scopes = []scope{
	{"app_mentions:read", "hear when it is mentioned in a channel"},
	{"assistant:write", "the assistant panel: prompts, status, titles"},
	{"channels:history", "follow the threads it answered in, their edits and deletions"},
	{"channels:read", "tell whether a channel is shared with others or has guests"},
	{"chat:write", "answer"},
	{"commands", "/massage and the message shortcut"},
	{"groups:history", "as channels:history, in private channels it was invited to"},
	{"groups:read", "as channels:read, in private channels it was invited to"},
	{"im:history", "hear direct messages to it"},
	{"mpim:history", "as channels:history, in group messages it was added to"},
	{"mpim:read", "as channels:read, in group messages it was added to"},
	{"users:read", "tell members from guests, strangers and bots"},
}

// linkScopes are needed once there is a web address with answers to link to.
var linkScopes = []scope{
	{"links:read", "see links to our own answers"},
	{"links:write", "show the answer below such a link"},
}

// events are what the app subscribes to.
var events = []string{
	"app_home_opened",
	"app_mention",
	"app_uninstalled",
	"member_joined_channel",
	"message.channels",
	"message.groups",
	"message.im",
	"message.mpim",
	"tokens_revoked",
}
