// Package discord brings the bot to a Discord community. It translates: what
// people do on Discord becomes a bot.Question, a bot.Reply becomes a message in
// Discord's components. What to say is decided in package bot.
//
// Read it in this order:
//
//   - config.go is the settings, discord.go the Adapter with Run, which does the
//     long work.
//   - Two transports feed one handler. gateway.go is one WebSocket connection,
//     shard.go keeps one open for as long as Run runs; http.go takes the same
//     interactions as signed HTTP requests.
//   - interaction.go, component.go and message.go are the ways in: commands,
//     buttons and menus, mentions and direct messages; edit.go follows what
//     becomes of a question, forum.go is new posts.
//   - plain.go reads people's Markdown, personal.go notices when somebody speaks
//     of their own health, throttle.go keeps one person from flooding a channel.
//   - card.go and its neighbours dress a reply; markdown.go converts the
//     content; customid.go keeps the state of a button in the button.
//   - rest.go is every request to Discord.
//   - commands.go, check.go and invite.go are set-up.
//
// # What is used of discordgo, and what is not
//
// The types of components, the permission and intent bits, the errors and the
// rate limiter of REST requests are discordgo's. Its gateway connection is not
// used, and its automatic retries are switched off: Session.Open never returns
// when a reconnect request arrives while it runs, a refused token is tried for
// ever, an invalidated session is identified again at once (a thousand of which
// cost the token), an event that could not be read is delivered as an empty one,
// a missing heartbeat is noticed after five intervals, retries sleep without
// regard to the context. None of it can be mended from outside: the connection
// and its state are private. Each has its test: TestFaults, TestFatalCodes,
// TestPatience, TestEventsWithoutSense, TestMissedHeartbeat, TestRetriesHeedContext
// and TestBucketsAreBounded. TestDiscordgoStillHangs fails on the day the first of
// them is mended.
package discord
