// Package bot turns a question into a reply: safety first, then small talk,
// follow-ups, retrieval, and a decision between answering, offering choices and
// saying "I don't know". It is the only place with manners, and knows no chat.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"massagefaq/bot/safety"
	"massagefaq/index"
	"massagefaq/knowledge"
)

// Journal is what a Bot remembers with. It is an interface because the journal
// imports this package for its types.
type Journal interface {
	Record(Entry)                                                                     // must not block
	Rate(context.Context, Rating) error                                               // durable once it returns nil
	Turns(ctx context.Context, thread string, since time.Time, n int) ([]Turn, error) // newest last
}

// Config is what a Bot is made of. Only Content is needed.
type Config struct {
	Content  knowledge.Folder   // what it knows
	Practice knowledge.Practice // what only the practice can say
	Journal  Journal            // nil: nothing outlives the process, ratings are refused
	Log      *slog.Logger       // nil discards
	Now      func() time.Time   // nil is time.Now; decides what is out of date
}

// Bot answers questions. It is safe for concurrent use.
type Bot struct {
	practice knowledge.Practice
	journal  Journal
	log      *slog.Logger
	now      func() time.Time
	content  atomic.Pointer[content]
	memory   *memory
	changing sync.Mutex // held while content is swapped or closed
	closed   bool
}

// content is everything that Replace swaps, in one: rules of one edition never
// meet passages of another.
type content struct {
	inUse    sync.RWMutex // held for reading while a question is answered, so that its index stays open
	index    *index.Index
	passages []knowledge.Passage
	byID     map[string]*knowledge.Passage
	gate     *safety.Gate
	talk     *talk
	digest   string
}

// New makes a bot that knows cfg.Content.
func New(cfg Config) (*Bot, error) {
	b := &Bot{practice: cfg.Practice, journal: cfg.Journal, log: cfg.Log, now: cfg.Now, memory: newMemory()}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if b.now == nil {
		b.now = time.Now
	}
	c, err := b.prepare(cfg.Content)
	if err != nil {
		return nil, err
	}
	b.content.Store(c)
	return b, nil
}

// Replace swaps what the bot knows, at once: a question is answered from the old
// or the new. On error the bot goes on with the old.
func (b *Bot) Replace(body knowledge.Folder) error {
	c, err := b.prepare(body)
	if err != nil {
		return err
	}
	b.changing.Lock()
	defer b.changing.Unlock()
	if b.closed {
		return errors.Join(errors.New("replace content: the bot is closed"), c.index.Close())
	}
	old := b.content.Swap(c)
	old.inUse.Lock() // wait for those who still read it; new questions have the new content
	defer old.inUse.Unlock()
	return old.index.Close()
}

// Close frees the index.
func (b *Bot) Close() error {
	b.changing.Lock()
	defer b.changing.Unlock()
	b.closed = true
	return b.content.Load().index.Close()
}

// hold returns the content and keeps its index open. Release inUse after use.
func (b *Bot) hold() *content {
	for {
		c := b.content.Load()
		c.inUse.RLock()
		if b.content.Load() == c {
			return c
		}
		c.inUse.RUnlock() // replaced in between
	}
}

func (b *Bot) prepare(body knowledge.Folder) (*content, error) {
	c := &content{
		passages: knowledge.Place(body.Passages, b.practice),
		byID:     map[string]*knowledge.Passage{},
		talk:     newTalk(body.SmallTalk),
		digest:   body.Digest,
	}
	for i := range c.passages {
		p := &c.passages[i]
		c.byID[p.ID] = p
	}
	var side sync.WaitGroup // the two have nothing to do with one another, and start-up is waited for
	var unread error
	side.Go(func() { c.index, unread = index.New(c.passages, body.Vocabulary) })
	var err error
	c.gate, err = safety.New(body.Safety)
	side.Wait()
	if unread != nil {
		return nil, unread
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read safety rules: %w", err), c.index.Close())
	}
	return c, nil
}

// Practice is what the practice says of itself.
func (b *Bot) Practice() knowledge.Practice { return b.practice }

// Digest names the content in use, for caches and the journal.
func (b *Bot) Digest() string { return b.content.Load().digest }

// Passages lists what someone of the given audience may read, in reading order.
// Answers withheld because their review is out of date are left out.
func (b *Bot) Passages(a knowledge.Audience) []knowledge.Passage {
	var out []knowledge.Passage
	for _, p := range b.content.Load().passages {
		if a.Sees(p.Audience) && !b.withheld(&p) {
			out = append(out, p)
		}
	}
	return out
}

// Passage finds one passage by ID, if the audience may read it.
func (b *Bot) Passage(id string, a knowledge.Audience) (knowledge.Passage, bool) {
	p, ok := b.content.Load().byID[id]
	if !ok || !a.Sees(p.Audience) || b.withheld(p) {
		return knowledge.Passage{}, false
	}
	return *p, true
}

// withheld reports whether the passage must not be shown: a money or safety
// answer whose review is out of date may be wrong in a way that costs.
func (b *Bot) withheld(p *knowledge.Passage) bool {
	return p.Sensitive() && p.Expired(b.now())
}

// Suggest lists up to n questions that someone typing prefix may mean.
func (b *Bot) Suggest(ctx context.Context, prefix string, a knowledge.Audience, n int) []knowledge.Passage {
	text, _ := tidy(prefix)
	c := b.hold()
	defer c.inUse.RUnlock()
	may := func(p *knowledge.Passage) bool { return a.Sees(p.Audience) && !b.withheld(p) }
	var out []knowledge.Passage
	for _, p := range c.index.Suggest(ctx, index.Query{Text: text, Audience: a, Limit: n}, may) {
		out = append(out, *p)
	}
	return out
}

// Rate records what someone thought of a reply. The error is ErrUnknownReply
// when nobody gave that reply.
func (b *Bot) Rate(ctx context.Context, r Rating) error {
	if b.journal == nil {
		return fmt.Errorf("rate reply: there is no journal")
	}
	return b.journal.Rate(ctx, r)
}
