package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// running is a server started by Run, on loopback.
func running(t *testing.T, h http.Handler) (addr string, stop context.CancelFunc, done <-chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, l, h, nil) }()
	t.Cleanup(stop)
	return l.Addr().String(), stop, ended
}

// send writes a question on a connection of its own and leaves the answer there.
func send(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	body := question("does massage hurt")
	_, err = fmt.Fprintf(conn, "POST /api/ask HTTP/1.1\r\nHost: faq.example\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	return conn, err
}

func receive(conn net.Conn) error {
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(patience))
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 || !strings.Contains(string(body), `"kind":"answer"`) {
		return fmt.Errorf("status %d, %d bytes, %v", resp.StatusCode, len(body), err)
	}
	return nil
}

const inFlight = 500

// However the end comes, who has asked is answered: while all questions are in
// their handlers, and at a moment when most have only just arrived.
func TestEveryQuestionInFlightIsAnswered(t *testing.T) {
	s, err := New(Config{Bot: testBot(t, lakeside)})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("in their handlers", func(t *testing.T) {
		var inside atomic.Int64
		gate := make(chan struct{})
		addr, stop, done := running(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			inside.Add(1)
			<-gate
			s.Handler().ServeHTTP(w, r)
		}))
		conns := sendMany(t, addr)
		for inside.Load() < inFlight {
			time.Sleep(time.Millisecond)
		}
		stop()
		time.AfterFunc(2*lastCall, func() { close(gate) })
		allAnswered(t, conns, done)
	})
	t.Run("just arrived", func(t *testing.T) {
		addr, stop, done := running(t, s.Handler())
		conns := sendMany(t, addr)
		stop()
		allAnswered(t, conns, done)
	})
}

func sendMany(t *testing.T, addr string) []net.Conn {
	t.Helper()
	conns := make([]net.Conn, inFlight)
	for i := range conns {
		var err error
		if conns[i], err = send(addr); err != nil {
			t.Fatal(err)
		}
	}
	return conns
}

func allAnswered(t *testing.T, conns []net.Conn, done <-chan error) {
	t.Helper()
	var wg sync.WaitGroup
	var lost atomic.Int64
	for _, c := range conns {
		wg.Go(func() {
			if err := receive(c); err != nil {
				if lost.Add(1) == 1 {
					t.Errorf("a question was lost: %v", err)
				}
			}
		})
	}
	wg.Wait()
	if err := <-done; err != nil {
		t.Errorf("Run: %v", err)
	}
	if n := lost.Load(); n > 0 {
		t.Errorf("%d of %d questions in flight were lost", n, len(conns))
	}
}

func TestRunEndsAtOnceWhenIdle(t *testing.T) {
	t.Parallel() // it mostly waits
	addr, stop, done := running(t, http.NotFoundHandler())
	conn, err := net.Dial("tcp", addr) // open and silent
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := http.Get("http://" + addr); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("took %s", took)
	}
	if _, err := net.Dial("tcp", addr); err == nil {
		t.Error("the port is still open")
	}
}

func TestRunTellsWhenItCannotServe(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := Run(t.Context(), l, http.NotFoundHandler(), nil); err == nil {
		t.Error("Run on a closed listener returned nil")
	}
}

func TestPanicIsAnAnswer(t *testing.T) {
	s, err := New(Config{Bot: testBot(t, lakeside), Mount: map[string]http.Handler{
		"POST /slack/events": http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom") }),
		"GET /half": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte("half"))
			w.(http.Flusher).Flush()
			panic("boom")
		}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	addr, _, _ := running(t, s.Handler())
	got := do(t, "POST", "http://"+addr+"/slack/events", "{}")
	if got.StatusCode != 500 || strings.Contains(got.body, "boom") {
		t.Errorf("status %d, body %s", got.StatusCode, got.body)
	}
	resp, err := http.Get("http://" + addr + "/half")
	if err == nil {
		if _, err = io.ReadAll(resp.Body); err == nil {
			t.Error("half an answer looks whole")
		}
	}
	if got := do(t, "GET", "http://"+addr+"/healthz", ""); got.StatusCode != 200 {
		t.Errorf("after a panic: status %d", got.StatusCode)
	}
}
