package main

import (
	"errors"

	"massagefaq/adapters/slack"
)

// slackCmd is what helps with setting Slack up.
type slackCmd struct {
	Manifest slackManifest `cmd:"" help:"Print the app manifest to paste into Slack."`
	Check    slackCheck    `cmd:"" help:"Verify tokens, scopes and channels, and say what to fix."`
}

type slackManifest struct {
	Base string `help:"Public address of the server." placeholder:"URL" setting:"PUBLIC_URL"`
	HTTP bool   `name:"http" help:"Receive by signed HTTP at the public address rather than by Socket Mode."`
	Name string `name:"practice-name" help:"The practice's name." setting:"PRACTICE_NAME"`
}

// Run is "massagefaq slack manifest".
func (m *slackManifest) Run(w *world) error {
	if m.HTTP && m.Base == "" {
		return errors.New("slack manifest: -http needs -base with the server's public address")
	}
	text, err := slack.Manifest(slack.ManifestConfig{Name: m.Name, Base: m.Base, HTTP: m.HTTP})
	if err != nil {
		return err
	}
	_, err = w.stdout.Write(text)
	return err
}

type slackCheck struct {
	HelpChannel string `name:"slack-help-channel" help:"Slack channel where \"Ask a colleague\" posts." placeholder:"ID" setting:"SLACK_HELP_CHANNEL"`
	Base        string `help:"Public address of the server." placeholder:"URL" setting:"PUBLIC_URL"`
}

// Run is "massagefaq slack check".
func (s *slackCheck) Run(w *world) error {
	c := slackSecrets(w)
	c.HelpChannel, c.Base = s.HelpChannel, s.Base
	return slack.Check(w.ctx, c, w.stdout)
}
