package slack

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"massagefaq/bot"
	"massagefaq/knowledge"
)

// Action ids of the form that the message shortcut opens, and its callback id.
const (
	actFindSearch = "find_search"
	actFindPick   = "find_pick"
	findForm      = "find"
	findShortcut  = "find_answer" // as in the manifest
)

// about is the message that the form is about.
type about struct {
	Team    string `json:"t"`
	Channel string `json:"c"`
	Root    string `json:"r"`           // of the thread to reply in
	Shut    string `json:"s,omitempty"` // why we cannot reply there
	Page    string `json:"p,omitempty"` // address of the answer that is shown
}

// shortcut opens a form with the answer to a message, to be edited and posted
// in its thread.
func (a *Adapter) shortcut(ctx context.Context, i *interaction) error {
	if i.CallbackID != findShortcut {
		return nil
	}
	self, err := a.whoami(ctx)
	if err != nil {
		return err
	}
	text, _, _ := spoken(i.Message, self.user)
	to := about{Team: i.Team.ID, Channel: i.Channel.ID, Root: i.Message.ThreadTS}
	if to.Root == "" {
		to.Root = i.Message.TS
	}
	quick, cancel := context.WithTimeout(ctx, time.Second) // the form must open within three
	defer cancel()
	to.Shut = a.shutOut(quick, to.Channel)
	_, err = a.api.OpenViewContext(ctx, i.TriggerID, a.find(quick, i.User.ID, text, to))
	return err
}

// shutOut says why we cannot post in a channel; empty if we can, for all we know.
func (a *Adapter) shutOut(ctx context.Context, channel string) string {
	c, err := a.room(ctx, channel)
	if unseen(err) || err == nil && !c.joined && !direct(channel) {
		return "To reply here, invite me first: /invite in the channel. Until then, copy the text."
	}
	return ""
}

// findAgain searches with other words, or shows one of the choices.
func (a *Adapter) findAgain(ctx context.Context, i *interaction, act action) error {
	var to about
	if err := json.Unmarshal([]byte(i.View.Metadata), &to); err != nil {
		return err
	}
	_, err := a.api.UpdateViewContext(ctx, a.find(ctx, i.User.ID, act.Value, to), "", i.View.Hash, i.View.ID)
	return err
}

// find is the form: a search box, what was found, and the wording to post.
func (a *Adapter) find(ctx context.Context, user, text string, to about) slackgo.ModalViewRequest {
	blocks := []slackgo.Block{search(actFindSearch, "Question", text, "Type a question and press Enter")}
	v := a.audience(ctx, user, to.Channel, everyone) // what is found is for posting
	if strings.TrimSpace(text) == "" {
		return a.findView(append(blocks, small("That message has no text I can read. What is the question?")), "", to)
	}
	r, err := a.bot.Ask(ctx, bot.Question{Text: text, Asker: lane(to.Team, user), Channel: bot.Slack, Audience: v.audience})
	if err != nil {
		a.report("find", err)
		return a.findView(append(blocks, sections("Something went wrong on my side. Please try again in a moment.")...), "", to)
	}
	wording := ""
	to.Page = ""
	switch r.Kind {
	case bot.Answer:
		wording = knowledge.Plain(r.Text)
		if len(r.Passages) == 1 {
			blocks = append(blocks, heading(r.Passages[0].Title))
			to.Page = shorterThan(maxMetadata/2, a.link(r.Passages[0].Passage))
		}
		blocks = append(blocks, a.provenance(r.Passages))
		for n, s := range r.Suggestions {
			blocks = append(blocks, row("Related: "+plain(s), button(numbered(actFindPick, n), "Show", s)))
		}
	case bot.Urgent:
		wording = knowledge.Plain(r.Text)
		blocks = append(blocks, urgentBlocks(r)...)
	default:
		blocks = append(blocks, findRows(r)...)
	}
	if v.reason != "" {
		blocks = append(blocks, small(v.reason))
	}
	return a.findView(blocks, wording, to)
}

// shorterThan is s, or nothing if it is longer than n.
func shorterThan(n int, s string) string {
	if size(s) > n {
		return ""
	}
	return s
}

// findRows are the choices, or what is known nearby, with a button each.
func findRows(r bot.Reply) []slackgo.Block {
	before, after, listed := aroundList(r.Text, r.Suggestions)
	out := sections(mrkdwn(before))
	for n, s := range r.Suggestions {
		out = append(out, row("\u2022 "+plain(s), button(numbered(actFindPick, n), "Show", s)))
	}
	if listed {
		out = append(out, sections(mrkdwn(after))...)
	}
	return out
}

