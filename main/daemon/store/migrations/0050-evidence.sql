-- What is kept of the talk with a provider (contract 15). Bodies are files of the state root; these rows say whose they
-- are and what they must be. They go with their run, and files without a row are swept.
ALTER TABLE runtime_setting ADD COLUMN debug_level TEXT NOT NULL DEFAULT 'off'
  CHECK (debug_level IN ('off', 'on', 'redacted', 'full'));
ALTER TABLE runtime_setting ADD COLUMN debug_encrypt INTEGER NOT NULL DEFAULT 0 CHECK (debug_encrypt IN (0, 1));

-- Pinned when the run starts; NULL before that, and for runs of older versions.
ALTER TABLE run ADD COLUMN debug_level TEXT CHECK (debug_level IN ('off', 'on', 'redacted', 'full'));

-- sha256 and the sizes are those of the finished file; an artifact that was being written when its daemon ended has none.
CREATE TABLE evidence_artifact (
  run_id          TEXT    NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
  artifact_id     TEXT    NOT NULL,
  format          TEXT    NOT NULL CHECK (format IN ('json', 'jsonl')),
  encrypted       INTEGER NOT NULL CHECK (encrypted IN (0, 1)),
  updated_at_ms   INTEGER NOT NULL,
  bytes           INTEGER,
  plaintext_bytes INTEGER,
  sha256          TEXT,
  truncated       INTEGER NOT NULL CHECK (truncated IN (0, 1)),
  original_bytes  INTEGER,
  PRIMARY KEY (run_id, artifact_id)
) STRICT, WITHOUT ROWID;
