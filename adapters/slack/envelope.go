package slack

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
)

// An envelope is one thing that Slack tells us, whichever way it came.
type envelope struct {
	kind    kind
	payload json.RawMessage // as documented for the kind; a command's form as JSON
	again   bool            // Slack has sent it before, and got no answer
}

type kind string

// The kinds, named as Socket Mode names them.
const (
	eventsAPI   kind = "events_api"
	interactive kind = "interactive"
	slash       kind = "slash_commands"
)

// callback is what wraps an event.
type callback struct {
	Type    string          `json:"type"`
	TeamID  string          `json:"team_id"`
	EventID string          `json:"event_id"`
	Event   json.RawMessage `json:"event"`
}

// event is what we read of an event. Slack adds fields and kinds of blocks as it
// likes, so that only what is needed is read, and blocks are left as they are.
type event struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	User        string          `json:"user"`
	BotID       string          `json:"bot_id"`
	Team        string          `json:"team"`
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks"`
	Attachments json.RawMessage `json:"attachments"`
	Files       json.RawMessage `json:"files"`
	TS          string          `json:"ts"`
	ThreadTS    string          `json:"thread_ts"`
	Channel     string          `json:"channel"`
	ChannelType string          `json:"channel_type"` // channel, group, im, mpim

	Message   *event `json:"message"` // of message_changed
	Previous  *event `json:"previous_message"`
	DeletedTS string `json:"deleted_ts"`

	Tab       string          `json:"tab"` // of app_home_opened
	Assistant assistantThread `json:"assistant_thread"`

	Links     []sharedLink `json:"links"` // of link_shared
	MessageTS string       `json:"message_ts"`
	UnfurlID  string       `json:"unfurl_id"`
	Source    string       `json:"source"`
}

type assistantThread struct {
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id"`
	ThreadTS  string `json:"thread_ts"`
}

type sharedLink struct {
	URL string `json:"url"`
}

// interaction is what we read of a button, a shortcut or a form.
type interaction struct {
	Type        string    `json:"type"`
	CallbackID  string    `json:"callback_id"`
	TriggerID   string    `json:"trigger_id"`
	ResponseURL string    `json:"response_url"`
	Team        reference `json:"team"`
	User        reference `json:"user"`
	Channel     reference `json:"channel"`
	Message     event     `json:"message"`
	Container   struct {
		MessageTS string `json:"message_ts"`
		ThreadTS  string `json:"thread_ts"`
		ChannelID string `json:"channel_id"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Actions []action `json:"actions"`
	View    view     `json:"view"`
}

type reference struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	TeamID string `json:"team_id"`
}

// action is one button or input that someone used.
type action struct {
	ID       string `json:"action_id"`
	ActionTS string `json:"action_ts"`
	Value    string `json:"value"`
}

// view is a modal or a Home tab.
type view struct {
	ID         string `json:"id"`
	Hash       string `json:"hash"`
	Type       string `json:"type"` // modal or home
	CallbackID string `json:"callback_id"`
	Metadata   string `json:"private_metadata"`
	State      struct {
		Values map[string]map[string]input `json:"values"`
	} `json:"state"`
}

// input is what someone typed or picked.
type input struct {
	Value    string `json:"value"`
	Selected struct {
		Value string `json:"value"`
	} `json:"selected_option"`
}

// typed is the value of the input in a block of a view.
func (v view) typed(block string) string {
	for _, in := range v.State.Values[block] {
		if in.Selected.Value != "" {
			return in.Selected.Value
		}
		return in.Value
	}
	return ""
}

// command is a slash command.
type command struct {
	TeamID      string `json:"team_id"`
	ChannelID   string `json:"channel_id"`
	UserID      string `json:"user_id"`
	Command     string `json:"command"`
	Text        string `json:"text"`
	ResponseURL string `json:"response_url"`
	TriggerID   string `json:"trigger_id"`
}

// read parses JSON from Slack. A field of another type than we know is passed
// over: it is then as if it were missing.
func read(data json.RawMessage, into any) error {
	err := json.Unmarshal(data, into)
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return nil
	}
	return err
}

// formEnvelope makes an envelope of a form that Slack posts: an interaction has
// one field, payload; a command has its fields one by one.
func formEnvelope(form url.Values) envelope {
	if p := form.Get("payload"); p != "" {
		return envelope{kind: interactive, payload: json.RawMessage(p)}
	}
	fields := map[string]string{}
	for k := range form {
		fields[k] = form.Get(k)
	}
	data, _ := json.Marshal(fields) // strings always marshal
	return envelope{kind: slash, payload: data}
}

// lane is the conversation that something belongs to.
func lane(parts ...string) string { return strings.Join(parts, "/") }
