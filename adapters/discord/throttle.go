package discord

import (
	"fmt"
	"math"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// A throttle bounds what one person, and what everybody in one channel, may ask.
type throttle struct {
	mu       sync.Mutex
	now      func() time.Time
	users    *lru.Cache[string, *rate.Limiter]
	channels *lru.Cache[string, *rate.Limiter]
	told     *lru.Cache[string, time.Time]
}

const (
	userBurst     = 8               // a person picking through choices
	userEvery     = 4 * time.Second // then one question in this time
	channelBurst  = 15              // a lively channel
	channelEvery  = 2 * time.Second
	tellAgain     = time.Minute // how often a person is told that it is too much
	throttleKeeps = 10_000      // people and channels remembered; the rest start afresh
)

func newThrottle(now func() time.Time) *throttle {
	t := &throttle{now: now}
	t.users, _ = lru.New[string, *rate.Limiter](throttleKeeps)
	t.channels, _ = lru.New[string, *rate.Limiter](throttleKeeps)
	t.told, _ = lru.New[string, time.Time](throttleKeeps)
	return t
}

// wait is how long the person has to wait, zero for "go ahead". channel is empty
// when nobody else sees the answer.
func (t *throttle) wait(user, channel string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	if d := take(t.users, user, now, userEvery, userBurst); d > 0 || channel == "" {
		return d
	}
	return take(t.channels, channel, now, channelEvery, channelBurst)
}

func take(from *lru.Cache[string, *rate.Limiter], key string, now time.Time, every time.Duration, burst int) time.Duration {
	l, ok := from.Get(key)
	if !ok {
		l = rate.NewLimiter(rate.Every(every), burst)
		from.Add(key, l)
	}
	r := l.ReserveN(now, 1)
	d := r.DelayFrom(now)
	if d > 0 {
		r.CancelAt(now)
	}
	return d
}

// tell reports whether to say to the person that it is too much; it is false
// when that was said a moment ago.
func (t *throttle) tell(user string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	if at, ok := t.told.Get(user); ok && now.Sub(at) < tellAgain {
		return false
	}
	t.told.Add(user, now)
	return true
}

// pleaseWait is the polite line.
func pleaseWait(d time.Duration) string {
	s := max(1, int(math.Ceil(d.Seconds())))
	unit := "seconds"
	if s == 1 {
		unit = "second"
	}
	return fmt.Sprintf("That was a lot at once, and I want to keep up. Please ask again in %d %s.", s, unit)
}
