package bot

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"
	"time"

	"massagefaq/bot/safety"
	"massagefaq/index"
	"massagefaq/knowledge"
)

// Ask answers a question. The stages, in this order: tidy, the safety gate,
// small talk and other languages, follow-ups and parts, retrieval, decide,
// journal. The error is only for a search that could not be run, such as after
// Close or with ctx ended.
func (b *Bot) Ask(ctx context.Context, q Question) (Reply, error) {
	start := b.now()
	began := time.Now()
	c := b.hold()
	defer c.inUse.RUnlock()
	text, cut := tidy(q.Text)
	m := &message{Question: q, content: c, text: text, reader: c.gate.Reader()}
	defer m.reader.Close()
	r, err := b.reply(ctx, m)
	if err != nil {
		return Reply{}, err
	}
	r.ID, r.Cut = newID(), cut
	b.remember(c, q, &r, text, start, time.Since(began))
	return r, nil
}

// message is a question on its way through the stages.
type message struct {
	Question
	*content
	text   string         // tidied
	reader *safety.Reader // the gate's, for this question and what it leans on
	turns  []Turn         // what the thread said before, oldest first
}

// reply runs the stages between tidying and remembering.
func (b *Bot) reply(ctx context.Context, m *message) (Reply, error) {
	if v, ok := m.reader.Check(m.text); ok {
		return b.urgent(m.Question, m.text, v), nil
	}
	if e, ok := m.talk.hear(m.text); ok {
		return b.chat(m.content, m.Question, e), nil
	}
	if told := b.told(m.Question, m.text); told != m.text {
		if v, ok := m.reader.Check(told); ok {
			return b.urgent(m.Question, m.text, v), nil
		}
	}
	if l, ok := m.talk.foreign(m.text); ok {
		return Reply{Kind: Unknown, Text: b.practice.Place(l.Say)}, nil
	}
	return b.answer(ctx, m)
}

// Urgent is Ask for a channel that would rather not answer now, for instance
// because somebody asks too fast: only an emergency gets its reply. It is not
// remembered anywhere.
func (b *Bot) Urgent(q Question) (Reply, bool) {
	text, cut := tidy(q.Text)
	v, ok := b.content.Load().gate.Check(text)
	if !ok {
		return Reply{}, false
	}
	r := b.urgent(q, text, v)
	r.ID, r.Cut = newID(), cut
	return r, true
}

func (b *Bot) urgent(q Question, text string, v safety.Verdict) Reply {
	r := Reply{Kind: Urgent, Text: b.practice.Place(v.Say), Resource: v.Resource, Rule: v.Rule}
	if q.Explain {
		r.Explained = &Explanation{Tidied: text, Kind: Urgent, Reason: "safety rule " + v.Rule + ": " + v.Why}
	}
	return r
}

// toldTurns is how many earlier messages the safety gate reads with a new one.
const toldTurns = 2

// told is the new message after the last ones of its thread: "my calf hurts", then
// "it is swollen and red", is one thing told in two messages. Each of the earlier
// ones was no emergency by itself, or it would not be remembered.
func (b *Bot) told(q Question, text string) string {
	turns := b.memory.turns(q.key(), b.now().Add(-rememberFor))
	for i := len(turns) - 1; i >= max(0, len(turns)-toldTurns); i-- {
		text = turns[i].Question + ". " + text
	}
	return text
}

// chat says what an exchange says, with questions to go on with.
func (b *Bot) chat(c *content, q Question, e *knowledge.Exchange) Reply {
	r := Reply{Kind: SmallTalk, Text: b.practice.Place(e.Say)}
	if e.Handoff {
		r.Kind = Handoff
		return r
	}
	r.Suggestions = b.starters(c, q.Audience)
	return r
}

// answer finds and decides, for each part of the question.
func (b *Bot) answer(ctx context.Context, m *message) (Reply, error) {
	m.turns = b.turns(ctx, m.Question)
	whole, err := b.understand(ctx, m, m.text)
	if err != nil {
		return Reply{}, err
	}
	d, err := b.inParts(ctx, m, whole)
	if err != nil {
		return Reply{}, err
	}
	r := b.compose(m.content, m.Question, d)
	if m.Explain {
		r.Explained = explain(m.text, r.Kind, &d)
	}
	return r, nil
}

