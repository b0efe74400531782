import type { AssetView, Provenance } from '@contract/assets'
import { fault } from '@contract/fault'
import type { SessionId } from '@contract/ids'
import { speechName } from '../core/audio/speech-name'
import { Failure } from '../core/failure'
import type { ToolCall } from '../ports/tools'
import type { AudioPorts } from './audio-ports'
import { noAudio, speakPieces, stopped, type Recital } from './speak-pieces'
import { enterCost, type SoundCost } from './enter-cost'
import { costOf, type Taken } from './speech-cost'
import type { SoundFile } from './spool'

/** Who wants it: a call of a tool, or a person. */
export interface Wanted {
  readonly signal: AbortSignal
  readonly call?: ToolCall | undefined
  readonly session_id?: SessionId | undefined
}
export interface MadeSpeech {
  readonly view: AssetView
  readonly cost_usd?: number
  readonly transcript?: string
}

/**
 * Speaks into a scratch file and keeps it once it is whole; nothing is left of one that is not. What a provider took on
 * counts in either case, once. `kept` is told as soon as the library has it, before its price is known. Faults:
 * `spending_limit_reached`, `provider_error`, `route_not_ready`, `interrupted`, `asset_*`.
 */
export async function makeSpeech(
  on: AudioPorts,
  recital: Recital,
  file: SoundFile,
  { signal, call, session_id }: Wanted,
  kept: (view: AssetView) => void,
): Promise<MadeSpeech> {
  const refusal = on.spending.refusal()
  if (refusal) throw new Failure(refusal)
  const subject = `session:${session_id ?? 'none'}`
  const taken: Taken[] = []
  // Whoever joined may still wait for what a stopped call has begun.
  const running = (): boolean => call !== undefined && !call.signal.aborted && !signal.aborted
  const enter = async (): Promise<SoundCost> => {
    const cost = await costOf(on, recital, taken, subject)
    // A run that has moved on, or that can't wait for the price, is told of nothing: a line of its own is.
    if (running() && cost.basis === 'reported' && cost.usd !== undefined) call?.paid(cost.usd)
    else enterCost(on, cost, { ...recital, kind: 'speech', session_id: call?.run.session_id ?? session_id })
    return cost
  }
  let paying: Promise<SoundCost> | undefined
  const pay = () => (paying ??= enter())
  call?.progress({ stage: 'asking' })
  try {
    const transcript = await speakPieces(on, recital, file, {
      signal,
      subject,
      dispatch: () => {
        if (running()) call?.dispatch()
      },
      progress: (done, all) => call?.progress({ stage: 'generating', done, all }),
      taken: (piece) => void taken.push(piece),
    })
    if (signal.aborted) throw stopped()
    call?.progress({ stage: 'storing' })
    const [view, { usd: cost, basis }] = await Promise.all([
      keep(on, recital, file, { call, session_id }).then((made) => {
        kept(made)
        return made
      }),
      pay().catch((): SoundCost => ({ basis: 'unavailable' })),
    ])
    // What has a line of its own is not told to the run as well.
    const usd = call && basis !== 'reported' ? undefined : cost
    if (transcript !== undefined) await attach(on, view, transcript, recital)
    return {
      view: transcript === undefined ? view : (on.store.assets.get(view.asset_id)?.view ?? view),
      ...(usd === undefined ? {} : { cost_usd: usd }),
      ...(transcript === undefined ? {} : { transcript }),
    }
  } catch (error) {
    // A daemon that closes has nowhere to write it.
    if (taken.length > 0 && !on.stopping?.aborted) await pay().catch(() => undefined)
    throw signal.aborted ? stopped() : writeFailure(error)
  }
}

async function keep(
  on: AudioPorts,
  recital: Recital,
  file: SoundFile,
  { call, session_id }: Pick<Wanted, 'call' | 'session_id'>,
): Promise<AssetView> {
  const { media_type, ending } = await file.finish()
  const provenance: Provenance = {
    kind: 'audio_generation',
    tool_name: 'generate_audio',
    session_id: call?.run.session_id ?? session_id ?? '',
    run_id: call?.run.run_id ?? '',
    tool_call_id: call?.call_id ?? '',
    route_id: recital.route_id,
    provider: 'openrouter',
    model: recital.model,
    prompt_sha256: on.hash(recital.input, 'hex'),
    source_assets: [],
    output_index: 1,
    output_count: 1,
  }
  try {
    const file_name = speechName(recital, ending)
    return await on.assets.import({ file_name, media_type, path: file.path, provenance })
  } catch (error) {
    const code = error instanceof Failure ? error.fault.code : undefined
    if (code !== 'asset_invalid' && code !== 'media_type_mismatch' && code !== 'asset_empty') throw error
    throw noAudio('The provider answered with sound that can’t be played.', recital)
  }
}

/** What the provider says it said becomes the recording's own text. */
async function attach(
  { assets, store, clock }: AudioPorts,
  { asset_id, file_name }: AssetView,
  transcript: string,
  { route_id, model }: Recital,
): Promise<void> {
  const text = await assets.import({
    file_name: `${file_name.replace(/\.\w+$/, '')}.txt`,
    media_type: 'text/plain',
    bytes: Buffer.from(transcript),
  })
  store.assetTexts.put(
    asset_id,
    { text_asset_id: text.asset_id, maker: 'generator', route_id, provider: 'openrouter', model },
    clock.now(),
  )
}

const isDiskFull = (error: unknown): boolean => /^(ENOSPC|EDQUOT)$/.test(String(Object(error).code))

const writeFailure = (error: unknown): unknown =>
  isDiskFull(error)
    ? new Failure(
        fault('storage_full', 'The disk is full. Nothing was half-written; free some space and try again.'),
        { cause: error },
      )
    : error
