package slack

import (
	"context"
	"net/url"
	"strings"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// linkShared unfolds links to our answers: the answer instead of a bare address.
// Only public answers have one.
func (a *Adapter) linkShared(ctx context.Context, e event) error {
	self, err := a.whoami(ctx)
	if err != nil || e.User == self.user {
		return err
	}
	pages := a.pages()
	unfurls := map[string]slackgo.Attachment{}
	for _, l := range e.Links {
		if p, ok := pages[pageKey(l.URL)]; ok {
			unfurls[l.URL] = slackgo.Attachment{Blocks: slackgo.Blocks{BlockSet: a.card(p)}}
		}
	}
	if len(unfurls) == 0 {
		return nil
	}
	if e.UnfurlID != "" && e.Source != "" {
		_, _, _, err = a.api.UnfurlMessageByIDContext(ctx, e.UnfurlID, e.Source, unfurls)
	} else {
		_, _, _, err = a.api.UnfurlMessageContext(ctx, e.Channel, e.MessageTS, unfurls)
	}
	return err
}

// pages are the public answers by their address.
func (a *Adapter) pages() map[string]knowledge.Passage {
	pages := map[string]knowledge.Passage{}
	for _, p := range a.bot.Passages(knowledge.Public) {
		if u := a.link(p); u != "" {
			pages[pageKey(u)] = p
		}
	}
	return pages
}

// pageKey is an address without what does not tell pages apart: the scheme,
// a query, a slash at the end.
func pageKey(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.ToLower(u.Host) + strings.TrimRight(u.Path, "/")
}

// card is an answer below a link to it.
func (a *Adapter) card(p knowledge.Passage) []slackgo.Block {
	out := append(sections("*"+plain(p.Title)+"*"), sections(mrkdwn(p.Text))...)
	found := []bot.Found{{Passage: p}}
	return fit(append(out, a.provenance(found)), 1)
}
