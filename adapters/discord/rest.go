package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// restAPI is where Discord answers. Version 10 is the one its description is for.
const restAPI = "https://discord.com/api/v10/"

const (
	restTimeout = 10 * time.Second // of one request
	restTries   = 4                // of one call
	maxBuckets  = 1000             // rate limits remembered
)

// Discord's error codes that we act on.
const (
	unknownChannel     = 10003
	unknownMessage     = 10008
	unknownWebhook     = 10015
	unknownInteraction = 10062
	missingAccess      = 50001
	cannotMessageUser  = 50007
	missingPermission  = 50013
	noReadHistory      = 160002
)

// rest makes requests with discordgo, within its rate limits. It does what
// discordgo's own retries do not: it heeds the context, gives up, and forgets.
type rest struct {
	api     string
	session *discordgo.Session
	pause   time.Duration // before the second try; doubles

	mu     sync.Mutex
	limits *discordgo.RateLimiter
	keys   map[string]bool // of the buckets in limits, which does not tell
}

func newREST(api, token string) *rest {
	auth := ""
	if token != "" {
		auth = "Bot " + token
	}
	s, _ := discordgo.New(auth) // never fails
	s.StateEnabled = false
	s.Client = &http.Client{Timeout: restTimeout}
	s.UserAgent = "DiscordBot (massagefaq, 1) discordgo/" + discordgo.VERSION
	return &rest{api: strings.TrimRight(api, "/") + "/", session: s, pause: 500 * time.Millisecond, limits: discordgo.NewRatelimiter(), keys: map[string]bool{}}
}

// A call is one request. Calls with the same bucket share a rate limit; the
// empty bucket is for what has a limit of its own and is never called again,
// such as the answer to an interaction.
type call struct {
	method, path, bucket string
	body                 any
	once                 bool // a second try could do it twice, or comes too late
}

// do makes the call and decodes the answer into out, unless that is nil.
func (r *rest) do(ctx context.Context, c call, out any) error {
	var body []byte
	if c.body != nil {
		var err error
		if body, err = json.Marshal(c.body); err != nil {
			return fmt.Errorf("encode %s %s: %w", c.method, c.bucket, err)
		}
	}
	answer, err := r.try(ctx, c, body)
	if err != nil {
		return fmt.Errorf("discord %s %s: %w", c.method, c.name(), err)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("discord %s %s: decode answer: %w", c.method, c.name(), err)
	}
	return nil
}

// name is the path for a log: those of interactions hold a token.
func (c call) name() string {
	if c.bucket == "" {
		return "interaction"
	}
	return c.path
}

// try makes the call again while that makes sense.
func (r *rest) try(ctx context.Context, c call, body []byte) ([]byte, error) {
	pause := r.pause
	for n := 1; ; n++ {
		answer, err := r.request(ctx, c, body)
		wait, again := retry(err, pause)
		if !again || n == restTries || c.once && !limited(err) {
			return answer, err
		}
		if late(ctx, wait) {
			return nil, errors.Join(err, context.DeadlineExceeded)
		}
		if sleep(ctx, wait) != nil {
			return nil, errors.Join(err, ctx.Err())
		}
		pause *= 2
	}
}

// retry says whether and when to try again after err: when Discord says so, or
// soon when Discord or the way to it was at fault.
func retry(err error, pause time.Duration) (time.Duration, bool) {
	var limit *limitError
	var answer *discordgo.RESTError
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return 0, false
	case errors.As(err, &limit):
		return max(limit.after, 50*time.Millisecond), true
	case errors.As(err, &answer):
		return pause, answer.Response.StatusCode >= 500
	}
	return pause, true // the network, or a 502, for which discordgo has no type
}

func limited(err error) bool {
	var limit *limitError
	return errors.As(err, &limit)
}

// request makes one request as soon as its rate limit allows.
func (r *rest) request(ctx context.Context, c call, body []byte) ([]byte, error) {
	bucket, err := r.lock(ctx, c.bucket)
	if err != nil {
		return nil, err
	}
	answer, err := r.session.RequestWithLockedBucket(c.method, r.api+c.path, "application/json", body, bucket, 0,
		discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0))
	return answer, discreet(err)
}

// A limitError is Discord's "too many requests".
type limitError struct{ after time.Duration }

func (e *limitError) Error() string {
	return "too many requests, again in " + e.after.Round(time.Millisecond).String()
}

// discreet takes the address out of errors that quote it: the address of an
// interaction holds its token.
func discreet(err error) error {
	var limit *discordgo.RateLimitError
	var network *url.Error
	switch {
	case errors.As(err, &limit):
		return &limitError{limit.RetryAfter}
	case errors.As(err, &network):
		return network.Err
	}
	return err
}

// lock waits until the bucket has room and returns it locked, as discordgo's
// LockBucket does, except that the wait heeds ctx and is not under the lock.
func (r *rest) lock(ctx context.Context, key string) (*discordgo.Bucket, error) {
	limits, bucket := r.bucket(key)
	for {
		bucket.Lock()
		wait := limits.GetWaitTime(bucket, 1)
		if wait <= 0 {
			bucket.Remaining--
			return bucket, nil
		}
		bucket.Unlock()
		if late(ctx, wait) {
			return nil, fmt.Errorf("rate limit lasts %s: %w", wait.Round(time.Millisecond), context.DeadlineExceeded)
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// bucket finds or makes the bucket. discordgo keeps each for ever, so when there
// are many, all are forgotten at once; at worst Discord says 429 once for each.
func (r *rest) bucket(key string) (*discordgo.RateLimiter, *discordgo.Bucket) {
	if key == "" {
		fresh := discordgo.NewRatelimiter()
		return fresh, fresh.GetBucket(key)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.keys[key] && len(r.keys) >= maxBuckets {
		r.limits, r.keys = discordgo.NewRatelimiter(), map[string]bool{}
	}
	r.keys[key] = true
	return r.limits, r.limits.GetBucket(key)
}

// late reports whether ctx ends before the wait does.
func late(ctx context.Context, wait time.Duration) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) < wait
}

// sleep waits, or returns the error of ctx if that ends first.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// code is Discord's code for the error, or 0.
func code(err error) int {
	var answer *discordgo.RESTError
	if errors.As(err, &answer) && answer.Message != nil {
		return answer.Message.Code
	}
	return 0
}

// status is the HTTP status of the error, or 0.
func status(err error) int {
	var answer *discordgo.RESTError
	if errors.As(err, &answer) {
		return answer.Response.StatusCode
	}
	return 0
}
