-- What the daemon owns (contract 7). The bytes are files named by their digest; a row is written once its files are there.
-- added_at_ms: when somebody last gave these bytes; a collection takes nothing that was just given.
-- haystack is what a piece of a query is looked for in: id, name, type and digest, folded.
CREATE TABLE asset (
  place              INTEGER PRIMARY KEY,
  asset_id           TEXT    NOT NULL UNIQUE,
  media_type         TEXT    NOT NULL,
  sha256             TEXT    NOT NULL,
  byte_length        INTEGER NOT NULL,
  file_name          TEXT    NOT NULL,
  created_at_ms      INTEGER NOT NULL,
  added_at_ms        INTEGER NOT NULL,
  kind               TEXT    NOT NULL CHECK (kind IN ('image', 'audio', 'document')),
  origin             TEXT    NOT NULL CHECK (origin IN ('imported', 'generated', 'edited', 'spoken', 'dictated')),
  is_quarantined     INTEGER NOT NULL DEFAULT 0 CHECK (is_quarantined IN (0, 1)),
  width              INTEGER,
  height             INTEGER,
  duration_ms        INTEGER,
  source_media_type  TEXT    NOT NULL,
  source_byte_length INTEGER NOT NULL,
  details            TEXT    NOT NULL,
  haystack           TEXT    NOT NULL,
  UNIQUE (sha256, media_type)
) STRICT;
CREATE INDEX asset_by_time ON asset (created_at_ms, asset_id, kind, origin);

-- What is derived from the stored bytes.
CREATE TABLE asset_file (
  asset_id    TEXT    NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  role        TEXT    NOT NULL CHECK (role IN ('text', 'preview', 'thumbnail')),
  sha256      TEXT    NOT NULL,
  byte_length INTEGER NOT NULL,
  media_type  TEXT    NOT NULL,
  is_cut      INTEGER NOT NULL CHECK (is_cut IN (0, 1)),
  PRIMARY KEY (asset_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_file_by_digest ON asset_file (sha256);

CREATE TABLE asset_provenance (
  asset_id TEXT    NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  number   INTEGER NOT NULL,
  record   TEXT    NOT NULL,
  PRIMARY KEY (asset_id, number)
) STRICT, WITHOUT ROWID;
-- No foreign key: what something was made from may be gone.
CREATE TABLE asset_source (
  asset_id  TEXT NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  source_id TEXT NOT NULL,
  PRIMARY KEY (asset_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_source_by_source ON asset_source (source_id, asset_id);

-- Ids that were in use once. files: digests that are still to be looked at on disk; NULL when that is done.
CREATE TABLE asset_tombstone (
  asset_id     TEXT    PRIMARY KEY,
  buried_at_ms INTEGER NOT NULL,
  files        TEXT
) STRICT;
CREATE INDEX asset_tombstone_unfinished ON asset_tombstone (asset_id) WHERE files IS NOT NULL;
CREATE TRIGGER asset_id_is_new BEFORE INSERT ON asset
  WHEN EXISTS (SELECT 1 FROM asset_tombstone WHERE asset_id = new.asset_id)
BEGIN
  SELECT RAISE (ABORT, 'an asset id was used again');
END;

-- Who holds an asset; written together with the owner and gone with it.
CREATE TABLE message_asset (
  message_id TEXT NOT NULL REFERENCES message (message_id) ON DELETE CASCADE,
  asset_id   TEXT NOT NULL,
  session_id TEXT NOT NULL,
  PRIMARY KEY (message_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_asset_by_asset ON message_asset (asset_id);
CREATE INDEX message_asset_by_session ON message_asset (session_id, asset_id);

CREATE TABLE run_asset (
  run_id   TEXT NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL,
  PRIMARY KEY (run_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_asset_by_asset ON run_asset (asset_id);

CREATE TABLE draft_asset (
  session_id TEXT    NOT NULL REFERENCES session (session_id) ON DELETE CASCADE,
  place      INTEGER NOT NULL,
  asset_id   TEXT    NOT NULL,
  PRIMARY KEY (session_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_asset_by_asset ON draft_asset (asset_id);

-- Pictures of earlier turns that travel along; NULL where none was pinned.
ALTER TABLE run ADD COLUMN context_assets TEXT;

-- rowid is asset.place. Words of the name and of the beginning of the text, spaced out as in message_index; and pieces
-- of three characters of the haystack, which find the middle of a word.
CREATE VIRTUAL TABLE asset_index USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3'
);
CREATE VIRTUAL TABLE asset_piece USING fts5 (
  haystack,
  content = '',
  contentless_delete = 1,
  tokenize = 'trigram'
);
CREATE TRIGGER asset_leaves_index AFTER DELETE ON asset BEGIN
  DELETE FROM asset_index WHERE rowid = old.place;
  DELETE FROM asset_piece WHERE rowid = old.place;
END;
