package slack

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	slackgo "github.com/slack-go/slack"
)

// largestRequest bounds the body of a request. A message of 40,000 characters
// with its blocks is some 200 KB.
const largestRequest = 2 << 20

// Handler answers Slack's requests under /slack/: events, interactive and
// commands. Every request must carry Slack's signature. Without a signing secret
// there is nothing under /slack/.
func (a *Adapter) Handler() http.Handler {
	if a.cfg.SigningSecret == "" {
		return http.NotFoundHandler()
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /slack/events", a.signed(a.serveEvent))
	mux.HandleFunc("POST /slack/interactive", a.signed(a.serveForm))
	mux.HandleFunc("POST /slack/commands", a.signed(a.serveForm))
	return mux
}

// signed reads the body and hands it on if Slack has signed it within the last
// five minutes. The same signature a second time is a replay and does nothing:
// Slack signs a retry anew.
func (a *Adapter) signed(serve func(http.ResponseWriter, *http.Request, []byte)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestRequest))
		if err != nil {
			http.Error(w, "body too large or cut off", http.StatusRequestEntityTooLarge)
			return
		}
		if err := verify(r.Header, body, a.cfg.SigningSecret); err != nil {
			a.log.Warn("slack request refused", "path", r.URL.Path, "err", err)
			http.Error(w, "bad signature", http.StatusUnauthorized)
			return
		}
		if !a.seen.first("signature/"+r.Header.Get("X-Slack-Signature"), struct{}{}) {
			a.log.Warn("slack request replayed", "path", r.URL.Path)
			return
		}
		if !a.lanes.open() {
			http.Error(w, "shutting down", http.StatusServiceUnavailable)
			return
		}
		serve(w, r, body)
	}
}

func verify(header http.Header, body []byte, secret string) error {
	v, err := slackgo.NewSecretsVerifier(header, secret)
	if err != nil {
		return err
	}
	if _, err := v.Write(body); err != nil {
		return err
	}
	return v.Ensure()
}

func (a *Adapter) serveEvent(w http.ResponseWriter, r *http.Request, body []byte) {
	var hello struct{ Type, Challenge string }
	if err := json.Unmarshal(body, &hello); err != nil {
		http.Error(w, "not JSON", http.StatusBadRequest)
		return
	}
	if hello.Type == "url_verification" {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, hello.Challenge)
		return
	}
	a.answer(w, envelope{kind: eventsAPI, payload: body, again: r.Header.Get("X-Slack-Retry-Num") != ""})
}

func (a *Adapter) serveForm(w http.ResponseWriter, _ *http.Request, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, "not a form", http.StatusBadRequest)
		return
	}
	a.answer(w, formEnvelope(form))
}

// answer acknowledges with what there is to say at once.
func (a *Adapter) answer(w http.ResponseWriter, env envelope) {
	answer := a.receive(env)
	if answer == nil {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(answer)
}
