package discord

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// checkTimeout bounds Check.
const checkTimeout = 30 * time.Second

// Check tries the settings against Discord and writes what it finds, a line for
// each thing: "ok", "note" for what works but could be better, "wrong" with what
// to do. It changes nothing and needs no Bot. The error counts what is wrong.
func Check(ctx context.Context, c Config, w io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	k := &checker{w: w}
	key, err := c.check()
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			k.wrong("%s", strings.TrimPrefix(strings.TrimSpace(line), "discord: "))
		}
		return k.err()
	}
	k.Adapter = c.adapter(key)
	if k.token == "" {
		k.note("no DISCORD_TOKEN: signed HTTP interactions only; no mentions, direct messages or forums, and commands are not registered")
		return k.err()
	}
	if !k.account(ctx) {
		return k.err()
	}
	k.transports(ctx)
	k.commands(ctx)
	for _, id := range c.Forums {
		k.forum(ctx, id)
	}
	return k.err()
}

type checker struct {
	*Adapter
	w   io.Writer
	bad int
}

func (k *checker) ok(format string, args ...any)   { fmt.Fprintf(k.w, "ok     "+format+"\n", args...) }
func (k *checker) note(format string, args ...any) { fmt.Fprintf(k.w, "note   "+format+"\n", args...) }
func (k *checker) wrong(format string, args ...any) {
	k.bad++
	fmt.Fprintf(k.w, "wrong  "+format+"\n", args...)
}

func (k *checker) err() error {
	switch k.bad {
	case 0:
		return nil
	case 1:
		return errors.New("discord check: 1 thing is wrong")
	}
	return fmt.Errorf("discord check: %d things are wrong", k.bad)
}

// account asks who we are; without an answer there is nothing more to check.
func (k *checker) account(ctx context.Context) bool {
	app, err := k.rest.application(ctx)
	if status(err) == 401 {
		k.wrong("token: refused; reset it in the developer portal (Bot, Reset Token) and set DISCORD_TOKEN")
		return false
	}
	if err != nil {
		k.wrong("token: Discord could not be asked: %v", err)
		return false
	}
	k.ok("token: application %q (%s)", app.Name, app.ID)
	if own := k.app.Load(); own != nil && own.ID != app.ID {
		k.wrong("DISCORD_APP_ID is %s, but the token is of application %s", own.ID, app.ID)
	}
	k.app.Store(&app)
	return true
}

// transports checks the gateway and the signed requests.
func (k *checker) transports(ctx context.Context) {
	app := k.app.Load()
	switch {
	case k.key != nil && app.VerifyKey != hex.EncodeToString(k.key):
		k.wrong("public key: not that of this application, which is %s", app.VerifyKey)
	case k.key != nil && app.Endpoint == "":
		k.note("public key: right, but no Interactions Endpoint URL is set in the developer portal, so interactions come over the gateway")
	case k.key != nil:
		k.ok("public key: right; interactions go to %s", app.Endpoint)
	case app.Endpoint != "":
		k.wrong("interactions go to %s, but DISCORD_PUBLIC_KEY is not set; set it, or clear Interactions Endpoint URL in the developer portal", app.Endpoint)
	}
	if app.Flags&contentFlags == 0 {
		k.note("message content intent: off; messages that mention the bot, direct messages and headings of forum posts are read all the same")
	} else {
		k.ok("message content intent: on")
	}
	info, err := k.rest.gateway(ctx)
	if err != nil {
		k.wrong("gateway: %v", err)
		return
	}
	k.ok("gateway: %d shard(s), %d connections left today", max(1, info.Shards), info.Limit.Remaining)
}

func (k *checker) commands(ctx context.Context) {
	guilds := k.guilds
	if len(guilds) == 0 {
		guilds = []string{""}
	}
	for _, guild := range guilds {
		stale, err := k.stale(ctx, guild)
		switch {
		case code(err) == missingAccess || status(err) == 403:
			k.wrong("commands%s: not allowed; add the bot with %s", place(guild), Invite(k.app.Load().ID))
		case err != nil:
			k.wrong("commands%s: %v", place(guild), err)
		case len(stale) > 0:
			k.note("commands%s: %d to register or renew; serve does that when it starts", place(guild), len(stale))
		default:
			k.ok("commands%s: up to date", place(guild))
		}
	}
}

func (k *checker) forum(ctx context.Context, id string) {
	c, err := k.rest.channel(ctx, id)
	switch {
	case code(err) == missingAccess || code(err) == unknownChannel:
		k.wrong("forum %s: not to be seen; check the id, and give the bot's role View Channel there", id)
	case err != nil:
		k.wrong("forum %s: %v", id, err)
	case c.Type != discordgo.ChannelTypeGuildForum:
		k.wrong("forum %s: channel %q is not a forum", id, c.Name)
	case solvedTag(c) == "":
		k.note("forum %q: no tag named Solved, so solved posts are not marked", c.Name)
	default:
		k.ok("forum %q: solved posts are tagged, where the bot's role may Manage Threads", c.Name)
	}
}
