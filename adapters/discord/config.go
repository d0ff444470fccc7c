package discord

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"massagefaq/bot"
)

// Config says how to reach Discord. Bot is needed, and one of Token and
// PublicKey.
type Config struct {
	Bot       *bot.Bot
	Token     string   // of the bot, for the gateway and for writing into channels
	PublicKey string   // of the application, 64 hex digits, for signed HTTP interactions
	AppID     string   // of the application; empty asks Discord
	Guilds    []string // ids of the servers to register commands in; none: everywhere
	Forums    []string // ids of forum channels in which to answer new posts; none: no forum
	Base      string   // public web address, for links to passages: "https://faq.example.com"; empty: no links
	Secret    string   // signs buttons; empty uses Token or else PublicKey. The same on every replica.
	Shards    int      // gateway connections; 0 is as many as Discord recommends
	NoGateway bool     // interactions over HTTP only, even with a Token

	// Leader waits until this replica is the one to hold the gateway, and returns
	// a context that ends when it no longer is. release gives way to another.
	// Nil: this is the only replica.
	Leader func(ctx context.Context) (held context.Context, release func(), err error)

	Log *slog.Logger // nil discards
	API string       // address of Discord's REST interface; empty is the real one
}

// New checks the settings and reports everything that is wrong with them.
func New(c Config) (*Adapter, error) {
	key, err := c.check()
	if c.Bot == nil {
		err = errors.Join(errors.New("discord: no bot"), err)
	}
	if err != nil {
		return nil, err
	}
	a := c.adapter(key)
	a.bot, a.ask, a.rate = c.Bot, c.Bot.Ask, c.Bot.Rate
	return a, nil
}

// adapter is an Adapter that has no bot yet.
func (c *Config) adapter(key []byte) *Adapter {
	a := &Adapter{
		token: c.Token, key: key, guilds: c.Guilds, base: strings.TrimRight(c.Base, "/"),
		shardCount: c.Shards, gateway: !c.NoGateway, leader: c.Leader, log: c.Log, pace: defaultPace,
		rest: newREST(cmp.Or(c.API, restAPI), c.Token), ids: newSigner(cmp.Or(c.Secret, c.Token, c.PublicKey)),
		throttle: newThrottle(time.Now), forums: map[string]bool{}, busy: make(chan struct{}, maxBusy),
	}
	for _, f := range c.Forums {
		a.forums[f] = true
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.leader == nil {
		a.leader = func(ctx context.Context) (context.Context, func(), error) { return ctx, func() {}, nil }
	}
	if c.AppID != "" {
		a.app.Store(&application{ID: c.AppID})
	}
	a.seen, _ = lru.New[string, bool](keepSeen)
	a.given, _ = lru.New[string, *given](keepGiven)
	a.explained, _ = lru.New[string, bool](1000)
	return a
}

var snowflake = regexp.MustCompile(`^\d{17,20}$`)

// check finds what is wrong, all at once, and decodes the public key.
func (c *Config) check() (key []byte, err error) {
	var wrong []error
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf("discord: "+format, args...)) }
	if c.Token == "" && c.PublicKey == "" {
		complain("neither DISCORD_TOKEN nor DISCORD_PUBLIC_KEY is set")
	}
	if strings.ContainsAny(c.Token, " \t\r\n") {
		complain("DISCORD_TOKEN has white space in it; give the token alone, without \"Bot\"")
	}
	if c.PublicKey != "" {
		if key, err = hex.DecodeString(c.PublicKey); err != nil || len(key) != 32 {
			complain("DISCORD_PUBLIC_KEY has %d characters or is not hexadecimal; it wants the 64 digits of General Information, Public Key", len(c.PublicKey))
		}
	}
	for _, v := range []struct {
		name string
		ids  []string
	}{{"DISCORD_APP_ID", []string{c.AppID}}, {"DISCORD_GUILDS", c.Guilds}, {"DISCORD_FORUMS", c.Forums}} {
		for _, id := range v.ids {
			if id != "" && !snowflake.MatchString(id) {
				complain("%s: %q is not an id; an id is 17 to 20 digits (Copy ID in Discord's developer mode)", v.name, id)
			}
		}
	}
	for _, v := range [][2]string{{"base address", c.Base}, {"DISCORD_API_URL", c.API}} {
		if v[1] != "" && webLink(v[1]) == "" {
			complain("%s: %q is not an http or https address", v[0], v[1])
		}
	}
	return key, errors.Join(wrong...)
}
