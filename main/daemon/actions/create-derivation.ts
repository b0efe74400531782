import type { DerivationBackend, derivationCalls } from '@contract/derivations'
import type { InputOf, OutputOf } from '@contract/define'
import { fault, type Fault } from '@contract/fault'
import type { AssetId, DerivationId } from '@contract/ids'
import { keyText, profileVersion, subjectKey, type Fingerprint } from '../core/audio/derivation-key'
import { isLasting } from '../core/audio/lasting-failure'
import { readOptions } from '../core/audio/transcription-options'
import { Failure } from '../core/failure'
import type { AssetRecord } from '../ports/asset-store'
import { derivationView, type DerivationRecord } from '../ports/derivations'
import { findSubject, mentionOf } from './derivation-subject'
import type { World } from './world'

type Create = (typeof derivationCalls)['derivations.create']
type Asked = InputOf<Create>
type Ports = Pick<
  World,
  | 'store'
  | 'observations'
  | 'transcription'
  | 'assets'
  | 'contents'
  | 'clock'
  | 'ids'
  | 'hash'
  | 'publish'
  | 'routing'
>

/** What came of it. `record`: it is written down already. */
interface Derived {
  readonly result_asset_id: AssetId
  readonly backend: DerivationBackend
  readonly cost_usd?: number
  readonly record?: DerivationRecord | undefined
}

interface Plan {
  readonly fingerprint: Fingerprint
  readonly asset?: AssetRecord
  readonly derive: () => Promise<Derived>
}

