package discord

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	lru "github.com/hashicorp/golang-lru/v2"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// ErrOff is the error of Run when Discord refuses the bot for good: a wrong
// token, an intent that is not allowed. Trying again is of no use until a person
// changes a setting; the rest of the program can go on without Discord.
var ErrOff = errors.New("discord is off")

// Adapter is the Discord channel. It is safe for concurrent use.
type Adapter struct {
	bot        *bot.Bot
	token      string
	key        []byte // ed25519, or nil
	guilds     []string
	forums     map[string]bool
	base       string
	shardCount int
	gateway    bool
	leader     func(context.Context) (context.Context, func(), error)
	log        *slog.Logger
	rest       *rest
	ids        signer
	pace       pace
	throttle   *throttle
	app        atomic.Pointer[application] // nil until Discord has told

	ask  func(context.Context, bot.Question) (bot.Reply, error) // bot.Ask, except in tests of slow or failing ones
	rate func(context.Context, bot.Rating) error

	seen      *lru.Cache[string, bool] // interactions and messages dealt with, against replays
	given     *lru.Cache[string, *given]
	explained *lru.Cache[string, bool] // troubles that the log has heard of
	busy      chan struct{}            // holds one for each answer under way
}

const (
	keepSeen    = 20_000
	maxBusy     = 256              // answers under way at the same time; further events are dropped
	answerLimit = 30 * time.Second // for one answer, retries included
	stopLimit   = 5 * time.Second  // for answers under way when Run ends
)

// Run registers the commands and holds the gateway until ctx ends. It returns
// nil then, and an error that is ErrOff when Discord refuses the bot. Without a
// token there is nothing to hold: it waits, while Handler answers.
func (a *Adapter) Run(ctx context.Context) error {
	defer a.finish()
	err := a.run(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (a *Adapter) run(ctx context.Context) error {
	if a.token != "" {
		if err := a.introduce(ctx); err != nil {
			return err
		}
	}
	if a.token == "" || !a.gateway {
		<-ctx.Done()
		return nil
	}
	for {
		if err := a.lead(ctx); err != nil || ctx.Err() != nil {
			return err
		}
		a.log.Info("discord: another replica holds the gateway now")
	}
}

// lead holds the gateway for as long as this replica leads.
func (a *Adapter) lead(ctx context.Context) error {
	var held context.Context
	var release func()
	err := a.persist(ctx, "wait to lead", func() (err error) {
		held, release, err = a.leader(ctx)
		return err
	})
	if err != nil {
		return err
	}
	defer release()
	a.log.Info("discord: this replica holds the gateway")
	err = a.connect(held)
	if held.Err() != nil {
		return nil
	}
	return err
}

// introduce asks Discord who we are, and sees to the commands.
func (a *Adapter) introduce(ctx context.Context) error {
	var app application
	err := a.persist(ctx, "ask who we are", func() (err error) {
		app, err = a.rest.application(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if own := a.app.Load(); own != nil && own.ID != app.ID {
		a.log.Warn("discord: DISCORD_APP_ID is not the application of DISCORD_TOKEN; going by the token", "app", app.ID)
	}
	if a.key != nil && app.VerifyKey != "" && app.VerifyKey != hex.EncodeToString(a.key) {
		a.log.Error("discord: DISCORD_PUBLIC_KEY is not the key of this application; its signed interactions will be refused")
	}
	if app.Endpoint != "" && a.key == nil {
		a.log.Warn("discord: interactions go to the application's endpoint address, and this process cannot take them there: set DISCORD_PUBLIC_KEY, or clear the address in the developer portal")
	}
	a.app.Store(&app)
	if err := a.register(ctx); err != nil && ctx.Err() == nil {
		a.log.Error("discord: commands could not be registered", "err", err)
	}
	return nil
}

// intents are the least that the ways in need, and the content of messages when
// the developer portal grants it.
func (a *Adapter) intents() discordgo.Intent {
	i := discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if app := a.app.Load(); app != nil && app.Flags&contentFlags != 0 {
		i |= discordgo.IntentMessageContent
	}
	return i
}

// self is the id of our own user, or "".
func (a *Adapter) self() string {
	if app := a.app.Load(); app != nil {
		return app.self()
	}
	return ""
}

// begin runs f in a goroutine of its own, within the time an answer may take,
// even when ctx ends meanwhile. It reports false when too much is under way.
// Nothing that f does can end the process.
func (a *Adapter) begin(ctx context.Context, what string, f func(context.Context)) bool {
	select {
	case a.busy <- struct{}{}:
	default:
		a.log.Warn("discord: too much at once, dropped", "what", what)
		return false
	}
	go func() {
		defer func() { <-a.busy }()
		defer a.recovered(what)
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerLimit)
		defer cancel()
		f(ctx)
	}()
	return true
}

// recovered is to be deferred: it turns a panic into a line of the log.
func (a *Adapter) recovered(what string) {
	if p := recover(); p != nil {
		a.log.Error("discord: panic", "what", what, "panic", p, "stack", string(debug.Stack()))
	}
}

// finish waits for the answers under way, and lets none begin.
func (a *Adapter) finish() {
	end := time.After(stopLimit)
	for range cap(a.busy) {
		select {
		case a.busy <- struct{}{}:
		case <-end:
			a.log.Warn("discord: stopped with answers under way")
			return
		}
	}
}

// explain says something to the admin, once in the life of the process.
func (a *Adapter) explain(key, text string, args ...any) {
	if known, _ := a.explained.ContainsOrAdd(key, true); !known {
		a.log.Error(text, args...)
	}
}

// question is a bot.Question from Discord, where everybody is the public.
func (a *Adapter) question(text, asker, thread string) bot.Question {
	return bot.Question{Text: text, Asker: asker, Thread: thread, Channel: bot.Discord, Audience: knowledge.Public}
}
