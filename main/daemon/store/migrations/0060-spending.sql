-- What each scope says about requests (contract 6.3); scope_id is empty for everywhere.
CREATE TABLE request_setting (
  scope    TEXT NOT NULL CHECK (scope IN ('everywhere', 'route', 'session')),
  scope_id TEXT NOT NULL,
  settings TEXT NOT NULL,
  PRIMARY KEY (scope, scope_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER session_takes_its_settings AFTER DELETE ON session BEGIN
  DELETE FROM request_setting WHERE scope = 'session' AND scope_id = old.session_id;
END;

-- The merged settings a run was pinned to. fallback_models takes the place of fallback_model.
ALTER TABLE run ADD COLUMN provider_preferences TEXT NOT NULL DEFAULT '{}';
ALTER TABLE run ADD COLUMN fallback_models TEXT NOT NULL DEFAULT '[]';
UPDATE run SET fallback_models = json_array(fallback_model) WHERE fallback_model IS NOT NULL;
ALTER TABLE run DROP COLUMN fallback_model;

-- The upstreams behind a route: the name an answer carries and the slug that settings carry.
CREATE TABLE upstream (
  route_id TEXT NOT NULL,
  slug     TEXT NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY (route_id, slug)
) STRICT, WITHOUT ROWID;

-- The ledger. Money in whole billionths of a dollar, so that sums are exact. No foreign key: what a chat cost stays
-- counted when the chat is gone.
CREATE TABLE cost_entry (
  run_id            TEXT    PRIMARY KEY,
  at_ms             INTEGER NOT NULL,
  session_id        TEXT    NOT NULL,
  route_id          TEXT    NOT NULL,
  model             TEXT    NOT NULL,
  prompt_tokens     INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  basis             TEXT    NOT NULL CHECK (basis IN ('reported', 'estimated', 'unavailable')),
  nano_usd          INTEGER NOT NULL
) STRICT;
-- Reports read only these, never the table, and each in the order it groups by.
CREATE INDEX cost_entry_by_time ON cost_entry (at_ms, basis, nano_usd, prompt_tokens, completion_tokens);
CREATE INDEX cost_entry_by_session ON cost_entry
  (session_id, at_ms, basis, nano_usd, prompt_tokens, completion_tokens);
CREATE INDEX cost_entry_by_model ON cost_entry (model, at_ms, basis, nano_usd, prompt_tokens, completion_tokens);
CREATE INDEX cost_entry_by_route ON cost_entry (route_id, at_ms, basis, nano_usd, prompt_tokens, completion_tokens);

-- The last title of a chat that is gone, for as long as the ledger names it.
CREATE TABLE cost_label (
  session_id TEXT PRIMARY KEY,
  title      TEXT NOT NULL
) STRICT;
CREATE TRIGGER session_leaves_its_title AFTER DELETE ON session
  WHEN old.title <> '' AND EXISTS (SELECT 1 FROM cost_entry WHERE session_id = old.session_id)
BEGIN
  INSERT INTO cost_label (session_id, title) VALUES (old.session_id, old.title)
  ON CONFLICT (session_id) DO UPDATE SET title = excluded.title;
END;

CREATE TABLE spending_limit (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  period   TEXT    NOT NULL CHECK (period IN ('day', 'month')),
  nano_usd INTEGER NOT NULL
) STRICT;

-- Everything the runs so far tell. A copy in a branch was paid for elsewhere; what a provider refused cost nothing.
INSERT INTO cost_entry
SELECT run_id, coalesce(finished_at_ms, updated_at_ms), session_id, route_id, model,
       coalesce(CAST(receipt ->> '$.prompt_tokens' AS INTEGER), 0),
       coalesce(CAST(receipt ->> '$.completion_tokens' AS INTEGER), 0),
       receipt ->> '$.cost.basis',
       coalesce(CAST(round((receipt ->> '$.cost.usd') * 1000000000.0) AS INTEGER), 0)
  FROM run
 WHERE status IN ('completed', 'failed', 'interrupted', 'cancelled') AND key_hash NOT LIKE 'copied:%'
   AND receipt ->> '$.cost.basis' IN ('reported', 'estimated', 'unavailable')
   AND (receipt ->> '$.cost.basis' <> 'unavailable' OR receipt ->> '$.generation_id' IS NOT NULL);
