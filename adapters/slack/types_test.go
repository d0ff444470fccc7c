//go:build conformance

package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const typesURL = "file:///slack-types.json"

// schemaText is the schema made from @slack/types, which takes a while.
var schemaText = sync.OnceValues(func() ([]byte, error) {
	node := exec.Command("node", "schema.mjs")
	node.Dir = peerFolder
	node.Stderr = os.Stderr
	return node.Output()
})

// slackTypes is that schema, and a way to compile one of its definitions.
func slackTypes(t *testing.T) (map[string]any, func(definition string) *jsonschema.Schema) {
	t.Helper()
	needPeers(t)
	out, err := schemaText()
	if err != nil {
		t.Fatalf("make the schema: %v", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(typesURL, doc); err != nil {
		t.Fatal(err)
	}
	return doc.(map[string]any), func(definition string) *jsonschema.Schema {
		schema, err := c.Compile(typesURL + "#/definitions/" + definition)
		if err != nil {
			t.Fatal(err)
		}
		return schema
	}
}

// TestConformancePayloadsAreSlackTypes holds every payload of the stories against Slack's
// own types.
func TestConformancePayloadsAreSlackTypes(t *testing.T) {
	_, compile := slackTypes(t)
	message, modal, home := compile("Message"), compile("Modal"), compile("Home")
	files, err := filepath.Glob("testdata/stories/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no payloads", err)
	}
	seen := 0
	for _, file := range files {
		for n, c := range recorded(t, file) {
			for _, p := range payloadsIn(c) {
				schema := map[string]*jsonschema.Schema{"message": message, "modal": modal, "home": home}[p.kind]
				if err := schema.Validate(p.value); err != nil {
					t.Errorf("%s, payload %d: %v", file, n+1, err)
				}
				seen++
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d payloads in the stories", seen)
	}
	for i, bad := range []string{
		`{"blocks":[{"type":"section","text":{"type":"markdown","text":"x"}}]}`,
		`{"blocks":[{"type":"header"}]}`,
		`{"blocks":[{"type":"actions","elements":[{"type":"button","action_id":5,"text":{"type":"plain_text","text":"x"}}]}]}`,
		`{"blocks":[{"type":"nonsense"}]}`,
	} {
		v, _ := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if message.Validate(v) == nil {
			t.Errorf("bad payload %d is let through: the check is worth nothing", i)
		}
	}
}

// recorded are the calls in a golden file.
func recorded(t *testing.T, file string) []map[string]any {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	for {
		var c map[string]any
		if err := d.Decode(&c); errors.Is(err, io.EOF) {
			return out
		} else if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, c)
	}
}

type payload struct {
	kind  string
	value any
}

// payloadsIn are the messages and views in a call.
func payloadsIn(c map[string]any) []payload {
	var out []payload
	for _, args := range c {
		in, _ := args.(map[string]any)
		if b, ok := in["blocks"]; ok {
			out = append(out, payload{"message", map[string]any{"blocks": b}})
		}
		if v, ok := in["view"].(map[string]any); ok {
			out = append(out, payload{str(v, "type"), v})
		}
		unfurls, _ := in["unfurls"].(map[string]any)
		for _, u := range unfurls {
			out = append(out, payload{"message", map[string]any{"blocks": u.(map[string]any)["blocks"]}})
		}
	}
	return out
}

var (
	inNumbers = regexp.MustCompile(`(?i)max(?:imum)? (?:length|number)[^.]*?([\d,]+)|maximum of ([\d,]+)|up to ([\d,]+)`)
	whereSaid = map[string]string{
		"section.text.text": "SectionBlock.text", "section.fields#": "SectionBlock.fields", "header.text.text": "HeaderBlock.text",
		"context.elements#": "ContextBlock.elements", "actions.elements#": "ActionsBlock.elements", "input.label.text": "InputBlock.label",
		"button.text.text": "Button.text", "button.value": "Button.value", "button.accessibility_label": "Button.accessibility_label",
		"confirm.title.text": "ConfirmationDialog.title", "confirm.text.text": "ConfirmationDialog.text", "confirm.confirm.text": "ConfirmationDialog.confirm",
		"modal.title.text": "Modal.title", "modal.submit.text": "Modal.submit", "modal.close.text": "Modal.close", "modal.blocks#": "ModalView.blocks",
		"modal.private_metadata": "Modal.private_metadata", "modal.callback_id": "Modal.callback_id",
		"radio_buttons.options#": "RadioButtons.options", "plain_text_input.placeholder.text": "PlainTextInput.placeholder",
		"*.block_id": "SectionBlock.block_id", "*.action_id": "Button.action_id",
	}
)

// TestConformanceLimitsAreDocumented reads the numbers in the documentation of Slack's types
// and compares them with our table.
func TestConformanceLimitsAreDocumented(t *testing.T) {
	doc, _ := slackTypes(t)
	definitions := doc["definitions"].(map[string]any)
	compared := 0
	for _, l := range documented {
		said := describe(definitions, whereSaid[l.path])
		m := inNumbers.FindStringSubmatch(said)
		if m == nil {
			continue
		}
		n, err := strconv.Atoi(strings.ReplaceAll(m[1]+m[2]+m[3], ",", ""))
		if err != nil || n != l.max {
			t.Errorf("%s: %d in our table, Slack says %q", l.path, l.max, said)
		}
		compared++
	}
	if compared < 12 {
		t.Errorf("only %d of %d limits were found in Slack's documentation", compared, len(documented))
	}
	t.Logf("%d of %d limits are as Slack documents them", compared, len(documented))
}

// describe is the description of a property, "Button.text".
func describe(definitions map[string]any, where string) string {
	name, property, _ := strings.Cut(where, ".")
	d, _ := definitions[name].(map[string]any)
	properties, _ := d["properties"].(map[string]any)
	p, _ := properties[property].(map[string]any)
	s, _ := p["description"].(string)
	return s
}
