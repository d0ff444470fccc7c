package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func newTestREST(f *fake) *rest {
	r := newREST(f.api(), fakeToken)
	r.pause = 5 * time.Millisecond
	return r
}

// Requests wait for their rate limit before they make it be exceeded, and all
// arrive.
func TestRateLimitHeaders(t *testing.T) {
	f := newFake(t)
	f.limit, f.window = 5, 150*time.Millisecond
	r := newTestREST(f)
	var wg sync.WaitGroup
	for n := range 18 {
		wg.Go(func() {
			if _, err := r.send(t.Context(), general, fmt.Sprint(n), note(false, "hello")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	refused := f.refused()
	if len(f.messages) != 18 || refused > 1 {
		t.Errorf("%d messages and %d refusals, want 18 and hardly any", len(f.messages), refused)
	}
}

// A refusal is obeyed for as long as Discord says.
func TestTooManyRequests(t *testing.T) {
	f := newFake(t)
	ft := f.fail("POST", "/messages", 1, 429, `{"message":"You are being rate limited.","retry_after":0.12,"global":false}`)
	ft.header.Set("X-RateLimit-Scope", "shared")
	began := time.Now()
	if _, err := newTestREST(f).send(t.Context(), general, "1", note(false, "hello")); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took < 120*time.Millisecond {
		t.Errorf("tried again after %s, want 120ms at least", took)
	}
}

// discordgo would try without end, sleeping through the end of its context.
func TestRetriesHeedContext(t *testing.T) {
	f := newFake(t)
	f.fail("POST", "/messages", -1, 429, `{"message":"You are being rate limited.","retry_after":30,"global":false}`)
	r := newTestREST(f)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := r.send(ctx, general, "1", note(false, "hello"))
	if took := time.Since(began); took > 20*time.Second || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("send = %v after %s, want the deadline, at once", err, took)
	}
	ctx, stop := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, stop)
	if _, err := r.send(ctx, "400000000000000002", "1", note(false, "hello")); !errors.Is(err, context.Canceled) {
		t.Errorf("send = %v, want canceled", err)
	}
}

// A bucket that is empty for long holds back nobody whose context ends sooner.
func TestEmptyBucketHeedsContext(t *testing.T) {
	f := newFake(t)
	f.limit, f.window = 1, time.Minute
	r := newTestREST(f)
	if _, err := r.send(t.Context(), general, "1", note(false, "hello")); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for n := range 3 {
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			began := time.Now()
			if _, err := r.send(ctx, general, fmt.Sprint(n), note(false, "hello")); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 10*time.Second {
				t.Errorf("send = %v after %s", err, time.Since(began))
			}
		})
	}
	wg.Wait()
}

func TestServerErrors(t *testing.T) {
	for _, status := range []int{500, 502, 503} {
		f := newFake(t)
		f.fail("POST", "/messages", 2, status, "<html>down</html>")
		if _, err := newTestREST(f).send(t.Context(), general, "1", note(false, "hello")); err != nil {
			t.Errorf("after two times %d: %v", status, err)
		}
		f.fail("POST", "/messages", -1, status, "down")
		if _, err := newTestREST(f).send(t.Context(), general, "2", note(false, "hello")); err == nil {
			t.Errorf("no error after %d without end", status)
		}
		if n := f.count("POST", "/messages"); n != 3+restTries {
			t.Errorf("%d requests, want %d", n, 3+restTries)
		}
	}
}

// A message whose receipt was lost is not written twice.
func TestNoMessageTwice(t *testing.T) {
	f := newFake(t)
	r := newTestREST(f)
	for range 2 {
		if _, err := r.send(t.Context(), general, "the same", note(false, "hello")); err != nil {
			t.Fatal(err)
		}
	}
	if len(f.messages) != 1 {
		t.Errorf("%d messages, want 1", len(f.messages))
	}
}

// The address of an interaction holds its token, which is as good as a password
// for fifteen minutes: no error quotes it.
func TestErrorsKeepTokens(t *testing.T) {
	f := newFake(t)
	in := &interaction{ID: "1", Token: "SECRET-INTERACTION", ApplicationID: fakeApp}
	r := newTestREST(f)
	f.fail("POST", "/callback", 1, 429, `{"retry_after":100}`)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	errs := []error{r.respond(ctx, in, response{Type: 5}), r.respond(ctx, in, response{Type: 5})}
	f.server.Close()
	errs = append(errs, r.respond(ctx, in, response{Type: 5}), r.edit(ctx, in, note(false, "x")), r.follow(ctx, in, note(false, "x")))
	for _, err := range errs {
		if err == nil || strings.Contains(err.Error(), "SECRET") || strings.Contains(err.Error(), fakeToken) {
			t.Errorf("error %v, want one without the token", err)
		}
	}
}

// discordgo keeps a bucket for each interaction, for ever.
func TestBucketsAreBounded(t *testing.T) {
	f := newFake(t)
	f.strict = false
	r := newTestREST(f)
	for n := range 3 * maxBuckets {
		r.bucket(fmt.Sprintf("channel %d", n))
	}
	if len(r.keys) > maxBuckets {
		t.Errorf("%d buckets, want %d at most", len(r.keys), maxBuckets)
	}
	r = newTestREST(f)
	for n := range 50 {
		r.respond(t.Context(), &interaction{ID: fmt.Sprint(n), Token: "t", ApplicationID: fakeApp}, response{Type: 5})
	}
	if len(r.keys) != 0 {
		t.Errorf("answers to interactions left %d buckets", len(r.keys))
	}
}

func TestDiscreet(t *testing.T) {
	if err := discreet(http.ErrHandlerTimeout); err != http.ErrHandlerTimeout {
		t.Errorf("discreet changed %v", err)
	}
}
