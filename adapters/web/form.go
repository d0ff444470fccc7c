package web

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"

	"massagefaq/bot"
)

// answerPage answers a question without JavaScript.
func (s *Server) answerPage(w http.ResponseWriter, r *http.Request, query url.Values) error {
	limited := s.asking.take(s.client(r))
	t := s.site()
	v, err := s.view(t, "")
	if err != nil {
		return err
	}
	thread := clip(query.Get("t"), maxThread)
	if thread == "" {
		thread = newThread()
	}
	reply, err := s.replyWithin(limited, r, query.Get("q"), thread)
	if err != nil {
		return err
	}
	v.homeTexts()
	v.Title = "Your question"
	v.Query, v.Thread, v.Reply = clip(query.Get("q"), 2000), thread, s.replyView(t, reply)
	if reply.Kind == bot.Urgent { // nothing beside it, and its words not again
		v.Query, v.Script = "", ""
	}
	body, err := s.render("home", v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", htmlKind)
	w.Header().Set("Cache-Control", keepNever)
	w.Header().Set("X-Robots-Tag", "noindex")
	sendOnce(w, r, http.StatusOK, body)
	return nil
}

// newThread names a conversation.
func newThread() string { return strings.ToLower(rand.Text()) }

// rateForm answers POST /rate, the rating form of pages without JavaScript.
func (s *Server) rateForm(w http.ResponseWriter, r *http.Request) error {
	if s.crossing(r) != "" {
		return newProblem(http.StatusForbidden, "This form can only be sent from the FAQ itself.")
	}
	if err := s.asking.take(s.client(r)); err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		return newProblem(http.StatusBadRequest, "The form could not be read.")
	}
	rating := bot.Rating{Reply: r.PostForm.Get("reply"), Helpful: r.PostForm.Get("helpful") == "yes", Comment: r.PostForm.Get("comment")}
	if err := s.rated(r, rating); err != nil {
		return err
	}
	t := s.site()
	v, err := s.view(t, "")
	if err != nil {
		return err
	}
	v.homeTexts()
	v.Thanks = true
	body, err := s.render("home", v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", htmlKind)
	w.Header().Set("Cache-Control", keepNever)
	sendOnce(w, r, http.StatusOK, body)
	return nil
}
