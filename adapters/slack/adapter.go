// Package slack is the bot in a Slack workspace: it receives what Slack sends,
// over Socket Mode or as signed HTTP requests, asks the bot, and puts the reply
// into Slack's form, within Slack's limits and manners. README.md beside this
// file says how to set it up.
//
// The way of a message: an envelope (envelope.go) comes by socket (socket.go) or
// by HTTP (http.go), is acknowledged at once and told apart (receive.go), waits
// for its turn in its conversation's lane (lanes.go), and ends as calls to
// Slack's Web API (caller.go), whose payloads are made in render.go.
package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
)

// ErrOff is returned by Run when Slack will not let the bot in: a token that is
// wrong or has been revoked, or an app that has been removed. Trying again is of
// no use until a person changes something; other channels may go on.
var ErrOff = errors.New("slack is off")

// Config is what an Adapter is made of. Bot, BotToken and one of AppToken and
// SigningSecret are needed.
type Config struct {
	Bot           *bot.Bot
	AppToken      string           // xapp-...: receive by Socket Mode, no public address needed
	BotToken      string           // xoxb-...: send
	SigningSecret string           // receive by HTTP, under /slack/
	HelpChannel   string           // id of the channel where "Ask a colleague" posts; empty: not offered
	Base          string           // public web address for permanent links, "https://faq.example.com"; may be empty
	Log           *slog.Logger     // nil discards
	Now           func() time.Time // nil is time.Now; decides what is new and what is due for review
	APIURL        string           // where Slack is, for tests; empty is Slack
	Pause         time.Duration    // before a call is sent again after a fault of Slack's; zero is half a second
	PingInterval  time.Duration    // a socket without a ping from Slack for so long is dead; zero is 30 seconds
}

// Adapter is one workspace's bot. Make it with New.
type Adapter struct {
	cfg    Config
	bot    *bot.Bot
	log    *slog.Logger
	api    *slackgo.Client
	calls  *caller
	base   string // without a slash at its end
	lanes  *lanes
	seen   *memory[string, struct{}] // event ids, trigger ids and signatures that have been taken
	users  *memory[string, person]
	rooms  *memory[string, room]
	guests *memory[string, bool]      // by channel: someone in it is not a full member
	thread *memory[string, following] // by channel and thread
	posts  *memory[string, post]      // by channel and question: what was replied

	mu   sync.Mutex
	self identity
	off  chan struct{} // closed when Slack has shut us out
	why  error
	jobs context.Context // of the jobs; ends some time after Run's
	stop context.CancelFunc
}

const (
	// jobTime bounds the work on one message, waiting for Slack included.
	jobTime = 2 * time.Minute
	// grace is how long jobs under way may go on after Run has been told to end.
	grace = 8 * time.Second
	// parallel is how many jobs may be under way at once. They wait for Slack
	// most of the time.
	parallel = 64
	// remembered bounds each memory.
	remembered = 20_000
	// retried is how long Slack may send an event again: after a few seconds, a
	// minute and five minutes; it is kept longer, for a slow night.
	retried = time.Hour
	// knownFor is how long we believe what Slack said of a person or a channel.
	knownFor = 10 * time.Minute
	// followedFor is how long a thread without a word is followed, and how long
	// a reply is remembered in order to be edited with its question.
	followedFor = 24 * time.Hour
)

