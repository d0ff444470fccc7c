package slack

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// fakeSocket is one Socket Mode connection.
type fakeSocket struct {
	mu   sync.Mutex
	conn *websocket.Conn
}

func (s *fakeSocket) send(v any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conn.WriteJSON(v)
}

func (f *fakeSlack) serveSocket(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	s := &fakeSocket{conn: conn}
	hello := map[string]any{"type": "hello", "num_connections": 1, "connection_info": map[string]any{"app_id": "A1"},
		"debug_info": map[string]any{"host": "fake", "approximate_connection_time": 18060}}
	if s.send(hello) != nil {
		return
	}
	f.mu.Lock()
	f.sockets = append(f.sockets, s)
	f.opened++
	f.changed.Broadcast()
	f.mu.Unlock()
	stop := make(chan struct{})
	go s.pings(f.ping, stop)
	f.readAcks(s)
	close(stop)
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.sockets {
		if f.sockets[i] == s {
			f.sockets = append(f.sockets[:i], f.sockets[i+1:]...)
			break
		}
	}
	f.changed.Broadcast()
}

// pings sends Slack's pings, without which a client takes the connection for dead.
func (s *fakeSocket) pings(every time.Duration, stop chan struct{}) {
	if every <= 0 {
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if s.conn.WriteControl(websocket.PingMessage, []byte("Ping from fake"), time.Now().Add(time.Second)) != nil {
			return
		}
		select {
		case <-tick.C:
		case <-stop:
			return
		}
	}
}

// readAcks notes the acknowledgements until the connection ends.
func (f *fakeSlack) readAcks(s *fakeSocket) {
	defer s.conn.Close()
	for {
		var ack struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		if s.conn.ReadJSON(&ack) != nil {
			return
		}
		f.mu.Lock()
		if _, twice := f.acks[ack.EnvelopeID]; twice {
			f.t.Errorf("envelope %s acknowledged twice", ack.EnvelopeID)
		}
		f.acks[ack.EnvelopeID] = ack.Payload
		f.changed.Broadcast()
		f.mu.Unlock()
	}
}