// findView is the form with these blocks, and with the wording to edit if there
// is one. Its input has a name of its own each time: Slack keeps what was typed
// under a name it knows.
func (a *Adapter) findView(blocks []slackgo.Block, wording string, to about) slackgo.ModalViewRequest {
	submit := ""
	if wording != "" {
		submit = "Reply in thread"
		in := field(wordingBlock, "Your reply, edit it as you like", wording, true)
		in.BlockID += ":" + digest(wording)
		blocks = append(blocks, in)
	}
	if to.Shut != "" {
		blocks = append(blocks, small(to.Shut))
	}
	if submit == "" {
		submit = "Done" // Slack wants a way to submit wherever there is an input
	}
	v := modal("Find an FAQ answer", submit, findForm, blocks)
	data, _ := json.Marshal(to) // strings always marshal
	v.PrivateMetadata = string(data)
	return v
}

// wordingBlock begins the name of the input with the wording.
const wordingBlock = "wording"

// submitted takes a form and says what becomes of it.
func (a *Adapter) submitted(i *interaction) any {
	switch i.View.CallbackID {
	case "why":
		return a.reasonGiven(i)
	case findForm:
		return a.postWording(i)
	}
	return nil
}

// formTime is how long a submitted form may take; Slack gives three seconds.
const formTime = 2 * time.Second

// postWording posts the edited wording in the thread. If Slack refuses, the form
// says why and stays; if Slack is slow, the form closes and the writer is told
// later of a failure.
func (a *Adapter) postWording(i *interaction) any {
	var to about
	block, text := "", ""
	for name := range i.View.State.Values {
		if family(name) == wordingBlock {
			block, text = name, strings.TrimSpace(i.View.typed(name))
		}
	}
	if block == "" || json.Unmarshal([]byte(i.View.Metadata), &to) != nil {
		return nil
	}
	if text == "" {
		return slackgo.NewErrorsViewSubmissionResponse(map[string]string{block: "Write something to post."})
	}
	late := func(err error) {
		if err != nil {
			a.regret(i.User.ID)
		}
		a.report("reply in thread", err)
	}
	_, err, intime := within(formTime, func() (any, error) { return nil, a.postReply(i.User.ID, text, to) }, late)
	if !intime || err == nil {
		return nil
	}
	a.report("reply in thread", err)
	return slackgo.NewErrorsViewSubmissionResponse(map[string]string{block: refusalForPeople(err)})
}

// postReply posts someone's wording in the thread of a message.
func (a *Adapter) postReply(user, text string, to about) error {
	ctx, cancel := context.WithTimeout(a.jobs, jobTime)
	defer cancel()
	name := ""
	if p, err := a.person(ctx, user); err == nil {
		name = p.name
	}
	origin := "From the FAQ"
	if u := linkTarget(to.Page); u != "" {
		origin = "<" + u + "|From the FAQ>"
	}
	body := wordingMarkup(text)
	m := message{split(body, maxFallback)[0], fit(append(sections(body), small(origin+", sent by "+plain(name))), 1)}
	_, _, err := a.api.PostMessageContext(ctx, to.Channel, append(m.options(), slackgo.MsgOptionTS(to.Root))...)
	return err
}

// regret tells someone that their reply was not posted.
func (a *Adapter) regret(user string) {
	ctx, cancel := context.WithTimeout(a.jobs, attemptTimeout)
	defer cancel()
	const text = "I could not post your reply: Slack did not answer. Please try again."
	m := message{text, sections(text)}
	_, _, err := a.api.PostMessageContext(ctx, user, m.options()...)
	a.report("tell of a lost reply", err)
}

var bareLink = regexp.MustCompile(`https?://[^\s<>|]+[^\s<>|.,;:!?)\]]`)

// wordingMarkup is what someone wrote, as it stands, with its links live.
func wordingMarkup(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		last := 0
		for _, at := range bareLink.FindAllStringIndex(line, -1) {
			b.WriteString(escape(literal(line[last:at[0]], 0)))
			b.WriteString("<" + targetEscaper.Replace(line[at[0]:at[1]]) + ">")
			last = at[1]
		}
		b.WriteString(escape(literal(line[last:], 0)))
	}
	return b.String()
}

// refusalForPeople says what someone can do when Slack does not let us post.
func refusalForPeople(err error) string {
	var refusal slackgo.SlackErrorResponse
	if errors.As(err, &refusal) {
		switch refusal.Err {
		case "not_in_channel", "channel_not_found":
			return "I am not in this channel. Type /invite there, choose me, then press the button again."
		case "is_archived":
			return "This channel is archived, nobody can post in it."
		case "restricted_action", "restricted_action_thread_locked", "restricted_action_read_only_channel":
			return "The rules of this channel do not let me post in it."
		}
	}
	return "Slack did not take it. Please try again in a moment."
}
