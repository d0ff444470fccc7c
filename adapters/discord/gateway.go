package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// Gateway opcodes.
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// closeResumable is the code we close with when we mean to come back: Discord
// ends the session at once on 1000 and 1001.
const closeResumable = 4000

// maxFrame bounds a gateway message, in bytes. Without the guilds intent the
// largest is READY with a line for each guild.
const maxFrame = 16 << 20

// session is what resuming takes. The zero session identifies.
type session struct {
	id     string
	resume string // address to resume at
	seq    int64  // of the last event received
}

// A frame is one gateway message.
type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d,omitempty"`
	Seq  int64           `json:"s,omitempty"`
	Type string          `json:"t,omitempty"`
}

// link is one connection to the gateway, from dialling to its end.
type link struct {
	socket  *websocket.Conn
	write   sync.Mutex // a WebSocket takes one writer at a time
	session *session
	pace    pace
	acked   atomic.Bool // the last heartbeat was answered
	ready   chan struct{}
	once    sync.Once // closes ready
	event   func(kind string, data json.RawMessage)
}

// identity is how a connection introduces itself.
type identity struct {
	token   string
	intents discordgo.Intent
	shard   [2]int
}

// errReconnect is the end of a connection that Discord asked for.
var errReconnect = errors.New("discord asked to reconnect")

// errInvalid is the end of a connection whose session Discord could not take up
// again this time.
var errInvalid = errors.New("session is not valid")

// errForgotten is the end of a connection whose session is no more.
var errForgotten = fmt.Errorf("%w any more", errInvalid)

// dial opens the connection and waits for its first message.
func dial(ctx context.Context, address string, s *session, p pace) (*link, time.Duration, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, 0, fmt.Errorf("gateway address: %w", err)
	}
	u.RawQuery = "v=10&encoding=json"
	if u.Path == "" {
		u.Path = "/"
	}
	d := websocket.Dialer{HandshakeTimeout: p.open}
	socket, _, err := d.DialContext(ctx, u.String(), nil)
	if err != nil {
		return nil, 0, fmt.Errorf("connect to gateway: %w", err)
	}
	socket.SetReadLimit(maxFrame)
	l := &link{socket: socket, session: s, pace: p, ready: make(chan struct{}), event: func(string, json.RawMessage) {}}
	l.acked.Store(true)
	interval, err := l.hello()
	if err != nil {
		socket.Close()
		return nil, 0, err
	}
	return l, interval, nil
}

func (l *link) hello() (time.Duration, error) {
	l.socket.SetReadDeadline(time.Now().Add(l.pace.open))
	var f frame
	if err := l.socket.ReadJSON(&f); err != nil {
		return 0, fmt.Errorf("wait for hello: %w", err)
	}
	var h struct {
		Interval int64 `json:"heartbeat_interval"`
	}
	if f.Op == opReconnect {
		return 0, errReconnect
	}
	if err := json.Unmarshal(f.Data, &h); err != nil || f.Op != opHello || h.Interval <= 0 {
		return 0, fmt.Errorf("wait for hello: got opcode %d", f.Op)
	}
	return time.Duration(h.Interval) * time.Millisecond, nil
}

// introduce resumes the session, or identifies when there is none.
func (l *link) introduce(id identity) error {
	if l.session.id != "" {
		return l.send(opResume, map[string]any{"token": id.token, "session_id": l.session.id, "seq": l.session.seq})
	}
	return l.send(opIdentify, map[string]any{
		"token":      id.token,
		"intents":    id.intents,
		"shard":      id.shard,
		"properties": map[string]string{"os": "linux", "browser": "massagefaq", "device": "massagefaq"},
	})
}

// serve reads until the connection ends, and says why it did. It is ended by
// ctx, by Discord, or by a watchdog: one heartbeat unanswered, or no readiness
// in time.
func (l *link) serve(ctx context.Context, interval time.Duration) error {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(ctx, func() { l.close(ctx) })
	var watchers sync.WaitGroup
	defer func() {
		stop()
		cancel(nil)
		l.socket.Close()
		watchers.Wait()
	}()
	watchers.Go(func() { l.heartbeat(ctx, cancel, interval) })
	watchers.Go(func() { l.awaitReady(ctx, cancel) })
	for {
		// A further watchdog, behind the heartbeat's: no read lasts for ever.
		l.socket.SetReadDeadline(time.Now().Add(2*interval + l.pace.open))
		_, data, err := l.socket.ReadMessage()
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		if err != nil {
			return err
		}
		var f frame
		if json.Unmarshal(data, &f) != nil {
			continue // one message that cannot be read is not the end
		}
		if err := l.take(f); err != nil {
			return err
		}
	}
}

// close says goodbye: for good when the process stops, else so that the session
// can be resumed.
func (l *link) close(ctx context.Context) {
	if errors.Is(context.Cause(ctx), context.Canceled) {
		l.say(websocket.CloseNormalClosure)
	} else {
		l.say(closeResumable)
	}
	l.socket.Close()
}

func (l *link) say(code int) {
	l.socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
}

// take deals with one message. An error ends the connection.
func (l *link) take(f frame) error {
	switch f.Op {
	case opDispatch:
		l.dispatch(f)
	case opHeartbeat:
		return l.beat()
	case opAck:
		l.acked.Store(true)
	case opReconnect:
		l.say(closeResumable)
		return errReconnect
	case opInvalid:
		l.say(closeResumable)
		if string(f.Data) == "true" {
			return errInvalid
		}
		return errForgotten
	}
	return nil
}

func (l *link) dispatch(f frame) {
	atomic.StoreInt64(&l.session.seq, f.Seq)
	switch f.Type {
	case "READY":
		var r struct {
			SessionID string `json:"session_id"`
			Resume    string `json:"resume_gateway_url"`
		}
		json.Unmarshal(f.Data, &r)
		l.session.id, l.session.resume = r.SessionID, r.Resume
		l.once.Do(func() { close(l.ready) })
	case "RESUMED":
		l.once.Do(func() { close(l.ready) })
	}
	l.event(f.Type, f.Data)
}

// heartbeat sends one each interval, the first after a random part of it so
// that not everybody's come at once after an outage of Discord's.
func (l *link) heartbeat(ctx context.Context, end context.CancelCauseFunc, interval time.Duration) {
	wait := time.Duration(rand.Float64() * float64(interval))
	for sleep(ctx, wait) == nil {
		if !l.acked.Swap(false) {
			end(errors.New("heartbeat was not answered"))
			return
		}
		if err := l.beat(); err != nil {
			end(err)
			return
		}
		wait = interval
	}
}

func (l *link) beat() error {
	if seq := atomic.LoadInt64(&l.session.seq); seq > 0 {
		return l.send(opHeartbeat, seq)
	}
	return l.send(opHeartbeat, nil)
}

// awaitReady ends a connection that was accepted and then forgotten.
func (l *link) awaitReady(ctx context.Context, end context.CancelCauseFunc) {
	t := time.NewTimer(l.pace.ready)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-l.ready:
	case <-t.C:
		end(errors.New("gateway did not become ready"))
	}
}

func (l *link) send(op int, data any) error {
	l.write.Lock()
	defer l.write.Unlock()
	l.socket.SetWriteDeadline(time.Now().Add(l.pace.open))
	if err := l.socket.WriteJSON(map[string]any{"op": op, "d": data}); err != nil {
		return fmt.Errorf("write to gateway: %w", err)
	}
	return nil
}
