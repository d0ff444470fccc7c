package discord

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// gatePart is the gateway's part of the fake.
type gatePart struct {
	shards         int
	concurrency    int
	identifiesLeft int
	interval       time.Duration    // of heartbeats
	allowed        discordgo.Intent // intents that are switched on, beside the unprivileged
	scripts        []func(*peer)    // what the nth connection does instead of the usual
	sessions       map[string]*gateSession
	peers          map[*peer]bool
	connections    int
	identifies     []identifyRecord
	resumes        int
	goodbyes       []int // codes with which the bot closed
	beats          int   // heartbeats received
	deaf           bool  // heartbeats are not answered
}

type identifyRecord struct {
	at      time.Time
	shard   [2]int
	intents discordgo.Intent
}

// gateSession is what a bot may resume.
type gateSession struct {
	id    string
	shard [2]int
	seq   int64
	log   []frame // of dispatches
}

func newGatePart() gatePart {
	return gatePart{shards: 1, concurrency: 1, identifiesLeft: 1000, interval: 40 * time.Second, sessions: map[string]*gateSession{}, peers: map[*peer]bool{}}
}

// privileged are the intents that have to be switched on.
const privileged = discordgo.IntentMessageContent | discordgo.IntentGuildMembers | discordgo.IntentGuildPresences

// A peer is one connection, seen from Discord.
type peer struct {
	*fake
	socket  *websocket.Conn
	session *gateSession
	write   sync.Mutex
	number  int // of the connection, from 0
}

func (f *fake) gatewayURL() string {
	return "ws" + strings.TrimPrefix(f.server.URL, "http") + "/gateway"
}

func (f *fake) serveGateway(w http.ResponseWriter, r *http.Request) {
	if q := r.URL.Query(); q.Get("v") != "10" || q.Get("encoding") != "json" {
		f.wrong("gateway: connected with %q", r.URL.RawQuery)
	}
	up := websocket.Upgrader{}
	socket, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	f.mu.Lock()
	p := &peer{fake: f, socket: socket, number: f.connections}
	f.connections++
	f.peers[p] = true
	script := (*peer).usual
	if p.number < len(f.scripts) && f.scripts[p.number] != nil {
		script = f.scripts[p.number]
	}
	f.wake()
	f.mu.Unlock()
	script(p)
	socket.Close()
	f.mu.Lock()
	delete(f.peers, p)
	f.wake()
	f.mu.Unlock()
}

// drop cuts every connection, without a goodbye.
func (f *fake) drop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for p := range f.peers {
		p.socket.Close()
	}
}

// usual is the life of a connection when nothing goes wrong.
func (p *peer) usual() {
	p.hello()
	if p.greet() {
		p.serve()
	}
}

func (p *peer) hello() {
	p.mu.Lock()
	interval := p.interval
	p.mu.Unlock()
	p.send(frame{Op: opHello, Data: marshal(map[string]any{"heartbeat_interval": interval.Milliseconds()})})
}

// greet waits for an identify or a resume and answers it; false ends the
// connection.
func (p *peer) greet() bool {
	for {
		f, err := p.read()
		if err != nil {
			return false
		}
		switch f.Op {
		case opHeartbeat:
			p.beat()
		case opIdentify:
			return p.identified(f)
		case opResume:
			if p.resumed(f) {
				return true
			}
		default:
			p.goodbye(4003)
			return false
		}
	}
}

