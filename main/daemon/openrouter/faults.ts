import { fault, type ProviderTrouble } from '@contract/fault'
import { Failure } from '../core/failure'
import { retryAfter, untilNextDay, type RetryHints } from './retry-after'
import { bestMessage, looksLikePage, pageTitle, sanitise } from './said'
import { isPassing, kindOf, type TroubleKind } from './trouble-kind'
import { sentenceFor } from './trouble-words'
import { WireError } from './wire'

/** What every failure of one call has in common. */
export interface CallFacts {
  readonly route_id?: string
  readonly model?: string
  readonly generation_id?: string
  /** Only to be taken out of texts. */
  readonly key?: string
}

/** A failure of a kind we found ourselves. */
export function trouble(
  kind: TroubleKind,
  facts: CallFacts,
  more: Partial<ProviderTrouble> = {},
  cause?: unknown,
): Failure {
  const { key, ...known } = facts
  const said = more.said === undefined ? undefined : sanitise(more.said, key)
  const { said: _, ...rest } = more
  return new Failure(
    fault('provider_error', sentenceFor(kind, more.retry_after_ms), {
      retryable: isPassing(kind),
      kind,
      provider: 'openrouter',
      ...known,
      ...rest,
      ...(said === undefined ? {} : { said }),
    }),
    { cause },
  )
}

/** A request that is not even sent; sizes in bytes. */
export function tooLarge(size: number, most: number, { route_id, model }: CallFacts): Failure {
  const mb = (bytes: number) => (bytes / 1_000_000).toFixed(1).replace(/\.0$/, '')
  const detail = `This message with its pictures and files is ${mb(size)} MB, and ${mb(most)} is the most that can be sent. Take some of them out.`
  return new Failure(
    fault('provider_error', detail, {
      retryable: false,
      kind: 'too_large',
      provider: 'openrouter',
      ...(route_id === undefined ? {} : { route_id }),
      ...(model === undefined ? {} : { model }),
    }),
  )
}

/** The signal's owner stopped the call. */
export const interrupted = (): Failure => new Failure(fault('interrupted', 'Stopped. What arrived is kept.'))

/** An error as it came: in an answer of its own, or inside one that had begun well. */
export interface ReportedError {
  readonly error: WireError
  /** Absent when the error came inside an HTTP 200. */
  readonly http_status?: number
  readonly header: (name: string) => string | undefined
  readonly now: number
}

const string = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** The number a code stands for; codes are numbers, strings with numbers, or words. */
function statusOf(error: WireError): number | undefined {
  for (const value of [error.code, error.http_status]) {
    const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : NaN
    if (Number.isInteger(number) && number >= 100 && number < 600) return number
  }
  return undefined
}

/** Shapes A to F of API reference 1.4 as a `Failure`. */
export function failureOf(reported: ReportedError, facts: CallFacts): Failure {
  const { error, now } = reported
  const metadata = error.metadata ?? {}
  const availability = error.availability ?? {}
  const status = reported.http_status ?? statusOf(error)
  const word = typeof error.code === 'string' && Number.isNaN(Number(error.code)) ? error.code : undefined
  const text = bestMessage(error.message, metadata)
  const kind = kindOf({
    status,
    type: string(metadata['error_type']) ?? error.error_type ?? word,
    availability: string(availability['code']),
    metadata,
    text: text ?? '',
  })
  const hints: RetryHints = { header: reported.header, availability, metadata }
  const wait =
    kind === 'daily_limit' ? untilNextDay(hints, now) : isPassing(kind) ? retryAfter(hints, now) : undefined
  const told = availability['retryable']
  const excluded = availability['excluded_by']
  const provider = string(metadata['provider_name'])
  const affordable = kind === 'payment' ? affordableIn(text) : undefined
  return trouble(kind, facts, {
    // The provider's own word counts, except that nobody waits for tomorrow.
    retryable: kind === 'daily_limit' ? false : typeof told === 'boolean' ? told : isPassing(kind),
    ...(status === undefined ? {} : { http_status: status }),
    ...(wait === undefined ? {} : { retry_after_ms: wait }),
    ...(provider === undefined ? {} : { provider }),
    ...(text === undefined ? {} : { said: text }),
    ...(affordable === undefined ? {} : { affordable_tokens: affordable }),
    ...(Array.isArray(excluded) ? { excluded_by: excluded.filter((one) => typeof one === 'string') } : {}),
  })
}

/** Said in words only (API reference 1.4, 9.5). */
function affordableIn(text: string | undefined): number | undefined {
  const tokens = Number(/can only afford (\d[\d,]{0,11})/i.exec(text ?? '')?.[1]?.replaceAll(',', ''))
  return Number.isSafeInteger(tokens) && tokens > 0 ? tokens : undefined
}

/** The error inside a parsed body, whichever envelope it came in; undefined when there is none. */
export function errorIn(body: unknown): WireError | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body) || !body.error) return undefined
  const parsed = WireError.safeParse(body.error)
  if (parsed.success) return parsed.data
  return { message: body.error }
}

/** An HTTP answer outside 200 to 299: JSON of any shape, or a page of the edge network (shape G). */
export function failureOfAnswer(
  answer: {
    readonly status: number
    readonly text: string
    readonly header: (name: string) => string | undefined
    readonly now: number
  },
  facts: CallFacts,
): Failure {
  let body: unknown
  try {
    body = JSON.parse(answer.text)
  } catch {
    body = undefined
  }
  const plain = looksLikePage(answer.text) ? pageTitle(answer.text) : answer.text.slice(0, 2048)
  const error = errorIn(body) ?? { message: body === undefined ? plain : body }
  return failureOf({ error, http_status: answer.status, header: answer.header, now: answer.now }, facts)
}
