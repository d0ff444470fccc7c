package slack

import (
	"context"
	"slices"
	"sync"
	"time"

	"massagefaq/bot"
)

// ratings is a journal that keeps replies and ratings in memory.
type ratings struct {
	mu      sync.Mutex
	replies []string
	entries []bot.Entry
	rated   []bot.Rating
}

func (r *ratings) Record(e bot.Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.replies = append(r.replies, e.Reply)
	r.entries = append(r.entries, e)
}

func (r *ratings) Rate(_ context.Context, rating bot.Rating) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.replies, rating.Reply) {
		return bot.ErrUnknownReply
	}
	r.rated = append(r.rated, rating)
	return nil
}

func (r *ratings) Turns(context.Context, string, time.Time, int) ([]bot.Turn, error) { return nil, nil }
