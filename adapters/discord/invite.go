package discord

import (
	"net/url"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// least are the permissions that the ways in need, and no more. Marking posts as
// solved takes Manage Threads, which is better given in the forum alone.
const least = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages |
	discordgo.PermissionSendMessagesInThreads | discordgo.PermissionReadMessageHistory

// Invite is the address that adds the bot to a server, with the least
// permissions.
func Invite(appID string) string {
	q := url.Values{
		"client_id":   {appID},
		"scope":       {"bot applications.commands"},
		"permissions": {strconv.FormatInt(int64(least), 10)},
	}
	return "https://discord.com/oauth2/authorize?" + q.Encode()
}
