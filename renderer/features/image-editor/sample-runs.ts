import type { AssetView } from '@contract/assets'
import type { AssetId, RunId, SessionId } from '@contract/ids'
import type { ImageModelView, ImageVersion } from '@contract/images'
import type { RunView } from '@contract/runs'

/** For tests: an edit of `a`, under way. */
export const imageRun = (id: string, more: Partial<RunView> = {}, source = 'a'): RunView => ({
  run_id: id as RunId,
  session_id: 's1' as SessionId,
  kind: 'image',
  status: 'running',
  submitted_at_ms: 1_000,
  updated_at_ms: 1_000,
  request: {
    source_kind: 'image',
    text_preview: 'brighter',
    provider: 'or',
    model: 'm',
    image: { operation: 'edit', prompt: 'brighter', count: 1, source_asset_ids: [source as AssetId] },
  },
  user_message_id: null,
  assistant_message_id: null,
  ...more,
})

/** For tests: a picture. */
export const picture = (id: string, at = 1, more: Partial<AssetView> = {}): AssetView => ({
  asset_id: id as AssetId,
  media_type: 'image/png',
  file_name: `${id}.png`,
  sha256: id,
  byte_length: 10,
  created_at_ms: at,
  kind: 'image',
  origin: 'imported',
  has_thumbnail: true,
  width: 40,
  height: 30,
  uri: `asset://raw/${id}`,
  derivation_ids: [],
  provenance: [],
  source_media_type: 'image/png',
  source_byte_length: 10,
  ...more,
})

/** For tests: a version of this parent. */
export const version = (id: string, parent: string | null, at = 1): ImageVersion => ({
  asset: picture(id, at),
  parent_id: parent as AssetId | null,
  reference_ids: [],
})

/** For tests: a model that edits. */
export const model = (id: string, more: Partial<ImageModelView> = {}): ImageModelView => ({
  route_id: 'or',
  id,
  name: id,
  can_edit: true,
  can_stream: false,
  parameters: {},
  ...more,
})
