import { fold, join, type Growing } from '@contract/fold'
import type { ProviderTrouble } from '@contract/fault'
import type { Message, Part } from '@contract/message'
import { Failure } from '../core/failure'
import type { Clock } from '../ports/clock'
import type { ChatEvent, ChatTurn, Usage } from '../ports/driver'
import { startDemoProvider, type Behaviour, type DemoOptions } from '../../demo-provider/index'
import { createOpenRouterDriver } from './driver'
import type { Limits } from './limits'

/** The real clock, counting what it still holds so that a test can see leftovers. */
export function countingClock(): Clock & { pending(): number } {
  let pending = 0
  return {
    now: () => Date.now(),
    after(ms, work) {
      let over = false
      const end = () => {
        if (!over) pending--
        over = true
      }
      pending++
      const timer = setTimeout(() => {
        end()
        work()
      }, ms)
      return () => {
        clearTimeout(timer)
        end()
      }
    },
    sleep: (ms) => new Promise((resume) => setTimeout(resume, ms)),
    pending: () => pending,
  }
}

/** A driver on a demo provider of its own. */
export async function open(
  behaviours: readonly Behaviour[] = [],
  limits: Partial<Limits> = {},
  options: DemoOptions = {},
) {
  const demo = await startDemoProvider({ tokens_per_second: 100_000, script: behaviours, ...options })
  const clock = countingClock()
  const driver = createOpenRouterDriver({
    clock,
    appUrl: 'http://localhost',
    appTitle: 'Kheish ☃ Desktop',
    limits,
  })
  const access = { route_id: 'openrouter', prefix: demo.prefix, key: 'sk-or-v1-good' }
  return { demo, driver, access, clock, close: () => demo.stop() }
}

/** A message of a conversation, as short as a test wants to say it. */
export const messageOf = (
  role: 'user' | 'assistant',
  parts: readonly Part[],
  more: Partial<Message> = {},
): Message =>
  ({
    message_id: 'm' as Message['message_id'],
    session_id: 'chat-1' as Message['session_id'],
    parent_id: null,
    role,
    parts,
    created_at_ms: 0,
    run_id: null,
    seen: 0,
    versions: [],
    ...more,
  }) satisfies Message

export const turnOf = (text: string, more: Partial<ChatTurn> = {}): ChatTurn => ({
  model: 'openai/gpt-4o',
  system: '',
  history: [messageOf('user', [{ kind: 'text', text }])],
  generation: {},
  session_id: 'chat-1',
  ...more,
})

/** Everything a stream did, folded the way the daemon and the window fold it. */
export interface Heard {
  readonly events: readonly ChatEvent[]
  readonly parts: readonly Part[]
  readonly text: string
  readonly usage: Usage | undefined
  readonly failure: Failure | undefined
  readonly trouble: ProviderTrouble | undefined
}

export async function collect(stream: AsyncIterable<ChatEvent>): Promise<Heard> {
  const events: ChatEvent[] = []
  let failure: Failure | undefined
  try {
    for await (const event of stream) events.push(event)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    failure = error
  }
  let growing: Growing = { parts: [], seen: 0 }
  for (const event of events) {
    if (event.is !== 'grew') continue
    const upto = growing.seen + event.deltas.length
    const next = fold(
      growing,
      join({ from: growing.seen + 1, upto, deltas: event.deltas }, { from: upto + 1, upto, deltas: [] }),
    )
    if (next === 'gap') throw new Error('gap')
    growing = next
  }
  return {
    events,
    parts: growing.parts,
    text: growing.parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''),
    usage: events.findLast((event) => event.is === 'usage')?.usage,
    failure,
    trouble: failure?.fault.code === 'provider_error' ? failure.fault : undefined,
  }
}
