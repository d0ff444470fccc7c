package slack

import (
	"cmp"
	"context"
	"errors"
	"slices"

	slackgo "github.com/slack-go/slack"

	"massagefaq/knowledge"
)

// person is what we know of someone in Slack.
type person struct {
	name   string // as shown to others
	member bool   // a full member of this workspace: no guest, no stranger, no bot
	bot    bool
}

// room is what we know of a channel.
type room struct {
	name   string // without #; empty for a direct message
	shared bool   // with another organisation
	joined bool   // we are in it
}

// reach is who will see a reply.
type reach int

const (
	onlyAsker reach = iota // a direct message, an ephemeral message, a modal, the Home tab
	everyone               // all in the channel
)

// verdict is what may be shown, and to whom.
type verdict struct {
	audience knowledge.Audience
	reason   string // why only public answers are shown; empty when all are
	alone    bool   // the asker could see more where nobody reads along
}

// audience decides what may be shown: staff passages only to full members of the
// workspace, never in a channel shared with another organisation, and not in a
// channel where a guest would read along. What cannot be found out counts as a
// stranger.
func (a *Adapter) audience(ctx context.Context, user, channel string, r reach) verdict {
	p, err := a.person(ctx, user)
	switch {
	case err != nil:
		a.log.Warn("slack user not looked up, treated as a guest", "err", err)
		return limited("I could not look up your account.")
	case !p.member:
		return limited("staff answers are for full members of this workspace.")
	case r == onlyAsker && direct(channel):
		return verdict{audience: knowledge.Staff}
	}
	c, err := a.room(ctx, channel)
	switch {
	case unseen(err) && r == onlyAsker:
		return verdict{audience: knowledge.Staff} // a private channel we are not in; only the member sees this
	case err != nil:
		a.log.Warn("slack channel not looked up, treated as shared", "err", err)
		return limited("I could not look up this channel.")
	case c.shared:
		return limited("this channel is shared with another organisation.")
	case r == everyone && a.mixed(ctx, channel):
		v := limited("guests read along in this channel.")
		v.alone = true
		return v
	}
	return verdict{audience: knowledge.Staff}
}

// limited is a verdict for public answers only.
func limited(reason string) verdict {
	return verdict{audience: knowledge.Public, reason: "Public answers only: " + reason}
}

// direct reports whether the channel is a conversation with one person and us,
// or no channel at all.
func direct(channel string) bool { return channel == "" || channel[0] == 'D' }

// unseen reports whether Slack hides the channel from us since we are not in it.
func unseen(err error) bool {
	var refusal slackgo.SlackErrorResponse
	return errors.As(err, &refusal) && refusal.Err == "channel_not_found"
}

func (a *Adapter) person(ctx context.Context, id string) (person, error) {
	if p, ok := a.users.get(id); ok {
		return p, nil
	}
	self, err := a.whoami(ctx)
	if err != nil {
		return person{}, err
	}
	u, err := a.api.GetUserInfoContext(ctx, id)
	if err != nil {
		return person{}, err
	}
	return a.meet(*u, self.team), nil
}

// meet remembers what Slack says of someone.
func (a *Adapter) meet(u slackgo.User, team string) person {
	p := person{name: cmp.Or(u.Profile.DisplayName, u.RealName, u.Name), bot: u.IsBot || u.ID == "USLACKBOT"}
	ours := u.TeamID == team || slices.Contains(u.Enterprise.Teams, team)
	p.member = ours && !p.bot && !u.Deleted && !u.IsRestricted && !u.IsUltraRestricted && !u.IsStranger
	a.users.set(u.ID, p)
	return p
}

func (a *Adapter) room(ctx context.Context, id string) (room, error) {
	if c, ok := a.rooms.get(id); ok {
		return c, nil
	}
	info, err := a.api.GetConversationInfoContext(ctx, &slackgo.GetConversationInfoInput{ChannelID: id})
	if err != nil {
		return room{}, err
	}
	c := room{name: info.Name, joined: info.IsMember || info.IsMpIM,
		shared: info.IsExtShared || info.IsPendingExtShared || len(info.ConnectedTeamIDs) > 0 && !info.IsOrgShared}
	a.rooms.set(id, c)
	return c, nil
}

// largestRoom is how many members of a channel are looked at. In a larger one
// somebody is a guest, for all we know.
const largestRoom = 200

// mixed reports whether anyone in the channel is not a full member of the
// workspace, or may not be.
func (a *Adapter) mixed(ctx context.Context, channel string) bool {
	if m, ok := a.guests.get(channel); ok {
		return m
	}
	m, err := a.hasGuests(ctx, channel)
	if err != nil {
		a.log.Warn("slack channel members not looked up, treated as guests", "err", err)
		return true
	}
	a.guests.set(channel, m)
	return m
}

func (a *Adapter) hasGuests(ctx context.Context, channel string) (bool, error) {
	ids, more, err := a.api.GetUsersInConversationContext(ctx, &slackgo.GetUsersInConversationParameters{ChannelID: channel, Limit: largestRoom})
	if err != nil || more != "" {
		return true, err
	}
	known := func(id string) bool { _, ok := a.users.get(id); return ok }
	if !slices.ContainsFunc(ids, func(id string) bool { return !known(id) }) {
		return a.anyGuest(ctx, ids)
	}
	if err := a.meetAll(ctx); err != nil {
		return true, err
	}
	return a.anyGuest(ctx, ids)
}

func (a *Adapter) anyGuest(ctx context.Context, ids []string) (bool, error) {
	for _, id := range ids {
		if p, err := a.person(ctx, id); err != nil || !p.member && !p.bot {
			return true, err
		}
	}
	return false, nil
}

// meetAll looks everyone in the workspace up at once, its first 5,000 people.
func (a *Adapter) meetAll(ctx context.Context) error {
	self, err := a.whoami(ctx)
	if err != nil {
		return err
	}
	page := a.api.GetUsersPaginated(slackgo.GetUsersOptionLimit(1000))
	for range 5 {
		if page, err = page.Next(ctx); page.Done(err) {
			return nil
		} else if err != nil {
			return err
		}
		for _, u := range page.Users {
			a.meet(u, self.team)
		}
	}
	return nil
}
