package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Path is where Handler expects Discord's requests.
const Path = "/discord/interactions"

const (
	maxBody  = 1 << 20         // of a request, in bytes; a message of 4,000 characters with its surroundings is a twentieth
	maxAge   = 5 * time.Minute // of a signature, before or after our clock
	httpWait = 2800 * time.Millisecond
)

// Handler answers interactions that Discord sends as signed HTTP requests to
// Path. It needs PublicKey; without one every request is refused.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+Path, a.serveInteraction)
	return mux
}

func (a *Adapter) serveInteraction(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			http.Error(w, "request is too large", http.StatusRequestEntityTooLarge)
			return
		}
		http.Error(w, "request could not be read", http.StatusBadRequest)
		return
	}
	if !signed(a.key, r.Header, body, time.Now()) {
		// Discord tries wrong signatures now and then, and takes the address away
		// when they are not refused with this status.
		http.Error(w, "signature is not valid", http.StatusUnauthorized)
		return
	}
	var in interaction
	if err := json.Unmarshal(body, &in); err != nil {
		http.Error(w, "interaction could not be read", http.StatusBadRequest)
		return
	}
	if in.Type == discordgo.InteractionPing {
		writeJSON(w, response{Type: discordgo.InteractionResponsePong})
		return
	}
	if a.seen.Contains(in.ID) {
		http.Error(w, "interaction was answered before", http.StatusConflict)
		return
	}
	a.serveAnswer(w, r, &in)
}

// serveAnswer answers in the response of the request. What follows goes by REST,
// so the work goes on after the request is over.
func (a *Adapter) serveAnswer(w http.ResponseWriter, r *http.Request, in *interaction) {
	first := make(chan response, 1)
	done := make(chan struct{})
	begun := a.begin(r.Context(), "HTTP interaction", func(ctx context.Context) {
		defer close(done)
		a.interact(ctx, in, func(_ context.Context, resp response) error {
			select {
			case first <- resp:
				return nil
			default:
				return errors.New("answered twice")
			}
		})
	})
	if !begun {
		http.Error(w, "too much at once", http.StatusServiceUnavailable)
		return
	}
	wait := time.NewTimer(httpWait)
	defer wait.Stop()
	select {
	case resp := <-first:
		writeJSON(w, resp)
	case <-done:
		select {
		case resp := <-first:
			writeJSON(w, resp)
		default: // a kind that we do not know, or a fault of ours
			http.Error(w, "no answer", http.StatusInternalServerError)
		}
	case <-wait.C:
		http.Error(w, "no answer in time", http.StatusGatewayTimeout)
	}
}

func writeJSON(w http.ResponseWriter, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "answer could not be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
	// Discord is to have it before anything that follows by REST.
	http.NewResponseController(w).Flush()
}

// signed reports whether Discord signed the request, at about the time now.
// discordgo's VerifyInteraction takes signatures of any age and panics on a key
// of another length.
func signed(key ed25519.PublicKey, h http.Header, body []byte, now time.Time) bool {
	signature, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || len(signature) != ed25519.SignatureSize || len(key) != ed25519.PublicKeySize {
		return false
	}
	stamp := h.Get("X-Signature-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return false
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > maxAge || age < -maxAge {
		return false
	}
	return ed25519.Verify(key, append([]byte(stamp), body...), signature)
}
