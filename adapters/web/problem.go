package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// problem is an RFC 9457 problem document, and the error that handlers return
// for what the caller can mend. Any other error is ours: logged, and told as 500.
type problem struct {
	Type   string        `json:"type"` // always about:blank: the status says what kind it is
	Title  string        `json:"title"`
	Status int           `json:"status"`
	Detail string        `json:"detail,omitempty"`
	Retry  time.Duration `json:"-"` // sent as Retry-After, rounded up to seconds
	Allow  string        `json:"-"` // sent as Allow with 405
}

func (p *problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Title, p.Detail) }

func newProblem(status int, detail string, args ...any) *problem {
	return &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: fmt.Sprintf(detail, args...)}
}

// write sends the document.
func (p *problem) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if p.Retry > 0 {
		h.Set("Retry-After", strconv.Itoa(int((p.Retry+time.Second-1)/time.Second)))
	}
	if p.Allow != "" {
		h.Set("Allow", p.Allow)
	}
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p)
}

// asProblem is what the caller is told about err. ours reports that err is not
// the caller's doing and belongs in the log.
func asProblem(err error) (p *problem, ours bool) {
	if errors.As(err, &p) {
		return p, p.Status >= 500
	}
	return newProblem(http.StatusInternalServerError, "Something went wrong here. Please try again."), true
}

// maxBody is how many bytes of a request are read: a question of 100 kB still
// gets a plain reply, more is refused.
const maxBody = 128 << 10

// readJSON reads the request's body into v, whatever its declared type: a plain
// text type spares a browser on another site one round trip.
func readJSON(w http.ResponseWriter, r *http.Request, v any) error {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return newProblem(http.StatusRequestEntityTooLarge, "The body is larger than %d bytes.", maxBody)
	case err != nil:
		return newProblem(http.StatusBadRequest, "The body could not be read to its end.")
	case len(strings.TrimSpace(string(body))) == 0:
		return newProblem(http.StatusBadRequest, "The body is empty; a JSON object is wanted.")
	}
	if err := json.Unmarshal(body, v); err != nil {
		return newProblem(http.StatusBadRequest, "%s", jsonMistake(err))
	}
	return nil
}

// jsonMistake says what is wrong in a body in words for its author.
func jsonMistake(err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf("The body is not valid JSON: %s, at byte %d.", syntax, syntax.Offset)
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Sprintf("The body is a JSON %s; an object is wanted.", kind.Value)
	case errors.As(err, &kind):
		return fmt.Sprintf("%q is a JSON %s; a %s is wanted.", kind.Field, kind.Value, jsonName(kind.Type.Kind().String()))
	}
	return "The body is not the JSON object that is wanted."
}

func jsonName(kind string) string {
	if kind == "bool" {
		return "boolean"
	}
	return kind
}