// inParts answers each question of a message that asks several.
func (b *Bot) inParts(ctx context.Context, m *message, whole decision) (decision, error) {
	var found []decision
	for _, p := range split(m.text) {
		d, err := b.understand(ctx, m, p)
		if err != nil {
			return decision{}, err
		}
		if !d.stands() {
			return whole, nil
		}
		found = append(found, d)
	}
	return merge(whole, found), nil
}

// understand reads one question in the light of its thread and decides.
func (b *Bot) understand(ctx context.Context, m *message, text string) (decision, error) {
	alone, err := b.search(ctx, m, text, nil)
	if err != nil || len(m.turns) == 0 {
		return decide(alone), err
	}
	need := leans(text)
	if need == never {
		return decide(alone), nil
	}
	joined, err := b.search(ctx, m, text, earlier(m.turns))
	if err != nil {
		return decision{}, err
	}
	last := m.turns[len(m.turns)-1]
	if alone.care == nil && clearance(text) && (len(alone.hits) == 0 || alone.hits[0].Confidence < clearlyMeant) {
		joined.care = m.care(last.Question + ". " + text)
	}
	return follow(decide(alone), decide(fuse(alone, joined, last))), nil
}

// clearlyMeant is the confidence from which a turn is about what it says itself,
// whatever condition was spoken of before.
const clearlyMeant = 0.5

// search is retrieval: what the index found, and what the safety rules say about
// asking it with a condition.
func (b *Bot) search(ctx context.Context, m *message, text string, context []string) (findings, error) {
	res, err := m.index.Search(ctx, index.Query{Text: text, Context: context, Audience: m.Audience})
	if err != nil {
		return findings{}, err
	}
	return findings{asked: text, context: context, hits: res.Hits, reading: res.Reading, care: m.care(text)}, nil
}

// care is the passage for the condition with which somebody asks for massage, if so.
func (m *message) care(text string) *knowledge.Passage {
	id, ok := m.reader.Care(text)
	if !ok {
		return nil
	}
	if p, known := m.byID[id]; known && m.Audience.Sees(p.Audience) {
		return p
	}
	return nil
}

// turns are what the thread said before: from memory, or from the journal when
// another replica, or this one before a restart, had the earlier turns.
func (b *Bot) turns(ctx context.Context, q Question) []Turn {
	key := q.key()
	if key == "" {
		return nil
	}
	since := b.now().Add(-rememberFor)
	if t := b.memory.turns(key, since); len(t) > 0 || b.journal == nil {
		return t
	}
	t, err := b.journal.Turns(ctx, key, since, rememberTurns)
	if err != nil {
		b.log.Warn("read thread from journal", "err", err)
		return nil
	}
	return t
}

// remember keeps the turn for follow-ups and for the journal. Nothing of an
// urgent message's text is kept anywhere.
func (b *Bot) remember(c *content, q Question, r *Reply, text string, at time.Time, took time.Duration) {
	e := Entry{Reply: r.ID, At: at, Channel: q.Channel, Thread: q.key(), Audience: q.Audience, Question: text,
		Kind: r.Kind, Content: c.digest, Took: took}
	for _, p := range r.Passages {
		e.Passages = append(e.Passages, p.ID)
		e.Scores = append(e.Scores, p.Score)
	}
	if r.Kind == Urgent {
		e.Question = ""
	} else {
		b.memory.add(q.key(), Turn{Question: text, Passages: e.Passages, At: at})
	}
	if b.journal != nil {
		b.journal.Record(e)
	}
}

// newID is 80 random bits: unguessable, so that nobody rates another's reply.
func newID() string {
	var raw [10]byte
	rand.Read(raw[:])
	return strings.ToLower(base32.StdEncoding.EncodeToString(raw[:]))
}
