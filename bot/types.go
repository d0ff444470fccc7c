package bot

import (
	"errors"
	"time"

	"massagefaq/knowledge"
)

// ErrUnknownReply is returned by Rate for a reply that nobody gave.
var ErrUnknownReply = errors.New("unknown reply")

// Channel is where a question came from.
type Channel string

const (
	Web      Channel = "web"
	Slack    Channel = "slack"
	Discord  Channel = "discord"
	Terminal Channel = "terminal"
)

// Audience is who asks on a channel when the adapter knows no better:
// staff on Slack, everyone elsewhere.
func (c Channel) Audience() knowledge.Audience {
	if c == Slack {
		return knowledge.Staff
	}
	return knowledge.Public
}

// A Question is one message from one person.
type Question struct {
	Text     string             // as typed; Ask tidies it
	Asker    string             // opaque id of the person, unique in the channel; never stored
	Thread   string             // opaque id of the conversation, unique in the channel; empty means no memory
	Channel  Channel            // where it was asked
	Audience knowledge.Audience // what the asker may read; zero means public
	Explain  bool               // fill Reply.Explained
}

// Kind says what sort of reply it is, so that a channel can dress it.
type Kind string

const (
	Answer    Kind = "answer"    // the passages answer the question, or its parts in turn
	Choices   Kind = "choices"   // two to four passages, one of which is likely meant
	Unknown   Kind = "unknown"   // nothing known; says what is near and who can help
	Urgent    Kind = "urgent"    // stop and call; fixed text, no passages
	Handoff   Kind = "handoff"   // a person is wanted
	SmallTalk Kind = "smalltalk" // greetings, thanks, "are you a bot?"
)

// A Reply is what to say.
type Reply struct {
	ID          string             // unique; ratings refer to it
	Kind        Kind               // how to dress it
	Text        string             // Markdown; complete in itself: for an answer the passage's text, for choices the titles as a list
	Passages    []Found            // for an answer the passage of each part, best first; for choices the candidates
	Otherwise   []Found            // for an answer that is not sure: what may have been meant instead, best first
	Suggestions []string           // questions that people ask next, Otherwise first; each can be asked as it stands
	Resource    knowledge.Resource // for Urgent: who to turn to
	Rule        string             // for Urgent: id of the safety rule that spoke
	Cut         bool               // the question was longer than what is looked at
	Explained   *Explanation       // how the reply came about, when Question.Explain asked
}

// Found is a passage with how sure we are of it.
type Found struct {
	knowledge.Passage
	Score float64 // probability, 0 to 1, that the passage answers the question
}

// A Rating is what someone thought of a reply.
type Rating struct {
	Reply   string // Reply.ID
	Helpful bool
	Comment string // free text, optional; redacted before it is stored
}

// An Entry is what the journal keeps of one question and its reply.
type Entry struct {
	Reply    string             // Reply.ID
	At       time.Time          // when it was asked
	Channel  Channel            // where
	Thread   string             // the conversation; the journal stores a digest, not the id
	Audience knowledge.Audience // who asked
	Question string             // empty for an urgent message, whose text is never stored; the journal removes personal data
	Kind     Kind               // of the reply
	Passages []string           // IDs shown
	Scores   []float64          // of those, in step
	Content  string             // digest of the content that answered
	Took     time.Duration      // from receiving the question to having the reply
}

// A Turn is one question of a conversation, as remembered for follow-ups.
type Turn struct {
	Question string    // as understood, with what it borrowed from earlier turns
	Passages []string  // IDs shown, best first
	At       time.Time // when
}