// New makes an adapter. The error says which setting is missing or wrong.
func New(cfg Config) (*Adapter, error) {
	if cfg.Bot == nil {
		return nil, errors.New("slack: no bot")
	}
	if err := cfg.tokens(); err != nil {
		return nil, err
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Pause == 0 {
		cfg.Pause = 500 * time.Millisecond
	}
	if cfg.PingInterval == 0 {
		cfg.PingInterval = 30 * time.Second
	}
	a := &Adapter{
		cfg:    cfg,
		bot:    cfg.Bot,
		log:    cfg.Log,
		calls:  newCaller(cfg.Pause, cfg.Log),
		base:   strings.TrimRight(cfg.Base, "/"),
		lanes:  newLanes(parallel),
		seen:   newMemory[string, struct{}](retried, remembered),
		users:  newMemory[string, person](knownFor, remembered),
		rooms:  newMemory[string, room](knownFor, remembered),
		guests: newMemory[string, bool](knownFor, remembered),
		thread: newMemory[string, following](followedFor, remembered),
		posts:  newMemory[string, post](followedFor, remembered),
		off:    make(chan struct{}),
	}
	a.api = client(cfg, a.calls)
	a.jobs, a.stop = context.WithCancel(context.Background())
	return a, nil
}

// tokens checks what can be told of the tokens without asking Slack.
func (cfg Config) tokens() error {
	switch {
	case cfg.BotToken == "":
		return errors.New("slack: SLACK_BOT_TOKEN is not set")
	case !strings.HasPrefix(cfg.BotToken, "xoxb-"):
		return errors.New("slack: SLACK_BOT_TOKEN is not a bot token: it begins with xoxb-, under OAuth & Permissions")
	case cfg.AppToken == "" && cfg.SigningSecret == "":
		return errors.New("slack: neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set")
	case cfg.AppToken != "" && !strings.HasPrefix(cfg.AppToken, "xapp-"):
		return errors.New("slack: SLACK_APP_TOKEN is not an app-level token: it begins with xapp-, under Basic Information")
	}
	return nil
}

func client(cfg Config, calls *caller) *slackgo.Client {
	options := []slackgo.Option{
		slackgo.OptionHTTPClient(calls),
		slackgo.OptionAppLevelToken(cfg.AppToken),
	}
	if cfg.APIURL != "" {
		options = append(options, slackgo.OptionAPIURL(strings.TrimRight(cfg.APIURL, "/")+"/"))
	}
	return slackgo.New(cfg.BotToken, options...)
}

// identity is who we are in the workspace.
type identity struct {
	team, user, bot string
	panel           bool // the app has the assistant panel: direct messages are threads
}

// whoami asks Slack once, and remembers.
func (a *Adapter) whoami(ctx context.Context) (identity, error) {
	a.mu.Lock()
	self := a.self
	a.mu.Unlock()
	if self.user != "" {
		return self, nil
	}
	r, err := a.api.AuthTestContext(ctx)
	if err != nil {
		return identity{}, fmt.Errorf("ask slack who we are: %w", err)
	}
	self = identity{team: r.TeamID, user: r.UserID, bot: r.BotID, panel: hasScope(r.Header.Get("X-OAuth-Scopes"), "assistant:write")}
	a.mu.Lock()
	a.self = self
	a.mu.Unlock()
	return self, nil
}

func hasScope(list, scope string) bool {
	for s := range strings.SplitSeq(list, ",") {
		if strings.TrimSpace(s) == scope {
			return true
		}
	}
	return false
}

// shut remembers that Slack has shut us out, once, and ends Run.
func (a *Adapter) shut(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.why == nil {
		a.why = err
		close(a.off)
	}
}

// reason says in a sentence why Slack will not let us in; empty for any other
// error.
func reason(err error) string {
	var refusal slackgo.SlackErrorResponse
	if !errors.As(err, &refusal) {
		return ""
	}
	return refusals[refusal.Err]
}

// refusals are the errors that a person has to put right.
var refusals = map[string]string{
	"invalid_auth":            "Slack does not know the token (invalid_auth): copy SLACK_BOT_TOKEN and SLACK_APP_TOKEN again",
	"not_authed":              "Slack got no token (not_authed): set SLACK_BOT_TOKEN",
	"token_revoked":           "the token has been revoked (token_revoked): reinstall the app and copy the new token",
	"token_expired":           "the token has expired (token_expired): reinstall the app and copy the new token",
	"account_inactive":        "the app has been removed from the workspace (account_inactive): install it again",
	"not_allowed_token_type":  "the token is of the wrong kind (not_allowed_token_type): SLACK_APP_TOKEN begins with xapp-, SLACK_BOT_TOKEN with xoxb-",
	"app_uninstalled":         "the app has been removed from the workspace (app_uninstalled): install it again",
	"org_login_required":      "the workspace is being moved into an organisation (org_login_required): wait, then start again",
	"team_access_not_granted": "the app may not use this workspace (team_access_not_granted): ask an administrator to approve it",
}
