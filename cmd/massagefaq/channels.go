package main

import (
	"context"
	"fmt"
	"net/http"

	"massagefaq/adapters/discord"
	"massagefaq/adapters/slack"
	"massagefaq/bot"
	"massagefaq/bot/journal"
)

// chatFlags are the settings of Slack and Discord that are no secrets.
type chatFlags struct {
	HelpChannel   string   `name:"slack-help-channel" help:"Slack channel where \"Ask a colleague\" posts." placeholder:"ID" setting:"SLACK_HELP_CHANNEL"`
	DiscordGuilds []string `name:"discord-guilds" help:"Discord servers to register commands in; everywhere when left out." placeholder:"ID" setting:"DISCORD_GUILDS"`
	DiscordForums []string `name:"discord-forums" help:"Discord forum channels in which to answer new posts." placeholder:"ID" setting:"DISCORD_FORUMS"`
	DiscordApp    string   `name:"discord-app" help:"Id of the Discord application; asked of Discord when left out." placeholder:"ID" setting:"DISCORD_APP_ID"`
}

// channel is a chat that may keep a connection of its own.
type channel struct {
	name string
	run  func(context.Context) error
}

// channels makes the chats whose secrets are set, and their HTTP handlers by
// pattern. Half of a chat's secrets are an error that says what is missing.
func (s *serve) channels(w *world, b *bot.Bot, j *journal.Journal) ([]channel, map[string]http.Handler, error) {
	var out []channel
	mount := map[string]http.Handler{}
	if c := s.slack(w, b); c.BotToken != "" || c.AppToken != "" || c.SigningSecret != "" {
		a, err := slack.New(c)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, channel{"slack", a.Run})
		if c.SigningSecret != "" {
			mount["/slack/"] = a.Handler()
		}
	}
	if c := s.discord(w, b, j); c.Token != "" || c.PublicKey != "" {
		a, err := discord.New(c)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, channel{"discord", a.Run})
		if c.PublicKey != "" {
			mount["/discord/"] = a.Handler()
		}
	}
	return out, mount, nil
}

func (s *serve) slack(w *world, b *bot.Bot) slack.Config {
	c := slackSecrets(w)
	c.Bot, c.HelpChannel, c.Base = b, s.HelpChannel, s.Base
	return c
}

func slackSecrets(w *world) slack.Config {
	return slack.Config{AppToken: w.getenv("SLACK_APP_TOKEN"), BotToken: w.getenv("SLACK_BOT_TOKEN"),
		SigningSecret: w.getenv("SLACK_SIGNING_SECRET"), APIURL: w.getenv("SLACK_API_URL"), Log: w.log}
}

func (s *serve) discord(w *world, b *bot.Bot, j *journal.Journal) discord.Config {
	c := discordSecrets(w)
	c.Bot, c.Base, c.Guilds, c.Forums, c.AppID = b, s.Base, s.DiscordGuilds, s.DiscordForums, s.DiscordApp
	c.Leader = j.Lead
	return c
}

func discordSecrets(w *world) discord.Config {
	return discord.Config{Token: w.getenv("DISCORD_TOKEN"), PublicKey: w.getenv("DISCORD_PUBLIC_KEY"),
		API: w.getenv("DISCORD_API_URL"), Log: w.log}
}

// discordCmd is what helps with setting Discord up.
type discordCmd struct {
	Invite discordInvite `cmd:"" help:"Print the link that adds the bot to a server."`
	Check  discordCheck  `cmd:"" help:"Verify token, intents, commands and permissions, and say what to fix."`
}

type discordInvite struct {
	App string `name:"discord-app" help:"Id of the Discord application." placeholder:"ID" setting:"DISCORD_APP_ID" required:""`
}

// Run is "massagefaq discord invite".
func (d *discordInvite) Run(w *world) error {
	_, err := fmt.Fprintln(w.stdout, discord.Invite(d.App))
	return err
}

type discordCheck struct {
	Guilds []string `name:"discord-guilds" help:"Discord servers to look at." placeholder:"ID" setting:"DISCORD_GUILDS"`
	Forums []string `name:"discord-forums" help:"Discord forum channels to look at." placeholder:"ID" setting:"DISCORD_FORUMS"`
	App    string   `name:"discord-app" help:"Id of the Discord application." placeholder:"ID" setting:"DISCORD_APP_ID"`
}

// Run is "massagefaq discord check".
func (d *discordCheck) Run(w *world) error {
	c := discordSecrets(w)
	c.Guilds, c.Forums, c.AppID = d.Guilds, d.Forums, d.App
	return discord.Check(w.ctx, c, w.stdout)
}
