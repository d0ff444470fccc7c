package discord

import (
	"context"
	"net/http"

	"github.com/bwmarrin/discordgo"
)

// The requests we make, one method each. Ids come from Discord's own events and
// from validated settings, so they need no escaping.

func (r *rest) application(ctx context.Context) (app application, err error) {
	err = r.do(ctx, call{method: http.MethodGet, path: "applications/@me", bucket: "application"}, &app)
	return app, err
}

// gatewayInfo is where to connect and with how many shards.
type gatewayInfo struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Remaining      int   `json:"remaining"`       // identifies left today
		ResetAfter     int64 `json:"reset_after"`     // milliseconds until there are more
		MaxConcurrency int   `json:"max_concurrency"` // identifies at the same time
	} `json:"session_start_limit"`
}

func (r *rest) gateway(ctx context.Context) (info gatewayInfo, err error) {
	err = r.do(ctx, call{method: http.MethodGet, path: "gateway/bot", bucket: "gateway"}, &info)
	return info, err
}

// respond answers an interaction, once, within Discord's three seconds.
func (r *rest) respond(ctx context.Context, in *interaction, resp response) error {
	return r.do(ctx, call{method: http.MethodPost, path: "interactions/" + in.ID + "/" + in.Token + "/callback", body: resp}, nil)
}

// edit replaces the answer to an interaction.
func (r *rest) edit(ctx context.Context, in *interaction, m message) error {
	return r.do(ctx, call{method: http.MethodPatch, path: "webhooks/" + in.ApplicationID + "/" + in.Token + "/messages/@original", body: m}, nil)
}

// follow sends a further message after the answer to an interaction.
func (r *rest) follow(ctx context.Context, in *interaction, m message) error {
	return r.do(ctx, call{method: http.MethodPost, path: "webhooks/" + in.ApplicationID + "/" + in.Token, body: m, once: true}, nil)
}

// send writes into a channel and returns the id of the message. nonce names the
// message: however often it is sent, it appears once.
func (r *rest) send(ctx context.Context, channelID, nonce string, m message) (id string, err error) {
	m.Nonce, m.EnforceNonce = digest(24, "nonce", nonce), true
	path := "channels/" + channelID + "/messages"
	var sent struct {
		ID string `json:"id"`
	}
	err = r.do(ctx, call{method: http.MethodPost, path: path, bucket: path, body: m}, &sent)
	return sent.ID, err
}

// change replaces a message of ours.
func (r *rest) change(ctx context.Context, channelID, id string, m message) error {
	path := "channels/" + channelID + "/messages"
	return r.do(ctx, call{method: http.MethodPatch, path: path + "/" + id, bucket: "PATCH " + path, body: m}, nil)
}

// remove deletes a message of ours.
func (r *rest) remove(ctx context.Context, channelID, id string) error {
	path := "channels/" + channelID + "/messages"
	return r.do(ctx, call{method: http.MethodDelete, path: path + "/" + id, bucket: "DELETE " + path}, nil)
}

func (r *rest) channel(ctx context.Context, id string) (c channel, err error) {
	err = r.do(ctx, call{method: http.MethodGet, path: "channels/" + id, bucket: "channel " + id}, &c)
	return c, err
}

func (r *rest) tag(ctx context.Context, threadID string, tags []string) error {
	body := map[string]any{"applied_tags": tags}
	return r.do(ctx, call{method: http.MethodPatch, path: "channels/" + threadID, bucket: "edit " + threadID, body: body}, nil)
}

// commandsPath is for the commands of a guild, or of everywhere when guild is "".
func commandsPath(app, guild string) string {
	if guild == "" {
		return "applications/" + app + "/commands"
	}
	return "applications/" + app + "/guilds/" + guild + "/commands"
}

func (r *rest) commands(ctx context.Context, app, guild string) (have []*discordgo.ApplicationCommand, err error) {
	path := commandsPath(app, guild)
	err = r.do(ctx, call{method: http.MethodGet, path: path + "?with_localizations=true", bucket: "GET " + path}, &have)
	return have, err
}

// upsert makes a command, or replaces the one of that name.
func (r *rest) upsert(ctx context.Context, app, guild string, c *discordgo.ApplicationCommand) error {
	path := commandsPath(app, guild)
	return r.do(ctx, call{method: http.MethodPost, path: path, bucket: "POST " + path, body: c}, nil)
}

func (r *rest) removeCommand(ctx context.Context, app, guild, id string) error {
	path := commandsPath(app, guild)
	return r.do(ctx, call{method: http.MethodDelete, path: path + "/" + id, bucket: "DELETE " + path}, nil)
}
