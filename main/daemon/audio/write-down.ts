import { fault } from '@contract/fault'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { joinTexts } from '../core/audio/join-texts'
import { defaultTranscriptionModel, type TranscriptionChoice } from '../core/audio/choose-transcription'
import { longestPart, soundFormat, takenBy } from '../core/audio/sound-formats'
import { layoutOf } from '../core/audio/wav'
import { Failure } from '../core/failure'
import type { TranscriptionAsk } from '../ports/driver'
import type { TranscriptionOptions } from '../ports/transcription'
import type { AudioPorts } from './audio-ports'
import { inParallel } from './in-turn'
import { openAccess } from './open-access'

/** Parts of one recording that are asked for at a time. */
const atOnce = 4

export interface Recording {
  readonly bytes: Uint8Array
  readonly media_type: string
  readonly file_name: string
  /** As it was measured at its import. */
  readonly duration_ms?: number | undefined
}

export interface Written {
  readonly text: string
  /** Who wrote it: the default in place of a model that the route could not reach. */
  readonly model: string
  readonly part_count: number
  readonly cost_usd?: number
}

/** A request that a provider took on, whatever came of it. */
export interface TakenOn {
  readonly model: string
  /** US dollars, where the answer says it. */
  readonly usd?: number
  readonly generation_id?: string
}

interface Asking {
  readonly signal: AbortSignal
  readonly options: TranscriptionOptions
  /** Told at once, of each. */
  readonly took: (taken: TakenOn) => void
}

interface Piece {
  readonly format: string
  readonly read: () => Promise<Uint8Array>
}

type Ports = Pick<AudioPorts, 'driver' | 'lease' | 'media'> & { readonly folder: string }

/**
 * A checked recording in words: whole, or in parts that are joined (contract 10.3; API reference 5.2). What was refused
 * as it was is tried once as WAV, and a model that nobody named and nobody serves is replaced once by the default.
 */
export async function writeDown(
  on: Ports,
  recording: Recording,
  choice: TranscriptionChoice,
  asking: Asking,
): Promise<Written> {
  try {
    return await writtenBy(on, recording, choice, asking)
  } catch (error) {
    if (choice.is_named || choice.model === defaultTranscriptionModel || !isOf(error, 'no_endpoint'))
      throw error
    return writtenBy(on, recording, { ...choice, model: defaultTranscriptionModel }, asking)
  }
}

async function writtenBy(
  on: Ports,
  recording: Recording,
  choice: TranscriptionChoice,
  asking: Asking,
): Promise<Written> {
  const { bytes, media_type, file_name, duration_ms } = recording
  const format = soundFormat(media_type, file_name, bytes)
  const takes = takenBy(choice.model)
  const isShort = duration_ms !== undefined && duration_ms <= longestPart(choice.model)
  const isPlain = format !== 'wav' || layoutOf(bytes).is_plain
  const whole: readonly Piece[] = [{ format, read: () => Promise.resolve(bytes) }]
  if (!isShort || !isPlain || !takes.includes(format)) return inParts(on, recording, choice, asking)
  try {
    return await askAll(on, whole, choice, asking)
  } catch (error) {
    if (format === 'wav' || !isOf(error, 'bad_request')) throw error
    return inParts(on, recording, choice, asking).catch((again: unknown) => {
      // Where it can't be made WAV, the provider's own words say more.
      throw again instanceof Failure && again.fault.code === 'asset_invalid' ? error : again
    })
  }
}

/** Made ready by the process that looks at files; what it made is gone afterwards. */
async function inParts(
  on: Ports,
  { bytes, media_type }: Recording,
  choice: TranscriptionChoice,
  asking: Asking,
): Promise<Written> {
  const folder = join(on.folder, randomUUID())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const source = join(folder, 'source')
    await writeFile(source, bytes, { mode: 0o600 })
    const part_ms = longestPart(choice.model)
    const { parts } = await on.media.sound({ source, media_type, part_ms, out: folder }, asking.signal)
    const pieces = parts.map(({ format, path }): Piece => ({ format, read: () => readFile(path) }))
    return await askAll(on, pieces, choice, asking)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function askAll(
  on: Ports,
  pieces: readonly Piece[],
  { route_id, model }: TranscriptionChoice,
  { signal, options, took }: Asking,
): Promise<Written> {
  const stop = new AbortController()
  const own = AbortSignal.any([signal, stop.signal])
  let cost: number | undefined
  let failure: unknown

  async function ask({ format, read }: Piece): Promise<string> {
    const given: TranscriptionAsk = { model, bytes: await read(), format, ...spoken(options) }
    try {
      const made = await on.driver.transcribe(await openAccess(on, route_id, 'transcription'), given, own)
      const { text, usage, generation_id } = made
      const usd = usage?.cost_usd
      if (usd !== undefined) cost = (cost ?? 0) + usd
      took({
        model,
        ...(usd === undefined ? {} : { usd }),
        ...(generation_id === undefined ? {} : { generation_id }),
      })
      // A pause of minutes is no failure where somebody speaks before or after it.
      return text
    } catch (error) {
      const begun = begunBy(error)
      if (begun !== undefined) took({ model, generation_id: begun })
      // The others are stopped for it; what went wrong first is what is told.
      failure ??= error
      stop.abort()
      throw failure
    }
  }

  const text = joinTexts(await inParallel(pieces, atOnce, ask))
  if (text === '') throw noWords(route_id, model)
  return { text, model, part_count: pieces.length, ...(cost === undefined ? {} : { cost_usd: cost }) }
}

/** The answer that had begun when it broke; what was refused is not paid for. */
function begunBy(error: unknown): string | undefined {
  if (!(error instanceof Failure) || error.fault.code !== 'provider_error') return undefined
  const { kind, generation_id } = error.fault
  return kind === 'malformed' || kind === 'cut_short' || kind === 'timeout' ? generation_id : undefined
}

/** A success without words. */
export const noWords = (route_id: string, model: string): Failure =>
  new Failure(
    fault('provider_error', 'Nothing was understood in the recording, which is kept.', {
      kind: 'no_text',
      retryable: false,
      provider: 'openrouter',
      route_id,
      model,
    }),
  )

const spoken = ({ prompt, language }: TranscriptionOptions) => ({
  ...(prompt ? { prompt } : {}),
  ...(language ? { language } : {}),
})

const isOf = (error: unknown, kind: string): boolean =>
  error instanceof Failure && error.fault.code === 'provider_error' && error.fault.kind === kind