/** `derivations.create` (contract 10.5): from the records, or anew; one at a time for each key. */
export function createDerivation(on: Ports) {
  const { store, contents, clock, publish } = on
  const underWay = new Map<string, Promise<DerivationRecord>>()

  /** Who would write it down; the run's route does not count here (contract 10.2). */
  function planTranscription(
    asset: AssetRecord,
    asked: Asked,
    options: ReturnType<typeof readOptions>,
  ): Plan {
    const { view } = asset
    const { provider, model } = asked
    const choice = on.transcription.choose({ provider, model })
    if (!choice)
      throw new Failure(
        fault(
          'transcription_route_missing',
          'No route writes recordings down. Allow it for one in Settings under Routes.',
        ),
      )
    return {
      asset,
      fingerprint: {
        ...sourceOf(asked, asset),
        options,
        planned: { kind: 'transcription', route_id: choice.route_id, model: choice.model },
      },
      derive: async () => {
        // A retry takes what somebody else has written down meanwhile; silence is skipped by it, too.
        const how = {
          signal: new AbortController().signal,
          options,
          provider,
          model,
          force: asked.force_refresh,
        }
        const made = await on.transcription.transcribe(view.asset_id, how)
        // Nothing in it but zeros: nobody was asked.
        if (!made) throw new Failure(noWords)
        const { text_asset_id, backend, cost_usd, derivation_id } = made
        const record = derivation_id && store.derivations.get(derivation_id)
        const isOwn = record && record.subject_key === subjectKey(asked.subject) && record.is_preferred
        return {
          result_asset_id: text_asset_id,
          backend,
          ...(cost_usd === undefined || made.is_reused ? {} : { cost_usd }),
          ...(isOwn ? { record } : {}),
        }
      },
    }
  }

  const sourceOf = ({ profile, subject }: Asked, { view, raw }: AssetRecord) => {
    const known = store.assetTexts.get(view.asset_id)
    // What was written down here is a result, not a source.
    const attached = known?.maker === 'transcription' ? undefined : view.text_sha256
    return {
      profile,
      subject,
      media_type: view.media_type,
      sha256: raw.sha256,
      attached_text_sha256: attached,
    }
  }

  function planText(asked: Asked, text: string, kind: 'derived_text' | 'mention', asset?: AssetRecord): Plan {
    const sha256 = on.hash(text, 'hex')
    const source = asset
      ? sourceOf(asked, asset)
      : { profile: asked.profile, subject: asked.subject, media_type: 'text/plain', sha256 }
    return {
      ...(asset ? { asset } : {}),
      fingerprint: { ...source, planned: { kind, text: sha256 } },
      derive: async () => {
        const name = (asset?.view.file_name ?? 'input').replace(/\.[^.]*$/, '') || 'file'
        const bytes = new TextEncoder().encode(text)
        const made = await on.assets.import({
          file_name: `${name}.txt`,
          media_type: 'text/plain',
          bytes,
          is_part: true,
        })
        return { result_asset_id: made.asset_id, backend: { kind } }
      },
    }
  }

  async function planPreview(asked: Asked, asset: AssetRecord): Promise<Plan> {
    const preview = await contents.preview(asset.view.asset_id)
    const isPicture = asset.view.kind === 'image'
    if (!preview && !isPicture)
      throw new Failure(fault('derivation_unsupported', 'There is no picture to be had of this file.'))
    return {
      asset,
      fingerprint: { ...sourceOf(asked, asset), planned: { kind: 'preview' } },
      derive: async () => {
        const backend = { kind: 'preview' } as const
        if (!preview) return { result_asset_id: asset.view.asset_id, backend }
        const file_name = `${asset.view.file_name.replace(/\.[^.]*$/, '') || 'file'}.png`
        const made = await on.assets.import({ file_name, ...preview, is_part: true })
        return { result_asset_id: made.asset_id, backend }
      },
    }
  }

  async function plan(asked: Asked): Promise<Plan> {
    const options = readOptions(asked.options)
    const found = findSubject(on, asked.subject)
    if ('text' in found) {
      if (asked.profile === 'visual_preview')
        throw new Failure(fault('derivation_unsupported', 'There is no picture to be had of words.'))
      return planText(asked, found.text, 'derived_text')
    }
    const { asset, given_text_asset_id } = found
    if (asked.profile === 'visual_preview') return planPreview(asked, asset)
    if (given_text_asset_id) {
      const text = await contents.text(given_text_asset_id)
      if (text !== undefined) return planText(asked, text, 'derived_text', asset)
    }
    if (asset.view.kind === 'audio') return planTranscription(asset, asked, options)
    const text = await contents.text(asset.view.asset_id)
    return text?.trim()
      ? planText(asked, text, 'derived_text', asset)
      : planText(asked, mentionOf(asset.view), 'mention', asset)
  }

  function write(
    asked: Asked,
    key: string,
    asset: AssetRecord | undefined,
    outcome: Derived | Fault,
  ): DerivationRecord {
    const { profile, subject } = asked
    const result =
      'code' in outcome
        ? ({ status: 'failed', fault: outcome } as const)
        : ({ ...completed(outcome) } as const)
    const record: DerivationRecord = {
      derivation_id: on.ids.next('derivation') as DerivationId,
      profile,
      profile_version: profileVersion,
      subject,
      subject_key: subjectKey(subject),
      ...(asset ? { subject_asset_id: asset.view.asset_id } : {}),
      cache_key: key,
      is_preferred: true,
      created_at_ms: clock.now(),
      ...result,
    }
    store.derivations.add(record)
    publish({ type: 'derivation.added', derivation: derivationView(record) })
    const changed = asset && store.assets.get(asset.view.asset_id)?.view
    if (changed) publish({ type: 'asset.changed', asset: changed })
    return record
  }

  async function derive(asked: Asked, key: string, { asset, derive: work }: Plan): Promise<DerivationRecord> {
    try {
      const made = await work()
      return made.record?.cache_key === key ? made.record : write(asked, key, asset, made)
    } catch (error) {
      if (error instanceof Failure && isLasting(error.fault)) return write(asked, key, asset, error.fault)
      throw error
    }
  }

  const isThere = ({ result_asset_id: id }: DerivationRecord) =>
    id !== undefined && store.assets.get(id) !== undefined

  return async (asked: Asked): Promise<OutputOf<Create>> => {
    const planned = await plan(asked)
    const key = on.hash(keyText(planned.fingerprint), 'hex')
    const known = store.derivations.preferred(key)
    const isHit =
      known && !asked.force_refresh && (known.status === 'failed' ? !asked.retry_failed : isThere(known))
    if (known && isHit) return answer(known, 'hit')
    const joined = underWay.get(key)
    const work = joined ?? derive(asked, key, planned).finally(() => underWay.delete(key))
    underWay.set(key, work)
    return answer(await work, joined ? 'hit' : 'miss')
  }

  async function answer(record: DerivationRecord, cache_status: 'hit' | 'miss'): Promise<OutputOf<Create>> {
    const { result_asset_id: id, profile } = record
    const text = id && profile === 'canonical_text' ? await contents.text(id) : undefined
    return { ...derivationView(record), cache_status, ...(text === undefined ? {} : { text }) }
  }
}

const completed = ({ result_asset_id, backend, cost_usd }: Derived) => ({
  status: 'completed' as const,
  result_asset_id,
  backend,
  ...(cost_usd === undefined ? {} : { cost_usd }),
})

const noWords = fault('provider_error', 'Nothing was understood in the recording, which is kept.', {
  kind: 'no_text',
  retryable: false,
})
