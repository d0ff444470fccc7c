package web

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// handler answers a request or says why not; see asProblem for what becomes of
// the error. Nothing has been written when it returns one.
type handler func(w http.ResponseWriter, r *http.Request) error

// api makes a route of the JSON API: one method (empty: any), calls from
// permitted origins only, problem documents for errors.
func (s *Server) api(method string, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodOptions && method != "" {
			s.preflight(w, r, method)
			return
		}
		if err := s.call(w, r, method, h); err != nil {
			p, ours := asProblem(err)
			if ours {
				s.log.Error("api request", "path", r.URL.Path, "err", err)
			}
			p.write(w)
		}
	})
}

func (s *Server) call(w http.ResponseWriter, r *http.Request, method string, h handler) error {
	if err := s.admit(w, r); err != nil {
		return err
	}
	if method != "" && r.Method != method && !(method == http.MethodGet && r.Method == http.MethodHead) {
		p := newProblem(http.StatusMethodNotAllowed, "%s takes %s.", r.URL.Path, method)
		p.Allow = method + ", OPTIONS"
		return p
	}
	return h(w, r)
}

func (s *Server) noRoute(_ http.ResponseWriter, r *http.Request) error {
	return newProblem(http.StatusNotFound, "There is nothing at %s. The API is described at /openapi.json.", r.URL.Path)
}

// maxThread is the longest thread id, in bytes; a UUID is 36.
const maxThread = 128

// ask answers POST /api/ask.
func (s *Server) ask(w http.ResponseWriter, r *http.Request) error {
	var body struct {
		Question *string `json:"question"`
		Thread   string  `json:"thread"`
	}
	limited := s.asking.take(s.client(r))
	if err := readJSON(w, r, &body); err != nil {
		return err
	}
	switch {
	case body.Question == nil:
		return newProblem(http.StatusBadRequest, `"question" is missing.`)
	case len(body.Thread) > maxThread:
		return newProblem(http.StatusBadRequest, `"thread" is longer than %d bytes.`, maxThread)
	}
	reply, err := s.replyWithin(limited, r, *body.Question, body.Thread)
	if err != nil {
		return err
	}
	e := Encoder{Base: s.base(r), Practice: s.bot.Practice(), html: s.html}
	return s.sendJSON(w, r, e.Encode(reply))
}

// replyWithin is reply, unless the client asks too fast: then only an emergency
// is answered. Nobody is told to wait with one.
func (s *Server) replyWithin(limited error, r *http.Request, question, thread string) (bot.Reply, error) {
	if limited == nil {
		return s.reply(r, question, thread)
	}
	if reply, ok := s.bot.Urgent(bot.Question{Text: question, Channel: bot.Web}); ok {
		return reply, nil
	}
	return bot.Reply{}, limited
}

// reply asks the bot and counts the reply.
func (s *Server) reply(r *http.Request, question, thread string) (bot.Reply, error) {
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	start := time.Now()
	reply, err := s.bot.Ask(ctx, bot.Question{
		Text: question, Asker: s.client(r), Thread: thread, Channel: bot.Web, Audience: knowledge.Public,
	})
	if err != nil {
		s.metrics.Fail(bot.Web)
		return bot.Reply{}, err
	}
	s.metrics.Observe(bot.Web, reply.Kind, time.Since(start))
	return reply, nil
}

// maxComment is how much of a rating's comment is kept, in bytes.
const maxComment = 4000

// rate answers POST /api/rate.
func (s *Server) rate(w http.ResponseWriter, r *http.Request) error {
	var body struct {
		Reply   *string `json:"reply"`
		Helpful *bool   `json:"helpful"`
		Comment string  `json:"comment"`
	}
	if err := s.asking.take(s.client(r)); err != nil {
		return err
	}
	if err := readJSON(w, r, &body); err != nil {
		return err
	}
	switch {
	case body.Reply == nil || *body.Reply == "":
		return newProblem(http.StatusBadRequest, `"reply" is missing: the id of the reply that is rated.`)
	case body.Helpful == nil:
		return newProblem(http.StatusBadRequest, `"helpful" is missing: true or false.`)
	}
	if err := s.rated(r, bot.Rating{Reply: *body.Reply, Helpful: *body.Helpful, Comment: body.Comment}); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// rated hands a rating to the bot.
func (s *Server) rated(r *http.Request, rating bot.Rating) error {
	rating.Comment = clip(rating.Comment, maxComment)
	err := s.bot.Rate(r.Context(), rating)
	if errors.Is(err, bot.ErrUnknownReply) {
		return newProblem(http.StatusNotFound, "No reply has that id.")
	}
	if err == nil {
		s.metrics.Rated(bot.Web, rating.Helpful)
	}
	return err
}

// clip cuts text to at most n bytes of whole characters.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// suggestions is how many titles are offered while typing.
const suggestions = 5

// suggest answers GET /api/suggest?q=.
func (s *Server) suggest(w http.ResponseWriter, r *http.Request) error {
	if err := s.typing.take(s.client(r)); err != nil {
		return err
	}
	titles := []string{}
	if q := strings.TrimSpace(r.URL.Query().Get("q")); q != "" {
		for _, p := range s.bot.Suggest(r.Context(), clip(q, 400), knowledge.Public, suggestions) {
			titles = append(titles, p.Title)
		}
	}
	return s.sendJSON(w, r, map[string][]string{"suggestions": titles})
}

//go:embed openapi.json
var openapiJSON []byte

func (s *Server) openapi(w http.ResponseWriter, r *http.Request) error {
	s.static.openapi.ServeHTTP(w, r)
	return nil
}

// sendJSON sends v, which is an answer to this caller alone.
func (s *Server) sendJSON(w http.ResponseWriter, r *http.Request, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	sendOnce(w, r, http.StatusOK, append(body, '\n'))
	return nil
}
