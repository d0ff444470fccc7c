package discord

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// signedWorld is a world whose interactions come as signed HTTP requests.
type signedWorld struct {
	*world
	key    ed25519.PrivateKey
	server *httptest.Server
}

func newSignedWorld(t *testing.T, change func(*Config)) *signedWorld {
	t.Helper()
	public, key, _ := ed25519.GenerateKey(nil)
	s := &signedWorld{key: key}
	s.world = prepare(t, func(c *Config) {
		c.PublicKey = hex.EncodeToString(public)
		if change != nil {
			change(c)
		}
	})
	s.server = httptest.NewServer(s.adapter.Handler())
	t.Cleanup(s.server.Close)
	return s
}

// post sends a body as Discord does, signed at the time.
func (s *signedWorld) post(body []byte, at time.Time) (int, []byte) {
	s.t.Helper()
	stamp := fmt.Sprint(at.Unix())
	return s.raw(body, stamp, hex.EncodeToString(ed25519.Sign(s.key, append([]byte(stamp), body...))))
}

func (s *signedWorld) raw(body []byte, stamp, signature string) (int, []byte) {
	s.t.Helper()
	req, _ := http.NewRequest("POST", s.server.URL+Path, bytes.NewReader(body))
	req.Header.Set("X-Signature-Ed25519", signature)
	req.Header.Set("X-Signature-Timestamp", stamp)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, answer
}

// interact sends an interaction and takes the answer as Discord does.
func (s *signedWorld) interact(in map[string]any) map[string]any {
	s.t.Helper()
	status, raw := s.post(marshal(in), time.Now())
	if status != 200 {
		s.t.Fatalf("status %d: %s", status, raw)
	}
	var body map[string]any
	if err := json.Unmarshal(raw, &body); err != nil {
		s.t.Fatalf("answer %s: %v", raw, err)
	}
	s.fake.mu.Lock()
	s.fake.inspect("POST", "/interactions/{id}/{token}/callback", body)
	s.fake.answered(s.fake.interactions[in["token"].(string)], body)
	s.fake.wake()
	s.fake.mu.Unlock()
	s.remember(in["token"].(string))
	return body
}

func TestHTTPPing(t *testing.T) {
	s := newSignedWorld(t, nil)
	status, body := s.post([]byte(`{"id":"1","application_id":"2","type":1,"token":"x","version":1}`), time.Now())
	if status != 200 || strings.TrimSpace(string(body)) != `{"type":1}` {
		t.Errorf("PING: %d %s", status, body)
	}
}

func TestHTTPAsk(t *testing.T) {
	s := newSignedWorld(t, func(c *Config) { c.Token = "" }) // a replica without the token
	ask := slash("ask", opt("question", "Does insurance cover medical massage?"))
	got := s.interact(s.interactionFrom(ana, general, discordgo.InteractionApplicationCommand, ask))
	if number(got["type"]) != 4 || !strings.Contains(wording(got), "depends on your plan") {
		t.Errorf("answer: %s", show(got))
	}
	id, _, _, _ := component(s.last["components"], "Helpful")
	in := s.interactionFrom(ana, general, discordgo.InteractionMessageComponent, map[string]any{"custom_id": id, "component_type": 2})
	in["message"] = s.last
	if got := s.interact(in); !strings.Contains(wording(got), "Thank you") || len(s.journal.rated()) != 1 {
		t.Errorf("rating: %s", show(got))
	}
	s.interact(s.interactionFrom(ana, general, discordgo.InteractionApplicationCommandAutocomplete, slash("ask", opt("question", ""))))
}

// What takes longer than the three seconds is finished by REST, also without the
// token of the bot.
func TestHTTPDeferred(t *testing.T) {
	s := newSignedWorld(t, func(c *Config) { c.Token = "" })
	s.adapter.pace.slow = 20 * time.Millisecond
	asked, release := make(chan bool, 1), make(chan bool)
	s.holdAsk(asked, release)
	in := s.interactionFrom(ana, general, discordgo.InteractionApplicationCommand, slash("ask", opt("question", "Does insurance cover medical massage?")))
	got := s.interact(in)
	if number(got["type"]) != 5 || !isPrivate(got) {
		t.Fatalf("answer: %s, want it deferred for the asker alone", show(got))
	}
	// Discord may not know of the answer yet when the rest comes.
	s.fake.fail("PATCH", "/@original", 2, 404, `{"message":"Unknown Webhook","code":10015}`)
	close(release)
	for range 2 {
		s.fake.await("PATCH", "/messages/@original$")
	}
	edit := s.fake.await("PATCH", "/messages/@original$")
	if body := edit.Body.(map[string]any); edit.Status != 200 || !strings.Contains(wording(body), "depends on your plan") {
		t.Errorf("edit %d: %s", edit.Status, show(body))
	}
}

