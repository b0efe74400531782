-- Metadata only: the bytes of a secret are in the keychain and nowhere else (contract 4.5).
CREATE TABLE secret_slot (
  slot_id       TEXT    PRIMARY KEY,
  provider      TEXT    NOT NULL CHECK (provider IN ('openrouter', 'generic')),
  mode          TEXT    NOT NULL CHECK (mode IN ('api_key', 'opaque_secret')),
  updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE catalogue (
  route_id        TEXT    PRIMARY KEY,
  refreshed_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE model (
  route_id TEXT    NOT NULL REFERENCES catalogue (route_id) ON DELETE CASCADE,
  place    INTEGER NOT NULL,
  model_id TEXT    NOT NULL,
  view     TEXT    NOT NULL,
  PRIMARY KEY (route_id, place),
  UNIQUE (route_id, model_id)
) STRICT;

CREATE TABLE runtime_setting (
  one             INTEGER PRIMARY KEY CHECK (one = 1),
  revision        INTEGER NOT NULL,
  updated_at_ms   INTEGER NOT NULL,
  default_route   TEXT,
  models          TEXT    NOT NULL,
  permission_mode TEXT    NOT NULL,
  system_prompt   TEXT    NOT NULL
) STRICT;

-- One row for every preference that somebody changed.
CREATE TABLE preference (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
