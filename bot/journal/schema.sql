-- The journal's tables, in words that SQLite and PostgreSQL both understand.
-- Each "-- version N" line starts a step; a step that was released is never
-- edited again: what changes later becomes the next step.
-- Times are microseconds since 1970-01-01 UTC, made in Go.

-- version 1

-- What the journal must remember about itself.
CREATE TABLE journal_setting (
    name  TEXT NOT NULL PRIMARY KEY, -- 'key': the secret that thread digests are made with; 'ready': last proof that writing works
    value TEXT NOT NULL              -- hexadecimal for the key, a time for ready
);

-- One question and the reply it got.
CREATE TABLE journal_entry (
    reply    TEXT   NOT NULL PRIMARY KEY, -- the reply's id, which ratings refer to
    asked_at BIGINT NOT NULL,             -- when it was asked
    channel  TEXT   NOT NULL,             -- web, slack, discord, terminal
    audience TEXT   NOT NULL,             -- who asked: public or staff; empty means public
    thread   TEXT   NOT NULL,             -- keyed digest of the conversation's id; empty: no conversation
    question TEXT   NOT NULL,             -- the question without personal data; empty for an urgent message
    kind     TEXT   NOT NULL,             -- what the reply was: answer, choices, unknown, urgent, handoff, smalltalk
    content  TEXT   NOT NULL,             -- digest of the content that answered
    took     BIGINT NOT NULL              -- microseconds from question to reply
);
CREATE INDEX journal_entry_thread ON journal_entry (thread, asked_at);
CREATE INDEX journal_entry_asked  ON journal_entry (asked_at);

-- The passages a reply showed.
CREATE TABLE journal_passage (
    reply   TEXT             NOT NULL REFERENCES journal_entry (reply) ON DELETE CASCADE, -- the reply that showed it
    place   BIGINT           NOT NULL, -- 0 for the first shown
    passage TEXT             NOT NULL, -- the passage's id: "insurance.md#covered"
    score   DOUBLE PRECISION NOT NULL, -- probability, 0 to 1, that it answers the question
    PRIMARY KEY (reply, place)
);

-- What people thought of a reply; the last word counts.
CREATE TABLE journal_rating (
    reply    TEXT    NOT NULL PRIMARY KEY REFERENCES journal_entry (reply) ON DELETE CASCADE, -- the reply rated
    helpful  BOOLEAN NOT NULL, -- did it help
    comment  TEXT    NOT NULL, -- in their words, without personal data, at most 1,000 characters; often empty
    rated_at BIGINT  NOT NULL  -- when
);
