package discord

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"massagefaq/bot"
)

// holdAsk makes every question wait: asked hears of it, release lets it go on.
func (w *world) holdAsk(asked chan<- bool, release <-chan bool) {
	ask := w.adapter.ask
	w.adapter.ask = func(ctx context.Context, q bot.Question) (bot.Reply, error) {
		asked <- true
		select {
		case <-release:
		case <-ctx.Done():
			return bot.Reply{}, ctx.Err()
		}
		return ask(ctx, q)
	}
}

// toFake sends requests for Discord to the fake.
type toFake struct{ *fake }

func (f toFake) RoundTrip(r *http.Request) (*http.Response, error) {
	to, _ := url.Parse(f.server.URL)
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = to.Scheme, to.Host
	r.URL.Path = strings.Replace(r.URL.Path, "/api/v9/gateway", "/api/v10/gateway/bot", 1)
	return http.DefaultTransport.RoundTrip(r)
}
