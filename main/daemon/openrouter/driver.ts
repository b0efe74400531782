import type { Clock } from '../ports/clock'
import type { Access, ChatEvent, ChatTurn, Driver } from '../ports/driver'
import type { AttemptTap } from '../ports/attempt-tap'
import type { PublicFetch } from '../ports/public-fetch'
import { speak } from './speech'
import { transcribe } from './transcription'
import { listModels } from './catalogue'
import { readAttachments, type Attached, type ReadingOf } from './attachments'
import { interrupted, type CallFacts } from './faults'
import { createFetch } from './fetch'
import { findGeneration } from './generation'
import { makeImages } from './images'
import type { ImageLine } from './images-ask'
import { listImageModels } from './images-models'
import { checkKey } from './key'
import { defaultLimits, type Limits } from './limits'
import { readAnswer } from './read-stream'
import { encodeTurn } from './request'
import { send } from './send'
import { exchangeCode, signInUrl } from './sign-in'
import { listUpstreams } from './upstreams'

export interface OpenRouterOptions {
  /** Default: undici's own, so that tests, CI and product speak through the same code. */
  readonly fetch?: typeof globalThis.fetch
  readonly clock: Clock
  /** The app's public address and name, for the provider's statistics; made plain ASCII. */
  readonly appUrl: string
  readonly appTitle: string
  readonly limits?: Partial<Limits>
  /** Where pictures are fetched that an answer only names; absent: such answers are refused. */
  readonly pages?: PublicFetch
  /** Whether a model is known to take pictures on that route: the first page of a document without text goes along. */
  readonly sees?: (route_id: string, model: string) => boolean
}

async function read(turn: ChatTurn, on: ReadingOf & { readonly signal: AbortSignal }): Promise<Attached> {
  try {
    return await readAttachments(turn, on)
  } catch (error) {
    throw on.signal.aborted ? interrupted() : error
  }
}

/** The driver for OpenRouter and whatever speaks like it. Keeps no key and no state between calls. */
export function createOpenRouterDriver(options: OpenRouterOptions): Driver {
  const line: ImageLine = {
    fetch: options.fetch ?? createFetch('whole'),
    stream: options.fetch ?? createFetch('stream'),
    clock: options.clock,
    attribution: { appUrl: options.appUrl, appTitle: options.appTitle },
    limits: { ...defaultLimits, ...options.limits },
    ...(options.pages ? { pages: options.pages } : {}),
  }
  const factsOf = (access: Access): CallFacts => ({ route_id: access.route_id, key: access.key })
  const trim = (prefix: string): string => prefix.replace(/\/+$/, '')

  function streamChat(
    access: Access,
    turn: ChatTurn,
    signal: AbortSignal,
    tap?: AttemptTap,
  ): AsyncIterable<ChatEvent> {
    const facts = { ...factsOf(access), model: turn.model }
    const most = line.limits.chat_size
    const sees = options.sees?.(access.route_id, turn.model) ?? false
    const open = async () => {
      const ask = {
        url: `${trim(access.prefix)}/chat/completions`,
        key: access.key,
        body: encodeTurn(turn, await read(turn, { most, facts, sees, signal })),
        most,
        accept: 'text/event-stream, application/json',
        isStream: true,
        facts,
        ...(tap ? { tap } : {}),
      }
      return send(line, ask, signal)
    }
    return readAnswer(line, open, signal)
  }

  return {
    streamChat,
    checkKey: (access, signal) => checkKey(line, trim(access.prefix), access.key, factsOf(access), signal),
    listModels: (access, signal) =>
      listModels(line, trim(access.prefix), access.key, factsOf(access), signal),
    listUpstreams: (access, signal) =>
      listUpstreams(line, trim(access.prefix), access.key, factsOf(access), signal),
    makeImages: (access, ask, signal, hearing) => makeImages(line, access, ask, signal, hearing),
    speak: (access, ask, signal) => speak(line, access, ask, signal),
    transcribe: (access, ask, signal) => transcribe(line, access, ask, signal),
    listImageModels: (access, signal) => listImageModels(line, access, factsOf(access), signal),
    findGeneration: (access, id, signal) =>
      findGeneration(
        line,
        trim(access.prefix),
        access.key,
        id,
        { ...factsOf(access), generation_id: id },
        signal,
      ),
    signInUrl: (prefix, callbackUrl, challenge) => signInUrl(trim(prefix), callbackUrl, challenge),
    exchangeCode: (prefix, code, verifier, signal) =>
      exchangeCode(line, trim(prefix), code, verifier, signal),
  }
}
