package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"
)

// Check asks Slack about the tokens, scopes and channels in cfg, writes what it
// finds to w, a line each, and says what to fix. Bot is not needed. The error
// counts what has to be fixed.
func Check(ctx context.Context, cfg Config, w io.Writer) error {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Pause == 0 {
		cfg.Pause = 500 * time.Millisecond
	}
	c := &inspection{cfg: cfg, api: client(cfg, newCaller(cfg.Pause, cfg.Log)), w: w}
	c.botToken(ctx)
	c.transports(ctx)
	if c.self.UserID != "" {
		c.helpChannel(ctx)
		c.channels(ctx)
	}
	if c.faults > 0 {
		return fmt.Errorf("slack: %s to fix", plural(c.faults, "thing"))
	}
	return nil
}

// inspection is one run of Check.
type inspection struct {
	cfg    Config
	api    *slackgo.Client
	w      io.Writer
	self   slackgo.AuthTestResponse
	faults int
}

func (c *inspection) ok(format string, args ...any) { fmt.Fprintf(c.w, "ok    "+format+"\n", args...) }

func (c *inspection) note(format string, args ...any) {
	fmt.Fprintf(c.w, "note  "+format+"\n", args...)
}

func (c *inspection) fix(format string, args ...any) {
	c.faults++
	fmt.Fprintf(c.w, "FIX   "+format+"\n", args...)
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// explained is an error in words that help, if we have them.
func explained(err error) string {
	if why := reason(err); why != "" {
		return why
	}
	var refusal slackgo.SlackErrorResponse
	if errors.As(err, &refusal) && refusal.Err == "missing_scope" {
		return "a scope is missing (missing_scope): " + refusal.Needed
	}
	return err.Error()
}

func (c *inspection) botToken(ctx context.Context) {
	switch {
	case c.cfg.BotToken == "":
		c.fix("bot token: SLACK_BOT_TOKEN is not set; it is under OAuth & Permissions, after Install to Workspace, and begins with xoxb-")
		return
	case !strings.HasPrefix(c.cfg.BotToken, "xoxb-"):
		c.fix("bot token: SLACK_BOT_TOKEN does not begin with xoxb-; take the Bot User OAuth Token under OAuth & Permissions")
		return
	}
	r, err := c.api.AuthTestContext(ctx)
	if err != nil {
		c.fix("bot token: %s", explained(err))
		return
	}
	c.self = *r
	c.ok("bot token: %s in the workspace %s", r.User, r.Team)
	c.scopes(r.Header.Get("X-OAuth-Scopes"))
}

func (c *inspection) scopes(granted string) {
	if granted == "" {
		c.note("scopes: Slack does not say which the token has")
		return
	}
	needed := scopes
	if c.cfg.Base != "" {
		needed = append(needed[:len(needed):len(needed)], linkScopes...)
	}
	missing := 0
	for _, s := range needed {
		if hasScope(granted, s.Name) {
			continue
		}
		if s.Name == "assistant:write" {
			c.note("scope assistant:write is missing (%s); everything else works without it", s.Reason)
			continue
		}
		missing++
		c.fix("scope %s is missing (%s): add it under OAuth & Permissions, then reinstall the app", s.Name, s.Reason)
	}
	if missing == 0 {
		c.ok("scopes: all that are needed")
	}
	for s := range strings.SplitSeq(granted, ",") {
		s = strings.TrimSpace(s)
		if !slices.ContainsFunc(slices.Concat(scopes, linkScopes), func(n scope) bool { return n.Name == s }) {
			c.note("scope %s is granted and not needed", s)
		}
	}
}

var secretForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

// transports checks what is needed to receive.
func (c *inspection) transports(ctx context.Context) {
	if c.cfg.AppToken == "" && c.cfg.SigningSecret == "" {
		c.fix("receiving: set SLACK_APP_TOKEN for Socket Mode (Basic Information, App-Level Tokens), or SLACK_SIGNING_SECRET for HTTP")
	}
	switch {
	case c.cfg.AppToken == "":
	case !strings.HasPrefix(c.cfg.AppToken, "xapp-"):
		c.fix("app token: SLACK_APP_TOKEN does not begin with xapp-; make one under Basic Information, App-Level Tokens, with the scope connections:write")
	default:
		c.appToken(ctx)
	}
	switch {
	case c.cfg.SigningSecret == "":
	case !secretForm.MatchString(c.cfg.SigningSecret):
		c.fix("signing secret: SLACK_SIGNING_SECRET is not 32 hexadecimal digits; copy it again from Basic Information, App Credentials")
	default:
		c.ok("signing secret: has the right form; whether it is the right one shows with the first request")
	}
	if c.cfg.SigningSecret != "" && c.cfg.AppToken != "" {
		c.note("both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set: Slack sends by socket as long as Socket Mode is on")
	}
}

func (c *inspection) appToken(ctx context.Context) {
	_, _, err := c.api.StartSocketModeContext(ctx)
	var refusal slackgo.SlackErrorResponse
	switch {
	case err == nil:
		c.ok("app token: Slack offers a socket")
	case errors.As(err, &refusal) && refusal.Err == "missing_scope":
		c.fix("app token: the scope connections:write is missing; make a new token with it under Basic Information, App-Level Tokens")
	case errors.As(err, &refusal) && refusal.Err == "socket_mode_not_enabled":
		c.fix("app token: Socket Mode is off (socket_mode_not_enabled); turn it on under Settings, Socket Mode")
	default:
		c.fix("app token: %s", explained(err))
	}
}

func (c *inspection) helpChannel(ctx context.Context) {
	id := c.cfg.HelpChannel
	if id == "" {
		c.note("help channel: SLACK_HELP_CHANNEL is not set, so \"Ask a colleague\" is not offered")
		return
	}
	info, err := c.api.GetConversationInfoContext(ctx, &slackgo.GetConversationInfoInput{ChannelID: id})
	switch {
	case unseen(err):
		c.fix("help channel: %s is unknown (channel_not_found); SLACK_HELP_CHANNEL wants the id at the end of the channel's details, C0123456789, and in a private channel the bot must be a member", id)
	case err != nil:
		c.fix("help channel: %s", explained(err))
	case info.IsArchived:
		c.fix("help channel: #%s is archived", info.Name)
	case !info.IsMember:
		c.fix("help channel: the bot is not in #%s (not_in_channel); type /invite @%s there", info.Name, c.self.User)
	case info.IsExtShared:
		c.fix("help channel: #%s is shared with another organisation; choose one that is not", info.Name)
	default:
		c.ok("help channel: #%s", info.Name)
	}
}

// channels lists where the bot has been invited.
func (c *inspection) channels(ctx context.Context) {
	list, _, err := c.api.GetConversationsForUserContext(ctx, &slackgo.GetConversationsForUserParameters{
		Types: []string{"public_channel", "private_channel"}, Limit: 200, ExcludeArchived: true})
	if err != nil {
		c.note("channels: %s", explained(err))
		return
	}
	var names []string
	for _, ch := range list {
		name := "#" + ch.Name
		if ch.IsExtShared {
			name += " (shared: public answers only)"
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		c.note("channels: in none yet; type /invite @%s where people should be able to mention it", c.self.User)
		return
	}
	c.ok("channels: in %s", strings.Join(names, ", "))
}
