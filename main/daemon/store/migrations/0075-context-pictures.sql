-- Pictures of earlier turns that travel with a run: a JSON list of asset ids, null where there are none.
ALTER TABLE run ADD COLUMN context_assets TEXT;
