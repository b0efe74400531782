import type { Clock } from '../ports/clock'
import type { Access, ChatEvent, ChatTurn, Driver } from '../ports/driver'
import type { AttemptTap } from '../ports/attempt-tap'
import { listModels } from './catalogue'
import { readAttachments } from './attachments'
import type { CallFacts } from './faults'
import { findGeneration } from './generation'
import { checkKey } from './key'
import { defaultLimits, type Limits } from './limits'
import { readAnswer } from './read-stream'
import { encodeTurn } from './request'
import { createFetch, send, translate, type Line } from './send'
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
}

/** The driver for OpenRouter and whatever speaks like it. Keeps no key and no state between calls. */
export function createOpenRouterDriver(options: OpenRouterOptions): Driver {
  const line: Line = {
    fetch: options.fetch ?? createFetch(),
    clock: options.clock,
    attribution: { appUrl: options.appUrl, appTitle: options.appTitle },
    limits: { ...defaultLimits, ...options.limits },
  }
  const factsOf = (access: Access): CallFacts => ({ route_id: access.route_id, key: access.key })
  const trim = (prefix: string): string => prefix.replace(/\/+$/, '')

  async function* streamChat(
    access: Access,
    turn: ChatTurn,
    signal: AbortSignal,
    tap?: AttemptTap,
  ): AsyncGenerator<ChatEvent> {
    const facts = { ...factsOf(access), model: turn.model }
    const most = line.limits.chat_size
    const ask = {
      url: `${trim(access.prefix)}/chat/completions`,
      key: access.key,
      body: encodeTurn(turn, await readAttachments(turn, most, facts)),
      most,
      accept: 'text/event-stream, application/json',
      facts,
      ...(tap ? { tap } : {}),
    }
    const begun = await send(line, ask, signal)
    try {
      yield* readAnswer(line, begun)
    } catch (error) {
      throw translate(error, begun.watch, signal, begun.facts, 'during')
    } finally {
      // Also reached when the consumer leaves its loop early: the socket is closed then and there.
      begun.watch.end()
    }
  }

  return {
    streamChat,
    checkKey: (access, signal) => checkKey(line, trim(access.prefix), access.key, factsOf(access), signal),
    listModels: (access, signal) =>
      listModels(line, trim(access.prefix), access.key, factsOf(access), signal),
    listUpstreams: (access, signal) =>
      listUpstreams(line, trim(access.prefix), access.key, factsOf(access), signal),
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