func TestHTTPRefuses(t *testing.T) {
	s := newSignedWorld(t, nil)
	body := []byte(`{"id":"1","type":1,"token":"x"}`)
	now := time.Now()
	stamp := fmt.Sprint(now.Unix())
	good := hex.EncodeToString(ed25519.Sign(s.key, append([]byte(stamp), body...)))
	for name, c := range map[string]struct {
		stamp, signature string
		body             []byte
	}{
		"no signature":       {stamp, "", body},
		"not hexadecimal":    {stamp, strings.Repeat("z", 128), body},
		"short signature":    {stamp, good[:126], body},
		"another body":       {stamp, good, []byte(`{"id":"2","type":1,"token":"x"}`)},
		"another time":       {fmt.Sprint(now.Unix() + 1), good, body},
		"no time":            {"", good, body},
		"a time of words":    {"today", good, body},
		"empty body":         {stamp, good, nil},
		"the other's key":    {stamp, hex.EncodeToString(ed25519.Sign(ed25519.NewKeyFromSeed(make([]byte, 32)), append([]byte(stamp), body...))), body},
		"a time beyond time": {"99999999999999999999", good, body},
	} {
		if status, _ := s.raw(c.body, c.stamp, c.signature); status != 401 {
			t.Errorf("%s: status %d, want 401", name, status)
		}
	}
	// discordgo takes a signature of any age.
	for _, age := range []time.Duration{24 * time.Hour, maxAge + time.Second, -maxAge - 5*time.Second} {
		if status, _ := s.post(body, now.Add(-age)); status != 401 {
			t.Errorf("signed %s ago: status %d, want 401", age, status)
		}
	}
	if status, _ := s.post(body, now.Add(-maxAge+5*time.Second)); status != 200 {
		t.Errorf("signed within the time: status %d, want 200", status)
	}
	if status, _ := s.post(bytes.Repeat([]byte(" "), maxBody+1), now); status != 413 {
		t.Errorf("large body: status %d, want 413", status)
	}
	for _, bad := range []string{"", "{", `[]`, `{"type":"x"}`, `null`} {
		if status, _ := s.post([]byte(bad), now); status != 400 && status != 500 {
			t.Errorf("body %q: status %d", bad, status)
		}
	}
	resp, err := http.Get(s.server.URL + Path)
	if err != nil || resp.StatusCode != 405 {
		t.Errorf("GET: %v %v, want 405", resp.StatusCode, err)
	}
	resp.Body.Close()
}

func TestHTTPReplay(t *testing.T) {
	s := newSignedWorld(t, nil)
	in := s.interactionFrom(ana, general, discordgo.InteractionApplicationCommand, slash("ask", opt("question", "How long does a session take?")))
	s.interact(in)
	if status, _ := s.post(marshal(in), time.Now()); status != 409 {
		t.Errorf("the same again: status %d, want 409", status)
	}
	if n := len(s.journal.entries); n != 1 {
		t.Errorf("%d questions, want 1", n)
	}
}

// Without a public key nothing is signed well. discordgo panics here.
func TestHTTPWithoutKey(t *testing.T) {
	w := prepare(t, nil)
	for _, key := range []ed25519.PublicKey{nil, {}, make([]byte, 31), make([]byte, 33)} {
		if signed(key, http.Header{"X-Signature-Ed25519": {strings.Repeat("00", 64)}, "X-Signature-Timestamp": {fmt.Sprint(time.Now().Unix())}}, nil, time.Now()) {
			t.Errorf("a key of %d bytes signs", len(key))
		}
	}
	rec := httptest.NewRecorder()
	w.adapter.Handler().ServeHTTP(rec, httptest.NewRequest("POST", Path, strings.NewReader("{}")))
	if rec.Code != 401 {
		t.Errorf("status %d, want 401", rec.Code)
	}
}

func TestHTTPBusy(t *testing.T) {
	s := newSignedWorld(t, nil)
	for range cap(s.adapter.busy) {
		s.adapter.busy <- struct{}{}
	}
	in := s.interactionFrom(ana, general, discordgo.InteractionApplicationCommand, slash("about"))
	if status, _ := s.post(marshal(in), time.Now()); status != 503 {
		t.Errorf("status %d, want 503", status)
	}
}
