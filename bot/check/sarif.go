package check

import (
	"maps"
	"net/url"
	"slices"
)

// Rules says what each rule looks for, by its name.
var Rules = map[string]string{
	"format":        "Content has the form that can be read",
	"duplicate":     "Each question leads to one passage",
	"retrieval":     "Each phrasing finds its own passage",
	"contradiction": "Passages give the same numbers for the same thing",
	"claim":         "No answer claims what the evidence does not support",
	"length":        "Answers are short enough to be read and long enough to help",
	"reading":       "Answers are easy to read",
	"source":        "Money and safety answers name their sources",
	"review":        "Every answer was reviewed, and the review still holds",
	"safety":        "Every example in safety.yaml is recognised as it says",
	"staff":         "The public reaches no staff passage",
	"link":          "Links in answers lead somewhere on every channel",
	"portable":      "Markdown looks the same in Slack, in Discord and on the web",
	"phrasings":     "Each passage says how people ask for it",
}

// The parts of SARIF 2.1.0 that a report needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		Level     Severity        `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
)

func (r Report) sarif(root string) sarifLog {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "massagefaq check"}}, Results: []sarifResult{}}
	for _, name := range slices.Sorted(maps.Keys(Rules)) {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{name, sarifText{Rules[name]}})
	}
	for _, f := range r.under(root).Findings {
		place := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: f.File}).EscapedPath()}}
		if f.Line > 0 {
			place.Region = &sarifRegion{f.Line}
		}
		run.Results = append(run.Results, sarifResult{f.Rule, f.Severity, sarifText{f.Text}, []sarifLocation{{place}}})
	}
	return sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
}
