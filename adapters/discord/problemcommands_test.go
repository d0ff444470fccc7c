package discord

import (
	"fmt"
	"regexp"
)

var commandName = regexp.MustCompile(`^[-_'\p{Ll}\p{N}]{1,32}$`)

func commandProblems(c map[string]any) []string {
	if c == nil {
		return nil
	}
	var out []string
	name, _ := c["name"].(string)
	if number(c["type"]) == 3 {
		out = append(out, length("menu name", name, 1, 32)...)
		if c["description"] != nil || c["options"] != nil {
			out = append(out, "a context menu has a description or options")
		}
		return out
	}
	return append(out, optionProblems(c)...)
}

func optionProblems(c map[string]any) []string {
	var out []string
	name, _ := c["name"].(string)
	if !commandName.MatchString(name) {
		out = append(out, fmt.Sprintf("name %q is not allowed", name))
	}
	out = append(out, length("description of "+name, c["description"], 1, 100)...)
	for _, key := range []string{"name_localizations", "description_localizations"} {
		m, _ := c[key].(map[string]any)
		for locale, v := range m {
			if key == "name_localizations" && !commandName.MatchString(v.(string)) {
				out = append(out, fmt.Sprintf("name %q is not allowed in %s", v, locale))
			}
			out = append(out, length(key+" "+locale, v, 1, 100)...)
		}
	}
	list, _ := c["options"].([]any)
	optional := false
	for _, o := range list {
		m := o.(map[string]any)
		out = append(out, optionProblems(m)...)
		if m["required"] == true && optional {
			out = append(out, "a required option comes after an optional one")
		}
		optional = optional || m["required"] != true
	}
	return out
}
