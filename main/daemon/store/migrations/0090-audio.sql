-- Where the text of an asset comes from that did not come with its bytes (contract 10.4).
CREATE TABLE asset_text (
  asset_id      TEXT PRIMARY KEY REFERENCES asset (asset_id) ON DELETE CASCADE,
  text_asset_id TEXT NOT NULL,
  maker         TEXT NOT NULL CHECK (maker IN ('uploader', 'generator', 'transcription')),
  route_id      TEXT,
  provider      TEXT,
  model         TEXT,
  noted_at_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_text_of ON asset_text (text_asset_id);

-- Peaks for drawing, computed once by a window.
CREATE TABLE asset_peaks (
  asset_id TEXT PRIMARY KEY REFERENCES asset (asset_id) ON DELETE CASCADE,
  peaks    BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What was spoken, by what decides how it sounds: the same is never made twice.
CREATE TABLE speech (
  speech_key    TEXT PRIMARY KEY,
  asset_id      TEXT NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  route_id      TEXT NOT NULL,
  model         TEXT NOT NULL,
  voice         TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX speech_of ON speech (asset_id);
-- Kept with its message.
CREATE TABLE message_speech (
  message_id TEXT    NOT NULL REFERENCES message (message_id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  session_id TEXT    NOT NULL,
  asset_id   TEXT    NOT NULL,
  model      TEXT    NOT NULL,
  voice      TEXT    NOT NULL,
  part       INTEGER NOT NULL,
  parts      INTEGER NOT NULL,
  PRIMARY KEY (message_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_speech_of ON message_speech (asset_id);
CREATE INDEX message_speech_in ON message_speech (session_id);

CREATE TABLE source (
  source_id                   TEXT    PRIMARY KEY,
  number                      INTEGER NOT NULL UNIQUE,
  display_name                TEXT    NOT NULL,
  kind                        TEXT    NOT NULL,
  status                      TEXT    NOT NULL CHECK (status IN ('active', 'paused', 'disabled')),
  sensitivity                 TEXT    NOT NULL CHECK (sensitivity IN ('sensitive', 'standard')),
  retention_seconds           INTEGER NOT NULL,
  max_active_observations     INTEGER NOT NULL,
  max_active_bytes            INTEGER NOT NULL,
  ingest_rate_limit_window_ms INTEGER NOT NULL,
  ingest_rate_limit_burst     INTEGER NOT NULL,
  purge_raw_on_retention      INTEGER NOT NULL CHECK (purge_raw_on_retention IN (0, 1)),
  allow_materialization       INTEGER NOT NULL CHECK (allow_materialization IN (0, 1)),
  allow_output_delivery       INTEGER NOT NULL CHECK (allow_output_delivery IN (0, 1)),
  upload_token_version        INTEGER NOT NULL,
  token_sha256                TEXT    NOT NULL,
  previous_token_sha256       TEXT,
  previous_token_until_ms     INTEGER,
  created_at_ms               INTEGER NOT NULL,
  updated_at_ms               INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE observation (
  observation_id          TEXT    PRIMARY KEY,
  number                  INTEGER NOT NULL UNIQUE,
  source_id               TEXT    NOT NULL REFERENCES source (source_id) ON DELETE CASCADE,
  kind                    TEXT    NOT NULL,
  sensitivity             TEXT    NOT NULL,
  retention_state         TEXT    NOT NULL CHECK (retention_state IN ('active', 'purged')),
  asset_id                TEXT    NOT NULL,
  canonical_text_asset_id TEXT,
  media_type              TEXT    NOT NULL,
  sha256                  TEXT    NOT NULL,
  byte_length             INTEGER NOT NULL,
  captured_at_ms          INTEGER NOT NULL,
  received_at_ms          INTEGER NOT NULL,
  stream_id               TEXT,
  seq_no                  INTEGER,
  idempotency_key         TEXT    NOT NULL,
  request_fingerprint     TEXT    NOT NULL,
  capture_group_id        TEXT,
  metadata                TEXT,
  UNIQUE (source_id, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_newest ON observation (captured_at_ms, number);
CREATE INDEX observation_by_capture ON observation (source_id, retention_state, captured_at_ms);
CREATE INDEX observation_by_receive ON observation (source_id, retention_state, received_at_ms);
CREATE INDEX observation_by_stream ON observation (source_id, stream_id, captured_at_ms);
CREATE INDEX observation_by_group ON observation (capture_group_id) WHERE capture_group_id IS NOT NULL;
CREATE INDEX observation_of ON observation (asset_id);
CREATE INDEX observation_text_of ON observation (canonical_text_asset_id) WHERE canonical_text_asset_id IS NOT NULL;

-- No token, no bytes, no literal key. It outlives its source.
CREATE TABLE source_audit (
  seq       INTEGER PRIMARY KEY,
  source_id TEXT    NOT NULL,
  at_ms     INTEGER NOT NULL,
  event     TEXT    NOT NULL,
  data      TEXT
) STRICT;
CREATE INDEX source_audit_of ON source_audit (source_id, seq);

CREATE TABLE derivation (
  derivation_id    TEXT    PRIMARY KEY,
  number           INTEGER NOT NULL UNIQUE,
  subject_key      TEXT    NOT NULL,
  cache_key        TEXT    NOT NULL,
  status           TEXT    NOT NULL CHECK (status IN ('completed', 'failed')),
  is_preferred     INTEGER NOT NULL CHECK (is_preferred IN (0, 1)),
  subject_asset_id TEXT,
  result_asset_id  TEXT,
  created_at_ms    INTEGER NOT NULL,
  record           TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX derivation_by_key ON derivation (cache_key, number);
CREATE INDEX derivation_by_subject ON derivation (subject_key, number);
CREATE INDEX derivation_subject ON derivation (subject_asset_id) WHERE subject_asset_id IS NOT NULL;
CREATE INDEX derivation_result ON derivation (result_asset_id) WHERE result_asset_id IS NOT NULL;

-- What was dictated, until somebody has taken its text.
CREATE TABLE recording (
  recording_id  TEXT    PRIMARY KEY,
  number        INTEGER NOT NULL UNIQUE,
  session_id    TEXT,
  started_at_ms INTEGER NOT NULL,
  is_ended      INTEGER NOT NULL DEFAULT 0 CHECK (is_ended IN (0, 1)),
  kept_asset_id TEXT,
  taken_at_ms   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_open ON recording (number) WHERE taken_at_ms IS NULL;
CREATE TABLE recording_segment (
  recording_id   TEXT    NOT NULL REFERENCES recording (recording_id) ON DELETE CASCADE,
  number         INTEGER NOT NULL,
  state          TEXT    NOT NULL CHECK (state IN ('recording', 'stored', 'heard', 'silent', 'failed')),
  samples        INTEGER NOT NULL,
  observation_id TEXT,
  asset_id       TEXT,
  text           TEXT,
  fault          TEXT,
  -- Requests to write it down whose end is not known.
  asked          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (recording_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_segment_of ON recording_segment (asset_id) WHERE asset_id IS NOT NULL;
-- What was said is gone with its sound.
CREATE TRIGGER sound_takes_its_words AFTER DELETE ON asset BEGIN
  UPDATE recording_segment SET text = NULL WHERE asset_id = OLD.asset_id;
END;

-- What a run is given of observations (contract 11.4), and who is not told of its answer.
ALTER TABLE run ADD COLUMN observed TEXT;

-- Answers of providers whose records may still say what an entry of the ledger cost.
CREATE TABLE cost_awaited (
  run_id        TEXT NOT NULL REFERENCES cost_entry (run_id) ON DELETE CASCADE,
  generation_id TEXT NOT NULL,
  PRIMARY KEY (run_id, generation_id)
) STRICT, WITHOUT ROWID;

-- What is said in recordings: messages that hold them are found by it, and show it where they were found.
CREATE TABLE asset_words (
  asset_id TEXT PRIMARY KEY REFERENCES asset (asset_id) ON DELETE CASCADE,
  words    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
