import type { DerivationBackend, DerivationView } from '@contract/derivations'
import type { AssetId, DerivationId } from '@contract/ids'
import type { TranscriptionChoice } from '../core/audio/choose-transcription'
import { keyText, pipelineVersion, profileVersion, subjectKey } from '../core/audio/derivation-key'
import { assetNotFound } from '../core/assets/asset-not-found'
import type { readOptions } from '../core/audio/transcription-options'
import type { AssetRecord } from '../ports/asset-store'
import { derivationView, type DerivationRecord } from '../ports/derivations'
import type { Transcribed } from '../ports/transcription'
import type { AudioPorts } from './audio-ports'
import type { Written } from './write-down'

type Ports = Pick<AudioPorts, 'store' | 'clock' | 'ids' | 'hash' | 'publish' | 'assets'>

/** The text as an asset, attached to its recording unless options were given, and the record of it (contract 10.4). */
export async function keepText(
  on: Ports,
  { view: { asset_id, file_name, media_type, sha256 } }: AssetRecord,
  written: Written,
  { choice, options }: By,
): Promise<Transcribed> {
  const { store, clock } = on
  const { text, model, part_count, cost_usd } = written
  const { asset_id: text_asset_id } = await on.assets.import({
    file_name: `${file_name.replace(/\.[^.]*$/, '') || 'recording'}.txt`,
    media_type: 'text/plain',
    bytes: new TextEncoder().encode(text),
    is_part: true,
  })
  const backend = backendOf(choice.route_id, model, part_count)
  const hasOptions = Object.keys(options).length > 0
  const subject = { type: 'asset', asset_id } as const
  const record: DerivationRecord = {
    derivation_id: on.ids.next('derivation') as DerivationId,
    profile: 'canonical_text',
    profile_version: profileVersion,
    subject,
    subject_key: subjectKey(subject),
    subject_asset_id: asset_id,
    cache_key: textKey(on, { asset_id, media_type, sha256 }, { choice, options }),
    status: 'completed',
    is_preferred: true,
    created_at_ms: clock.now(),
    backend,
    result_asset_id: text_asset_id,
    ...(cost_usd === undefined ? {} : { cost_usd }),
  }
  const isThere = store.transaction(() => {
    if (!store.assets.get(asset_id)) return false
    if (!hasOptions) {
      const by = { route_id: choice.route_id, provider: 'openrouter', model }
      store.assetTexts.put(asset_id, { text_asset_id, maker: 'transcription', ...by }, clock.now(), text)
    }
    store.derivations.add(record)
    return true
  })
  if (!isThere) {
    // Deleted while it was written down: its words go, too.
    for (const gone of store.assets.release(text_asset_id, clock.now()))
      on.publish({ type: 'asset.deleted', asset_id: gone })
    throw assetNotFound()
  }
  tell(on, asset_id, derivationView(record))
  return {
    text,
    text_asset_id,
    backend,
    is_reused: false,
    derivation_id: record.derivation_id,
    ...(cost_usd === undefined ? {} : { cost_usd }),
  }
}

interface By {
  readonly choice: TranscriptionChoice
  readonly options: ReturnType<typeof readOptions>
}

/** Of what it is made from, and who would make it (contract 10.5). */
export function textKey(
  { hash }: Pick<Ports, 'hash'>,
  { asset_id, media_type, sha256 }: Pick<AssetRecord['view'], 'asset_id' | 'media_type' | 'sha256'>,
  { choice: { route_id, model }, options }: By,
): string {
  const subject = { type: 'asset', asset_id } as const
  const planned = { kind: 'transcription', route_id, model }
  return hash(keyText({ profile: 'canonical_text', subject, media_type, sha256, options, planned }), 'hex')
}

export const backendOf = (
  route_id: string,
  model: string,
  part_count: number,
): Extract<DerivationBackend, { kind: 'transcription' }> => ({
  kind: 'transcription',
  route_id,
  provider: 'openrouter',
  model,
  pipeline_version: pipelineVersion,
  stitching_strategy: part_count > 1 ? 'by_duration' : 'single_part',
  part_count,
})

function tell({ store, publish }: Ports, id: AssetId, derivation: DerivationView): void {
  const asset = store.assets.get(id)?.view
  if (asset) publish({ type: 'asset.changed', asset })
  publish({ type: 'derivation.added', derivation })
}
