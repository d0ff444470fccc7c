package discord

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// descriptionEnv names the file with Discord's OpenAPI description, against which
// every body that any test here sends is checked. Without it the tests run all
// the same.
const descriptionEnv = "DISCORD_OPENAPI"

// description is Discord's own, compiled as far as it was needed.
var description struct {
	sync.Mutex
	compiler *jsonschema.Compiler
	paths    map[string]map[string]any // by path with its parameters' names removed
	schemas  map[string]*jsonschema.Schema
	used     map[string]bool
}

// undescribed lists how a body differs from Discord's description of the route.
func undescribed(t testing.TB, method, route string, body any) []string {
	file := os.Getenv(descriptionEnv)
	if file == "" {
		return nil
	}
	description.Lock()
	defer description.Unlock()
	if description.compiler == nil {
		loadDescription(t, file)
	}
	schema := describe(t, method, route)
	if schema == nil {
		return []string{"route is not described"}
	}
	if err := schema.Validate(body); err != nil {
		return []string{err.Error()}
	}
	return nil
}

const descriptionURL = "file:///discord-openapi.json"

func loadDescription(t testing.TB, file string) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatalf("%s: %v", descriptionEnv, err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatalf("%s: %v", descriptionEnv, err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource(descriptionURL, doc); err != nil {
		t.Fatalf("%s: %v", descriptionEnv, err)
	}
	description.compiler, description.schemas, description.used = c, map[string]*jsonschema.Schema{}, map[string]bool{}
	description.paths = map[string]map[string]any{}
	for path, item := range doc.(map[string]any)["paths"].(map[string]any) {
		description.paths[nameless(path)] = map[string]any{"path": path, "item": item}
	}
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

func nameless(path string) string { return parameter.ReplaceAllString(path, "{}") }

// describe is the schema of the JSON body of a route, or nil.
func describe(t testing.TB, method, route string) *jsonschema.Schema {
	key := method + " " + nameless(route)
	if s, ok := description.schemas[key]; ok {
		return s
	}
	at := description.paths[nameless(route)]
	if at == nil {
		return nil
	}
	escaped := strings.NewReplacer("~", "~0", "/", "~1").Replace(at["path"].(string))
	pointer := "/paths/" + escaped + "/" + strings.ToLower(method) + "/requestBody/content/application~1json/schema"
	s, err := description.compiler.Compile(descriptionURL + "#" + pointer)
	if err != nil {
		t.Errorf("compile description of %s: %v", key, err)
	}
	description.schemas[key] = s
	return s
}

// The description must be able to refuse, or checking against it means nothing.
func TestDescription(t *testing.T) {
	if os.Getenv(descriptionEnv) == "" {
		t.Skipf("SKIPPED: requests are not checked against Discord's own description, since %s is not set", descriptionEnv)
	}
	for _, c := range []struct {
		method, route, body string
		good                bool
	}{
		{"POST", "/channels/{c}/messages", `{"flags":32768,"allowed_mentions":{"parse":[]},"components":[{"type":10,"content":"x"}]}`, true},
		{"POST", "/channels/{c}/messages", `{"flags":32768,"allowed_mentions":{"parse":[]},"components":[{"type":10,"content":""}]}`, false},
		{"POST", "/channels/{c}/messages", `{"components":[{"type":1,"components":[{"type":2,"style":1,"label":"` + strings.Repeat("x", 81) + `","custom_id":"a"}]}]}`, false},
		{"POST", "/interactions/{i}/{t}/callback", `{"type":9,"data":{"custom_id":"a","title":"` + strings.Repeat("x", 46) + `","components":[]}}`, false},
		{"POST", "/applications/{a}/commands", `{"name":"massage","description":"x"}`, true},
		{"POST", "/applications/{a}/commands", `{"name":"massage","description":"` + strings.Repeat("x", 101) + `"}`, false},
	} {
		var body any
		if err := json.Unmarshal([]byte(c.body), &body); err != nil {
			t.Fatal(err)
		}
		if p := undescribed(t, c.method, c.route, body); (len(p) == 0) != c.good {
			t.Errorf("%s %s %.60s: good = %v, want %v: %v", c.method, c.route, c.body, len(p) == 0, c.good, p)
		}
	}
}
