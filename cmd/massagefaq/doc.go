/*
Massagefaq answers questions about medical massage from reviewed passages, on the
web, in Slack, in Discord and in the terminal. It retrieves; it never generates.

# A tour of the code, bottom up

Arrows point one way, and imports_test.go holds them:

	knowledge <- index <- bot <- adapters/{slack,discord,web} <- cmd/massagefaq

[massagefaq/knowledge] reads a folder of Markdown into passages and YAML into
safety rules, vocabulary, small talk and banned claims. LoadFolder is the way in;
it reports every author's mistake at once, with file and line. The shipped content
is knowledge/content, embedded. knowledge/transfer imports other people's pages
into drafts and exports the content.

[massagefaq/index] finds passages. analyze.go turns text into tokens, parse.go a
question into terms (with spelling, compounds and vocabulary), bleve.go asks Bleve
for candidates, features.go reads each candidate field by field, score.go ranks
them with the learned weights of weights.json, confidence.go says how likely the
first one is right.

[massagefaq/bot] decides. Ask in ask.go names the stages in order: tidy (tidy.go),
the safety gate (bot/safety), small talk and other languages (talk.go), follow-ups
(followup.go) and parts (parts.go), retrieval, decide (decide.go, a pure function),
compose (compose.go, all wording that is not content), journal. bot/journal keeps
questions and ratings in SQLite or PostgreSQL, with personal data removed.
bot/eval scores a bot on question files and learns the weights. bot/check proves
what can only be proven by asking: that each phrasing finds its own passage, that
no staff passage reaches the public.

The adapters translate. Each has a README.md with its set-up. adapters/web also
holds the HTTP API, the pages and the widget.

This package reads flags and settings (run.go), wires the rest together (serve.go,
channels.go), and has a file for each command.

# Tests

Real parts: a real Bleve index, a real SQLite file, a real PostgreSQL server, a
real browser, real HTTP and WebSocket peers for Slack and Discord. Fakes only cause
failures. Whatever a test needs and does not find it says loudly, and fails when CI
is set. Text in, text out goes into txtar files with an -update flag; the program
as a whole is tested by the scripts in testdata/script; converters of people's text
are fuzzed. The quality of the answers is a golden file, bot/eval/testdata/scores.txt:
any change of a score is a diff to look at, and its reason belongs in the commit.
*/
package main
