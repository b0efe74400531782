import type { Fault, ProviderTrouble } from '@contract/fault'
import { Failure } from '../core/failure'
import type { Access, ImageAsk, ImageHearing, ImagesMade, Usage } from '../ports/driver'
import { interrupted, trouble, type CallFacts } from './faults'
import { askForImages, type ImageLine } from './images-ask'
import { mostInOne } from './images-request'
import { shapeOf } from './images-size'

type Picture = ImagesMade['images'][number]

/**
 * Makes pictures (API reference 3, contract 9.2): as many requests at once as the model needs for the count, and more
 * where fewer pictures came back than were asked for. What came before a failure is paid for and is answered.
 */
export async function makeImages(
  line: ImageLine,
  access: Access,
  ask: ImageAsk,
  signal: AbortSignal,
  hearing: ImageHearing = {},
): Promise<ImagesMade> {
  const facts: CallFacts = { route_id: access.route_id, key: access.key, model: ask.model }
  if (ask.size !== undefined && !shapeOf(ask.size)) {
    throw trouble('bad_request', facts, { said: `No picture can be asked for in the size ${ask.size}` })
  }
  const made: ImagesMade[] = []
  const pictures: Picture[] = []
  let stopped: Fault | undefined
  for (let isShort = true; isShort;) {
    const left = ask.count - pictures.length
    const { all, failure } = await askAtOnce(shares(left, mostInOne(ask)), (count, place) =>
      askForImages(line, access, { ...ask, count }, facts, signal, hearing, pictures.length + place),
    )
    if (signal.aborted) throw interrupted()
    if (failure !== undefined && all.length + made.length === 0) throw onceOnly(failure)
    const why = onceOnly(failure)
    if (why instanceof Failure) stopped = why.fault
    made.push(...all)
    pictures.push(...all.flatMap(({ images }) => images))
    isShort = pictures.length < ask.count && failure === undefined
  }
  return {
    ...together(made),
    images: pictures.slice(0, ask.count),
    ...(stopped ? { failure: stopped } : {}),
  }
}

/** How many pictures each request asks for. */
const shares = (count: number, most: number): readonly number[] =>
  Array.from({ length: Math.ceil(count / most) }, (_, at) => Math.min(most, count - at * most))

async function askAtOnce(
  counts: readonly number[],
  ask: (count: number, place: number) => Promise<ImagesMade>,
) {
  const settled = await Promise.allSettled(counts.map((count, place) => ask(count, place)))
  const failures = settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []))
  return {
    all: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    // One that nobody knows the outcome of says most: it decides whether anything is asked again.
    failure: failures.find(isUnknown) ?? failures[0],
  }
}

function together(made: readonly ImagesMade[]): Omit<ImagesMade, 'images'> {
  const [first] = made
  const text = made.flatMap((one) => one.text ?? []).join('\n')
  const usage = made.flatMap((one) => one.usage ?? []).reduce<Usage>(sum, {})
  return {
    ...(text === '' ? {} : { text }),
    ...(Object.keys(usage).length === 0 ? {} : { usage }),
    ...(first?.generation_id === undefined ? {} : { generation_id: first.generation_id }),
    ...(first?.served_model === undefined ? {} : { served_model: first.served_model }),
    ...(first?.served_provider === undefined ? {} : { served_provider: first.served_provider }),
  }
}

const sum = (a: Usage, b: Usage): Usage =>
  Object.entries(b).reduce((all, [name, value]) => {
    const key = name as keyof Usage
    return { ...all, [key]: (all[key] ?? 0) + (value as number) }
  }, a)

/** Codes of a request that never left this computer. */
const unsent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)$/

/** A picture may be on its way and paid for: what ended in silence or broke off is never asked again by itself. */
function onceOnly(error: unknown): unknown {
  if (!(error instanceof Failure) || error.fault.code !== 'provider_error') return error
  const fault = error.fault
  return fault.retryable && isUncertain(fault)
    ? new Failure({ ...fault, retryable: false }, { cause: error.cause })
    : error
}

const isUnknown = (error: unknown): boolean =>
  error instanceof Failure && error.fault.code === 'provider_error' && isUncertain(error.fault)

const isUncertain = ({ kind, said }: ProviderTrouble): boolean =>
  kind === 'timeout' || kind === 'cut_short' || (kind === 'unreachable' && !unsent.test(said ?? ''))
