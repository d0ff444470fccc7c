package slack

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"path"
	"strconv"
	"sync"
	"syscall"
	"time"
)

const (
	// attemptTimeout bounds one call. Slack answers in some 200 ms; a call that
	// takes longer than this has been lost on the way.
	attemptTimeout = 10 * time.Second
	// attempts is how often a call is tried in all.
	attempts = 4
	// maxRetryAfter is the longest that Slack may ask us to wait. It asks for a
	// minute at most; anything longer is a fault, and the question is stale.
	maxRetryAfter = 90 * time.Second
)

// caller sends calls to Slack for slack-go, which by itself has no timeout, no
// retries, and forgets a rate limit as soon as it has been told of one.
type caller struct {
	client *http.Client
	pause  time.Duration // before the second attempt after a fault of Slack's; doubles
	log    *slog.Logger

	mu    sync.Mutex
	until map[string]time.Time // by method: no call before then, since Slack said so
}

func newCaller(pause time.Duration, log *slog.Logger) *caller {
	return &caller{
		client: &http.Client{Timeout: attemptTimeout},
		pause:  pause,
		log:    log,
		until:  map[string]time.Time{},
	}
}

// Do sends the request, again if Slack is busy, and waits as long as Slack asks
// for. It gives up when the request's context ends.
func (c *caller) Do(req *http.Request) (*http.Response, error) {
	method := path.Base(req.URL.Path)
	for attempt := 1; ; attempt++ {
		if err := c.wait(req.Context(), method); err != nil {
			return nil, err
		}
		resp, err := c.client.Do(req)
		again, wait := c.retry(resp, err)
		if !again || attempt == attempts || !rewind(req) {
			return resp, err
		}
		c.log.Debug("slack call again", "method", method, "attempt", attempt, "wait", wait, "err", err)
		if resp != nil {
			io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
			resp.Body.Close()
		}
		if resp != nil && resp.StatusCode == http.StatusTooManyRequests {
			c.hold(method, wait)
			continue
		}
		if err := sleep(req.Context(), c.pause<<(attempt-1)); err != nil {
			return nil, err
		}
	}
}

// retry decides whether a call is to be sent again, and how long Slack wants
// us to wait. After a timeout it is not: the message may have been posted, and
// one answer is better than two.
func (c *caller) retry(resp *http.Response, err error) (again bool, wait time.Duration) {
	switch {
	case err != nil:
		return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF), 0
	case resp.StatusCode == http.StatusTooManyRequests:
		wait = time.Second
		if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
			wait = time.Duration(s) * time.Second
		}
		return wait <= maxRetryAfter, wait
	}
	return resp.StatusCode >= http.StatusInternalServerError, 0
}

// hold keeps every call of the method back for a while.
func (c *caller) hold(method string, d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if until := time.Now().Add(d); until.After(c.until[method]) {
		c.until[method] = until
	}
}

// wait returns when Slack wants calls of the method again.
func (c *caller) wait(ctx context.Context, method string) error {
	for {
		c.mu.Lock()
		d := time.Until(c.until[method])
		if d <= 0 {
			delete(c.until, method)
		}
		c.mu.Unlock()
		if d <= 0 {
			return nil
		}
		if err := sleep(ctx, d); err != nil {
			return err
		}
	}
}

// rewind makes the request ready to be sent once more.
func rewind(req *http.Request) bool {
	if req.Body == nil || req.Body == http.NoBody {
		return true
	}
	if req.GetBody == nil {
		return false
	}
	body, err := req.GetBody()
	req.Body = body
	return err == nil
}

// sleep returns after d, or with the context's error when that ends first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
