package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"time"

	slackgo "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

const (
	// ackTime is how long Slack waits for an acknowledgement.
	ackTime = 3 * time.Second
	// steady is how long a connection must last for the next one to be opened
	// without a pause.
	steady = 10 * time.Second
	// longestPause is the longest wait between two attempts to connect.
	longestPause = time.Minute
	// largestMessage bounds what is read from the socket. The largest that Slack
	// sends, a message of 40,000 characters with its blocks, is well below.
	largestMessage = 8 << 20
)

// Run receives over Socket Mode, if there is an app token, and reconnects until
// ctx ends; it then returns nil, once the replies under way have been sent. With
// HTTP only it checks the token and waits for ctx to end. The error is ErrOff
// when Slack refuses the tokens, now or later. Run can be called once.
func (a *Adapter) Run(ctx context.Context) error {
	defer a.finish()
	if err := a.greet(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	if a.cfg.AppToken != "" {
		return a.socket(ctx)
	}
	select {
	case <-ctx.Done():
		return nil
	case <-a.off:
		return a.why
	}
}

// finish lets the jobs under way end, for a while.
func (a *Adapter) finish() {
	late := time.AfterFunc(grace, a.stop)
	defer late.Stop()
	a.lanes.close()
	a.stop()
}

// greet learns who we are, as soon as Slack can be reached.
func (a *Adapter) greet(ctx context.Context) error {
	for pause := a.cfg.Pause; ; pause = min(2*pause, longestPause) {
		self, err := a.whoami(ctx)
		if err == nil {
			a.log.Info("slack ready", "team", self.team, "socket", a.cfg.AppToken != "", "http", a.cfg.SigningSecret != "")
			return nil
		}
		if why := reason(err); why != "" {
			return fmt.Errorf("%w: %s", ErrOff, why)
		}
		if ctx.Err() != nil {
			return nil
		}
		a.log.Warn("slack not reached, trying again", "err", err, "pause", pause)
		if sleep(ctx, pause) != nil {
			return nil
		}
	}
}

// socket keeps a Socket Mode connection until ctx ends.
func (a *Adapter) socket(ctx context.Context) error {
	for pause := a.cfg.Pause; ; pause = min(2*pause, longestPause) {
		err := a.connect(ctx)
		switch why := reason(err); {
		case errors.Is(err, ErrOff):
			return err
		case why != "":
			return fmt.Errorf("%w: %s", ErrOff, why)
		case ctx.Err() != nil:
			return nil
		}
		a.log.Warn("slack socket lost, trying again", "err", err, "pause", pause)
		if sleep(ctx, pause) != nil {
			return nil
		}
	}
}

// connect runs slack-go's client, which reconnects by itself, and takes what
// it receives.
func (a *Adapter) connect(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	c := &connection{adapter: a, client: socketmode.New(a.api,
		socketmode.OptionPingInterval(a.cfg.PingInterval),
		socketmode.OptionReadLimit(largestMessage),
		socketmode.OptionLog(log.New(io.Discard, "", 0)))}
	ended := make(chan error, 1)
	go func() { ended <- c.client.RunContext(ctx) }()
	defer func() { cancel(); drain(c.client.Events, ended) }()
	for {
		select {
		case e := <-c.client.Events:
			if err := c.take(ctx, e); err != nil {
				return err
			}
		case err := <-ended:
			ended <- nil
			return err
		case <-a.off:
			return a.why
		case <-ctx.Done():
			return nil
		}
	}
}

// drain returns when the client has ended. What it still has to tell is for
// nobody: Slack sends it again.
func drain(events <-chan socketmode.Event, ended <-chan error) {
	for {
		select {
		case <-events:
		case <-ended:
			return
		}
	}
}

// connection is one run of slack-go's client.
type connection struct {
	adapter *Adapter
	client  *socketmode.Client
	since   time.Time // of the connection in use
	drops   int       // connections in a row that did not last
}

// take handles what the client says. An error ends the connection for good.
func (c *connection) take(ctx context.Context, e socketmode.Event) error {
	a := c.adapter
	switch data := e.Data.(type) {
	case *socketmode.ConnectedEvent:
		c.connected()
	case *slackgo.ConnectionErrorEvent:
		if why := reason(data.ErrorObj); why != "" {
			return fmt.Errorf("%w: %s", ErrOff, why)
		}
		a.log.Warn("slack socket not opened, trying again", "err", data.ErrorObj, "pause", data.Backoff)
	case *socketmode.ErrorBadMessage:
		// slack-go knows only some events and gives up on the others, without
		// an acknowledgement, so that Slack would send them again and again.
		var req socketmode.Request
		if json.Unmarshal(data.Message, &req) == nil && req.EnvelopeID != "" {
			c.receive(ctx, &req)
		}
	case *socketmode.ErrorWriteFailed:
		a.log.Warn("slack acknowledgement lost", "err", data.Cause)
	default:
		if e.Request != nil && e.Request.EnvelopeID != "" {
			c.receive(ctx, e.Request)
		}
	}
	return nil
}

// connected notes a new connection. slack-go opens the next one at once when it
// drops; one that keeps dropping is slowed down here.
func (c *connection) connected() {
	if now := time.Now(); !c.since.IsZero() && now.Sub(c.since) < steady {
		pause := min(c.adapter.cfg.Pause<<min(c.drops, 10), longestPause)
		c.adapter.calls.hold("apps.connections.open", pause)
		c.drops++
	} else {
		c.drops = 0
	}
	c.since = time.Now()
	c.adapter.log.Info("slack connected")
}

// receive hands a request on and acknowledges it. What needs an answer in the
// acknowledgement may take a moment, and does not keep the others waiting.
func (c *connection) receive(ctx context.Context, req *socketmode.Request) {
	env := envelope{kind: kind(req.Type), payload: req.Payload, again: req.RetryAttempt > 0}
	if env.kind != interactive {
		answer := c.adapter.receive(env)
		go c.acknowledge(ctx, req.EnvelopeID, answer)
		return
	}
	go func() { c.acknowledge(ctx, req.EnvelopeID, c.adapter.receive(env)) }()
}

func (c *connection) acknowledge(ctx context.Context, id string, answer any) {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	if err := c.client.AckCtx(ctx, id, answer); err != nil && ctx.Err() == nil {
		c.adapter.log.Error("acknowledge to slack", "err", err)
	}
}