func (p *peer) identified(f frame) bool {
	var id struct {
		Token      string            `json:"token"`
		Intents    discordgo.Intent  `json:"intents"`
		Shard      [2]int            `json:"shard"`
		Properties map[string]string `json:"properties"`
	}
	if err := json.Unmarshal(f.Data, &id); err != nil {
		p.goodbye(4002)
		return false
	}
	p.mu.Lock()
	p.identifies = append(p.identifies, identifyRecord{time.Now(), id.Shard, id.Intents})
	allowed, token := p.allowed, p.token
	p.session = &gateSession{id: "session" + p.id(), shard: id.Shard}
	p.sessions[p.session.id] = p.session
	p.mu.Unlock()
	switch {
	case id.Token != token:
		p.goodbye(4004)
		return false
	case id.Intents&privileged&^allowed != 0:
		p.goodbye(4014)
		return false
	case id.Properties["os"] == "":
		p.wrong("gateway: identify without properties")
	}
	p.dispatch("READY", map[string]any{
		"v": 10, "user": p.app["bot"], "guilds": []any{}, "session_id": p.session.id, "resume_gateway_url": p.gatewayURL() + "/resume",
		"session_type": "normal", "shard": id.Shard, "private_channels": []any{}, "application": map[string]any{"id": fakeApp, "flags": 0},
	})
	return true
}

// resumed sends what was missed; a session that is not known is invalid.
func (p *peer) resumed(f frame) bool {
	var r struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int64  `json:"seq"`
	}
	json.Unmarshal(f.Data, &r)
	p.mu.Lock()
	p.resumes++
	s := p.sessions[r.SessionID]
	p.wake()
	p.mu.Unlock()
	if s == nil || r.Token != p.token || r.Seq > s.seq {
		p.send(frame{Op: opInvalid, Data: marshal(false)})
		return false
	}
	p.write.Lock() // what happens meanwhile comes after what was missed
	defer p.write.Unlock()
	p.mu.Lock()
	p.session = s
	missed := append([]frame(nil), s.log...)
	p.mu.Unlock()
	for _, m := range missed {
		if m.Seq > r.Seq {
			p.put(m)
		}
	}
	p.next("RESUMED", map[string]any{})
	return true
}

// serve answers heartbeats until the connection ends, and ends it when they stop.
func (p *peer) serve() {
	for {
		p.mu.Lock()
		interval := p.interval
		p.mu.Unlock()
		p.socket.SetReadDeadline(time.Now().Add(2 * interval))
		f, err := p.read()
		if err != nil {
			return
		}
		switch f.Op {
		case opHeartbeat:
			p.beat()
		case opIdentify:
			p.goodbye(4005)
			return
		case opResume:
			p.goodbye(4005)
			return
		}
	}
}

func (p *peer) beat() {
	p.mu.Lock()
	p.beats++
	deaf := p.deaf
	p.wake()
	p.mu.Unlock()
	if !deaf {
		p.send(frame{Op: opAck})
	}
}

func (p *peer) read() (frame, error) {
	var f frame
	err := p.socket.ReadJSON(&f)
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		p.mu.Lock()
		p.goodbyes = append(p.goodbyes, closed.Code)
		p.wake()
		p.mu.Unlock()
	}
	return f, err
}

func (p *peer) send(f frame) {
	p.write.Lock()
	defer p.write.Unlock()
	p.put(f)
}

// put is send with p.write held.
func (p *peer) put(f frame) {
	p.socket.SetWriteDeadline(time.Now().Add(patience))
	p.socket.WriteJSON(map[string]any{"op": f.Op, "d": f.Data, "s": nilIfZero(f.Seq), "t": nilIfEmpty(f.Type)})
}

// raw sends what may be no frame at all.
func (p *peer) raw(kind int, data string) {
	p.write.Lock()
	defer p.write.Unlock()
	p.socket.WriteMessage(kind, []byte(data))
}

func (p *peer) goodbye(code int) {
	p.socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	p.socket.Close()
}

// dispatch sends an event on this connection and keeps it for a resume. Events
// are sent in the order of their numbers.
func (p *peer) dispatch(kind string, data any) {
	p.write.Lock()
	defer p.write.Unlock()
	p.next(kind, data)
}

// next is dispatch with p.write held.
func (p *peer) next(kind string, data any) {
	p.mu.Lock()
	p.session.seq++
	f := frame{Op: opDispatch, Type: kind, Seq: p.session.seq, Data: marshal(data)}
	p.session.log = append(p.session.log, f)
	p.wake()
	p.mu.Unlock()
	p.put(f)
}
