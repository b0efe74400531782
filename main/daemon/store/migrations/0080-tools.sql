-- What models and people have tools do. Written before the effect and after it: what a killed daemon left `planned` was
-- never sent, what it left `dispatched` has an end that nobody knows (contract 6.5, 9).
CREATE TABLE tool_call (
  run_id           TEXT    NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
  call_id          TEXT    NOT NULL,
  number           INTEGER NOT NULL,
  message_id       TEXT    NOT NULL,
  turn             INTEGER NOT NULL,
  place            INTEGER NOT NULL,
  name             TEXT    NOT NULL,
  arguments        TEXT    NOT NULL,
  state            TEXT    NOT NULL CHECK (state IN ('planned', 'dispatched', 'done', 'failed')),
  planned_at_ms    INTEGER NOT NULL,
  dispatched_at_ms INTEGER,
  ended_at_ms      INTEGER,
  output           TEXT,
  facts            TEXT,
  PRIMARY KEY (run_id, call_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE approval (
  approval_id     TEXT    PRIMARY KEY,
  number          INTEGER NOT NULL UNIQUE,
  run_id          TEXT    NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
  session_id      TEXT    NOT NULL,
  message_id      TEXT    NOT NULL,
  call_id         TEXT    NOT NULL,
  tool_name       TEXT    NOT NULL,
  tool_class      TEXT    NOT NULL,
  arguments       TEXT    NOT NULL,
  requested_at_ms INTEGER NOT NULL,
  status          TEXT    NOT NULL CHECK (status IN ('pending', 'allowed', 'denied', 'expired')),
  decision        TEXT    CHECK (decision IN ('allow_once', 'allow_session', 'deny')),
  resolved_at_ms  INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX approval_by_run ON approval (run_id, number);
CREATE INDEX approval_pending ON approval (number) WHERE status = 'pending';

-- scope_id is empty for everywhere.
CREATE TABLE permission_rule (
  rule_id       TEXT    PRIMARY KEY,
  number        INTEGER NOT NULL UNIQUE,
  scope         TEXT    NOT NULL CHECK (scope IN ('session', 'project', 'user')),
  scope_id      TEXT    NOT NULL DEFAULT '',
  pattern       TEXT    NOT NULL,
  behaviour     TEXT    NOT NULL CHECK (behaviour IN ('allow', 'ask', 'deny')),
  created_at_ms INTEGER NOT NULL,
  UNIQUE (scope, scope_id, pattern)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER session_takes_its_rules AFTER DELETE ON session BEGIN
  DELETE FROM permission_rule WHERE scope = 'session' AND scope_id = old.session_id;
END;

CREATE TABLE output (
  output_id     TEXT    PRIMARY KEY,
  run_id        TEXT    NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
  number        INTEGER NOT NULL,
  record        TEXT    NOT NULL,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (run_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE image_model (
  route_id TEXT    NOT NULL,
  id       TEXT    NOT NULL,
  place    INTEGER NOT NULL,
  record   TEXT    NOT NULL,
  PRIMARY KEY (route_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE image_catalogue (
  route_id        TEXT    PRIMARY KEY,
  refreshed_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Asked through the chat endpoint since a 404 said so.
CREATE TABLE image_by_chat (
  route_id    TEXT    NOT NULL,
  model       TEXT    NOT NULL,
  noted_at_ms INTEGER NOT NULL,
  PRIMARY KEY (route_id, model)
) STRICT, WITHOUT ROWID;

-- A person's own order (kind `image`).
ALTER TABLE run ADD COLUMN image TEXT;
-- Part of how something was made, a mask for instance: on that picture's page, in no list.
ALTER TABLE asset ADD COLUMN is_part INTEGER NOT NULL DEFAULT 0 CHECK (is_part IN (0, 1));
DROP INDEX asset_by_time;
CREATE INDEX asset_by_time ON asset (created_at_ms, asset_id, kind, origin) WHERE is_part = 0;
CREATE INDEX asset_part ON asset (created_at_ms) WHERE is_part = 1;
