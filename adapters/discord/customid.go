package discord

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"

	"massagefaq/knowledge"
)

// An action is what a button or a menu does. Its letter is part of messages that
// people still have on their screens: never give one a new meaning.
type action byte

const (
	actHelpful action = 'h' // reply
	actNot     action = 'n' // reply
	actComment action = 'c' // reply; the modal that asks what was missing
	actShow    action = 's' // passage; a choice
	actAsk     action = 'r' // the menu of related questions; what to ask is in the value
	actTopic   action = 't' // the menu of topics; the topic is in the value
	actPost    action = 'p' // reply, passages, message; show everybody
	actPrivate action = 'v' // kind, asker, reply, passages; show only who asked
	actSolved  action = 'd' // reply, author of the post
	actNone    action = 'x' // reply; none of the choices
)

// idVersion begins every custom id. Ids of another version are told to be old.
const idVersion = "1"

// A signer makes custom ids: version, action, arguments and a signature, parted
// by colons. All state of a component is in its id, so that it works after a
// restart and on every replica; the signature keeps anyone from making one up.
type signer struct{ key [sha256.Size]byte }

func newSigner(secret string) signer {
	return signer{sha256.Sum256([]byte("massagefaq discord custom id\x00" + secret))}
}

// id is at most maxCustomID characters: arguments that would not fit are left
// out, and a press is then answered as one on an old button. Arguments have no
// colon.
func (s signer) id(act action, args ...string) string {
	id := s.sign(idVersion + string(rune(act)) + ":" + strings.Join(args, ":"))
	if width(id) > maxCustomID {
		return s.sign(idVersion + string(rune(act)) + ":")
	}
	return id
}

func (s signer) sign(body string) string { return body + ":" + s.mac(body) }

// read takes an id apart; ok is false for one that we did not make.
func (s signer) read(id string) (act action, args []string, ok bool) {
	at := strings.LastIndexByte(id, ':')
	if at < 3 || len(id) > maxCustomID || !strings.HasPrefix(id, idVersion) {
		return 0, nil, false
	}
	body := id[:at]
	if subtle.ConstantTimeCompare([]byte(s.mac(body)), []byte(id[at+1:])) != 1 {
		return 0, nil, false
	}
	return action(body[1]), strings.Split(body[3:], ":"), true
}

// mac is 48 bits: an attacker has only Discord's own rate to try them.
func (s signer) mac(body string) string {
	m := hmac.New(sha256.New, s.key[:])
	m.Write([]byte(body))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:6])
}

// digest is a short name for parts, n characters long (up to 43).
func digest(n int, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:n]
}

// threadOf names the conversation of a person in a channel.
func threadOf(channel, asker string) string { return digest(11, "thread", channel, asker) }

// askerKey stands for a person in a custom id.
func askerKey(asker string) string { return digest(6, "asker", asker) }

// keyLen is 36 bits: among a thousand passages, two share a key once in 140,000.
const keyLen = 6

// passageKey stands for a passage in a custom id.
func passageKey(id string) string { return digest(keyLen, "passage", id) }

// passageKeys are the keys of up to four passages, joined.
func passageKeys(ps []knowledge.Passage) string {
	var b strings.Builder
	for _, p := range ps[:min(len(ps), 4)] {
		b.WriteString(passageKey(p.ID))
	}
	return b.String()
}

// passages finds what keys stand for, leaving out what no longer exists.
func (a *Adapter) passages(keys string) []knowledge.Passage {
	var out []knowledge.Passage
	all := a.bot.Passages(knowledge.Public)
	for ; len(keys) >= keyLen; keys = keys[keyLen:] {
		for _, p := range all {
			if passageKey(p.ID) == keys[:keyLen] {
				out = append(out, p)
				break
			}
		}
	}
	return out
}
