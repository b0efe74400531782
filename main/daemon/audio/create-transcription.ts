import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { assetNotFound } from '../core/assets/asset-not-found'
import { defaultTranscriptionModel } from '../core/audio/choose-transcription'
import { decideText } from '../core/audio/reuse-text'
import { checkedType, isAutomatic } from '../core/audio/sound-formats'
import { readOptions } from '../core/audio/transcription-options'
import { isSilentWav } from '../core/audio/wav'
import { Failure } from '../core/failure'
import { checkAudio } from '../core/media-types/check-audio'
import type { Transcribed, TranscriptionService } from '../ports/transcription'
import type { AudioPorts } from './audio-ports'
import { chooseTranscriber } from './choose-transcriber'
import { enterCost, type SoundCost } from './enter-cost'
import { createTurns, inParallel } from './in-turn'
import { backendOf, keepText, textKey } from './keep-text'
import { recordingsIn } from './own-recordings'
import { writeDown, type Recording, type TakenOn } from './write-down'

type How = Parameters<TranscriptionService['transcribe']>[1]

/** Recordings of one message that are written down at a time: as many as the segments of a dictation mostly are. */
const atOnce = 10

/** Writes recordings down for runs, dictations and whoever asks (contract 10.1 to 10.4). */
export function createTranscription(on: AudioPorts): TranscriptionService {
  const { store, contents, spending } = on
  const transcriber = chooseTranscriber(on)
  const inTurn = createTurns<AssetId>()
  const folder = join(on.scratch, 'transcription')
  // What a killed daemon left.
  rmSync(folder, { recursive: true, force: true })

  async function transcribe(id: AssetId, how: How): Promise<Transcribed | undefined> {
    const options = readOptions(how.options)
    const choice = transcriber.choose(how)
    if (!choice) return undefined
    const { signal, force = false } = how
    const record = store.assets.get(id)
    if (!record) throw assetNotFound()
    const { view } = record
    if (view.kind !== 'audio')
      throw new Failure(
        fault('unsupported_media_type', 'This is no recording, so there is nothing to write down.', {
          media_type: view.media_type,
        }),
      )
    const hasOptions = Object.keys(options).length > 0
    const known = hasOptions ? undefined : store.assetTexts.get(id)
    const planned = [choice.model, ...(choice.is_named ? [] : [defaultTranscriptionModel])].map((model) => ({
      route_id: choice.route_id,
      provider: 'openrouter',
      model,
    }))
    const decide = (isSilent: boolean) =>
      decideText(known, planned, { isSilent, isForced: force || hasOptions })
    if (known && decide(false) === 'reuse') {
      const text = await contents.text(id, signal)
      if (text !== undefined) return reused(id, text, known)
    }
    if (hasOptions && !force) {
      const before = await recorded(textKey(on, view, { choice, options }), signal)
      if (before) return before
    }
    const bytes = await contents.bytes(id, signal)
    checkAudio(checkedType(view.media_type), bytes)
    const isSilent = view.media_type === 'audio/wav' && isSilentWav(bytes)
    if (decide(isSilent) === 'skip' || (isSilent && !force && hasOptions)) return undefined
    const refusal = spending.refusal()
    if (refusal) throw new Failure(refusal)
    const recording: Recording = { ...view, bytes }
    const took = ({ model, usd, generation_id }: TakenOn) => {
      // A run counts what is reported to it in time; everything else has a line of its own.
      if (usd !== undefined && how.paid && !signal.aborted) return how.paid(usd)
      const cost = usd === undefined ? unknown(generation_id) : ({ basis: 'reported', usd } as const)
      const { route_id } = choice
      enterCost(on, cost, { kind: 'transcription', route_id, model, session_id: how.session_id })
    }
    const written = await writeDown({ ...on, folder }, recording, choice, { signal, options, took })
    signal.throwIfAborted()
    return keepText(on, record, written, { choice, options })
  }

  /** With options the text is not attached; its record finds it, so that a process that was killed asks no second time. */
  async function recorded(key: string, signal: AbortSignal): Promise<Transcribed | undefined> {
    const record = store.derivations.preferred(key)
    const { result_asset_id, backend, derivation_id } = record ?? {}
    if (record?.status !== 'completed' || !result_asset_id || !backend) return undefined
    if (!store.assets.get(result_asset_id)) return undefined
    const text = await contents.text(result_asset_id, signal)
    if (text === undefined) return undefined
    return {
      text,
      text_asset_id: result_asset_id,
      backend,
      is_reused: true,
      ...(derivation_id ? { derivation_id } : {}),
    }
  }

  function reused(
    id: AssetId,
    text: string,
    { text_asset_id, maker, route_id = '', model = '' }: NonNullable<ReturnType<typeof store.assetTexts.get>>,
  ): Transcribed {
    const derivation = store.derivations.of(id).map((each) => store.derivations.get(each))
    const own = derivation.findLast(
      (each) => each?.status === 'completed' && each.result_asset_id === text_asset_id,
    )
    const backend =
      own?.backend ??
      (maker === 'transcription' ? backendOf(route_id, model, 1) : ({ kind: 'derived_text' } as const))
    return {
      text,
      text_asset_id,
      backend,
      is_reused: true,
      ...(own ? { derivation_id: own.derivation_id } : {}),
    }
  }

  const stopped = () => new Failure(fault('interrupted', 'Stopped. The recording is kept.'))

  async function untilStopped(id: AssetId, how: How): Promise<Transcribed | undefined> {
    try {
      return await inTurn(id, how.signal, () => transcribe(id, how))
    } catch (error) {
      throw how.signal.aborted ? stopped() : error
    }
  }

  return {
    ...transcriber,
    transcribe: (id, how) =>
      untilStopped(id, on.stopping ? { ...how, signal: AbortSignal.any([how.signal, on.stopping]) } : how),
    needsPreparing: (message) =>
      transcriber.isAvailable() &&
      recordingsIn(store.messages.get(message)?.parts ?? []).some((id) => {
        const maker = store.assetTexts.get(id)?.maker
        return maker === undefined || maker === 'transcription'
      }),
    async prepare({ session_id, route_id, model }, message, signal, paid) {
      const ids = recordingsIn(store.messages.get(message)?.parts ?? []).filter((id) =>
        isAutomatic(store.assets.get(id)?.view.media_type ?? ''),
      )
      const stop = new AbortController()
      const own = AbortSignal.any([signal, stop.signal])
      const how = { signal: own, soft: { route_id, model }, paid, session_id }
      let failure: unknown
      await inParallel(ids, atOnce, (id) =>
        // A run is ended by its queue, also when the daemon closes.
        untilStopped(id, how).catch((error: unknown) => {
          failure ??= error
          stop.abort()
          throw failure
        }),
      )
    },
  }
}

const unknown = (generation_id: string | undefined): SoundCost => ({
  basis: 'unavailable',
  ...(generation_id === undefined ? {} : { generation_ids: [generation_id] }),
})
