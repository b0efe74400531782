-- head_message_id and the message ids of a run carry no foreign key: every deleted message would have to be
-- looked up in them, and what they point at goes only together with its session.
CREATE TABLE session (
  session_id      TEXT    PRIMARY KEY,
  title           TEXT    NOT NULL,
  created_at_ms   INTEGER NOT NULL,
  updated_at_ms   INTEGER NOT NULL,
  head_message_id TEXT,
  provider        TEXT,
  model           TEXT,
  activity        TEXT    NOT NULL DEFAULT 'idle' CHECK (activity IN ('idle', 'running', 'waiting', 'failed')),
  unread          INTEGER NOT NULL DEFAULT 0 CHECK (unread IN (0, 1)),
  cost_usd        REAL,
  deleted_at_ms   INTEGER,
  draft           TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX session_by_time ON session (updated_at_ms, session_id) WHERE deleted_at_ms IS NULL;
CREATE INDEX session_deleted ON session (deleted_at_ms) WHERE deleted_at_ms IS NOT NULL;

-- place is the order in which messages were made. parent_id does not cascade: a chat of a thousand messages
-- would be deeper than SQLite's trigger stack; deleting the session deletes them side by side.
CREATE TABLE message (
  place         INTEGER PRIMARY KEY,
  message_id    TEXT    NOT NULL UNIQUE,
  session_id    TEXT    NOT NULL REFERENCES session (session_id) ON DELETE CASCADE,
  parent_id     TEXT    REFERENCES message (message_id) DEFERRABLE INITIALLY DEFERRED,
  role          TEXT    NOT NULL CHECK (role IN ('user', 'assistant')),
  run_id        TEXT,
  created_at_ms INTEGER NOT NULL,
  seen          INTEGER NOT NULL DEFAULT 0,
  parts         TEXT    NOT NULL
) STRICT;
CREATE INDEX message_by_parent ON message (parent_id, session_id, place);
CREATE INDEX message_by_session ON message (session_id);

-- What a growing message received since it was last settled.
CREATE TABLE stream_batch (
  message_id TEXT    NOT NULL REFERENCES message (message_id) ON DELETE CASCADE,
  from_seq   INTEGER NOT NULL,
  upto_seq   INTEGER NOT NULL,
  deltas     TEXT    NOT NULL,
  PRIMARY KEY (message_id, from_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  run_id               TEXT    PRIMARY KEY,
  session_id           TEXT    NOT NULL REFERENCES session (session_id) ON DELETE CASCADE,
  kind                 TEXT    NOT NULL,
  status               TEXT    NOT NULL,
  submitted_at_ms      INTEGER NOT NULL,
  updated_at_ms        INTEGER NOT NULL,
  started_at_ms        INTEGER,
  finished_at_ms       INTEGER,
  position             INTEGER NOT NULL,
  source_kind          TEXT    NOT NULL,
  route_id             TEXT    NOT NULL,
  model                TEXT    NOT NULL,
  fallback_model       TEXT,
  generation           TEXT    NOT NULL,
  replaces             TEXT,
  user_message_id      TEXT,
  assistant_message_id TEXT,
  receipt              TEXT,
  fault                TEXT,
  key_hash             TEXT    NOT NULL UNIQUE,
  fingerprint          TEXT    NOT NULL,
  input                TEXT    NOT NULL
) STRICT;
CREATE INDEX run_by_session ON run (session_id, submitted_at_ms, run_id);
CREATE INDEX run_by_time ON run (submitted_at_ms, run_id);
CREATE INDEX run_by_status ON run (status, submitted_at_ms, run_id);
CREATE INDEX run_live ON run (session_id, position, submitted_at_ms, run_id)
  WHERE status IN ('queued', 'running', 'waiting_for_approval', 'waiting_for_user_question');

CREATE TABLE run_event (
  run_id TEXT    NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
  seq    INTEGER NOT NULL,
  at_ms  INTEGER NOT NULL,
  kind   TEXT    NOT NULL,
  data   TEXT,
  PRIMARY KEY (run_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_entry (
  session_id TEXT    NOT NULL REFERENCES session (session_id) ON DELETE CASCADE,
  offset     INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  at_ms      INTEGER NOT NULL,
  kind       TEXT    NOT NULL,
  data       TEXT    NOT NULL,
  PRIMARY KEY (session_id, offset)
) STRICT, WITHOUT ROWID;
