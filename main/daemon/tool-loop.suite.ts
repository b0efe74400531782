import { noAudio } from './ports/audio.fake'
import type { DaemonEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { Message, Part } from '@contract/message'
import type { ApprovalDecision, Behaviour, PermissionRule } from '@contract/permissions'
import type { ToolLimits } from './core/tools/limits'
import { fakeContents } from './ports/assets.fake'
import { fakeClock } from './ports/clock.fake'
import type { Driver } from './ports/driver'
import type { Script } from './ports/driver.fake'
import { fakeDriver, says } from './ports/driver.fake'
import { noEvidence } from './ports/evidence.fake'
import { fakeIds } from './ports/ids.fake'
import { fakeLog } from './ports/log.fake'
import { fakeSpending } from './ports/spending.fake'
import type { RunRecord, Store } from './ports/store'
import type { Tool } from './ports/tools'
import { fakeTools } from './ports/tools.fake'
import type { TranscriptionService } from './ports/transcription'
import { createQueue } from './runtime/queue'
import { recoverRuns } from './runtime/recovery'
import { openStore } from './store/open-store'

export type Call = readonly [id: string, name: string, given?: string]
export type CallPart = Extract<Part, { kind: 'tool_call' }>

export const asks = (calls: readonly Call[], more: Script = []): Script => [
  { is: 'accepted', generation_id: `gen-${calls[0]?.[0] ?? ''}` },
  {
    is: 'grew',
    deltas: calls.map(([call_id, name, given = '{}']) => ({
      at: 'part',
      part: { kind: 'tool_call', call_id, name, arguments: given, state: 'building' },
    })),
  },
  { is: 'finished', reason: 'tool_calls' },
  { is: 'usage', usage: { prompt_tokens: 10, completion_tokens: 5, cost_usd: 0.01 } },
  ...more,
]

interface Setting {
  readonly tools?: readonly Tool[]
  /** Tools that there are and that models are not offered. */
  readonly hidden?: readonly Tool[]
  readonly scripts?: readonly Script[]
  readonly driver?: Driver
  /** Where that one asks. */
  readonly prefix?: string
  readonly limits?: Partial<ToolLimits>
  /** What is asked, by tool; everything else is allowed. */
  readonly rules?: Readonly<Record<string, Behaviour>>
  readonly spent?: () => boolean
  /** What a message has of recordings, before the model is asked. */
  readonly prepare?: TranscriptionService['prepare']
  readonly mayStart?: () => boolean
}

/** The real queue, run loop and store; a driver that follows a script, tools that do what they are told, a still clock. */
export function openLoop(setting: Setting = {}) {
  const { tools = [], hidden = [], rules = {} } = setting
  const clock = fakeClock()
  const ids = fakeIds(1)
  const kept = openStore({ file: ':memory:', now: () => clock.now(), newRootId: () => 'root' })
  kept.sessions.create({ session_id: 's' as SessionId, title: '', at_ms: clock.now() })
  const driver = fakeDriver(...(setting.scripts ?? [asks([['c1', 'look']]), says('Done')]))
  const log = fakeLog()
  let events: DaemonEvent[] = []
  const offered = fakeTools(...tools)
  const toolbox = {
    visible: () => tools,
    find: (name: string) => [...tools, ...hidden].find(({ view }) => view.name === name),
  }

  /** A daemon on what is stored. The one before it writes nothing more and is not heard. */
  function start(store: Store) {
    const mine: DaemonEvent[] = []
    events = mine
    const queue = createQueue({
      store,
      driver: setting.driver ?? driver,
      clock,
      ids,
      log,
      publish: (event) => void mine.push(event),
      lease: async (route_id) => ({
        view: () => null,
        open: () => ({ route_id, prefix: setting.prefix ?? 'p', key: 'k' }),
      }),
      ...noAudio,
      ...(setting.prepare
        ? {
            transcription: { ...noAudio.transcription, needsPreparing: () => true, prepare: setting.prepare },
          }
        : {}),
      spending: {
        ...fakeSpending(),
        refusal: () =>
          setting.spent?.()
            ? fault('spending_limit_reached', 'Enough.', {
                period: 'day',
                limit_usd: 1,
                spent_usd: 2,
                resets_at_ms: 3,
              })
            : undefined,
      },
      evidence: noEvidence,
      contents: fakeContents(),
      ...offered,
      toolbox,
      permit: (_run, { name, tool_class }) => {
        const behaviour = rules[name]
        const rule: PermissionRule | undefined = behaviour && {
          rule_id: name,
          scope: 'user',
          pattern: name,
          behaviour,
          created_at_ms: 1,
        }
        return { behaviour: behaviour ?? 'allow', mode: 'default', tool_class, ...(rule ? { rule } : {}) }
      },
      toolLimits: setting.limits ?? {},
      blindness: () => undefined,
      mayStart: setting.mayStart ?? (() => true),
      ended: () => undefined,
    })
    return queue
  }

  const killers: (() => void)[] = []
  /** The store as it is for one process, and what ends that process before its write number `at`. */
  function mortal(at = Infinity): Store {
    let writes = 0
    let isDead = false
    let depth = 0
    killers.push(() => (isDead = true))
    const live = () => {
      if (isDead) throw new Error('killed')
    }
    const write =
      <A extends unknown[], R>(work: (...given: A) => R) =>
      (...given: A): R => {
        live()
        if (depth === 0 && (writes += 1) >= at) isDead = true
        live()
        return work(...given)
      }
    const reading = <T extends object>(of: T, writing: readonly string[]): T =>
      new Proxy(of, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown
          if (typeof value !== 'function') return value
          const work = (value as (...given: unknown[]) => unknown).bind(target)
          return writing.includes(String(name)) ? write(work) : work
        },
      })
    return {
      ...kept,
      messages: reading(kept.messages, ['appendBatches']),
      runs: reading(kept.runs, ['update', 'addEvent']),
      calls: reading(kept.calls, ['dispatch']),
      sessions: reading(kept.sessions, ['update']),
      transaction: write((work) =>
        kept.transaction(() => {
          depth += 1
          try {
            return work()
          } finally {
            depth -= 1
          }
        }),
      ),
    }
  }
  let queue = start(mortal())
  let count = 0
  const get = () => kept.runs.get('run-1' as RunId) as RunRecord
  const message = () => kept.messages.get(get().assistant_message_id as MessageId) as Message

  return {
    clock,
    store: kept,
    driver,
    log,
    events: () => events,
    queue: () => queue,
    submit(text = 'hi', model = 'a/b') {
      count += 1
      const run: RunRecord = {
        run_id: `run-${String(count)}` as RunId,
        session_id: 's' as SessionId,
        kind: 'input',
        status: 'queued',
        submitted_at_ms: clock.now(),
        updated_at_ms: clock.now(),
        position: count,
        source_kind: 'desktop',
        route_id: 'openrouter',
        model,
        generation: {},
        input: [{ kind: 'text', text }],
        user_message_id: null,
        assistant_message_id: null,
        key_hash: `k${String(count)}`,
        fingerprint: 'f',
      }
      return queue.admit(run).run
    },
    /** Time passes, and every promise that is ready has run. Milliseconds. */
    async pass(ms = 0) {
      const settle = async () => {
        for (let turn = 0; turn < 20; turn += 1) await clock.advance(0)
      }
      await settle()
      await clock.advance(ms)
      await settle()
    },
    run: get,
    message,
    calls: () => message().parts.filter((part) => part.kind === 'tool_call'),
    /** What the model was told in its request number `number`, from 1. */
    asked: (number: number) => driver.asked[number - 1]?.turn,
    pending: () => kept.approvals.list({ run_id: 'run-1' as RunId, pending: true, limit: 100 }),
    resolve(decision: ApprovalDecision, which = (_tool: string) => true) {
      for (const approval of kept.approvals.list({ pending: true, limit: 100 })) {
        if (!which(approval.tool_name)) continue
        kept.approvals.resolve(approval.approval_id, {
          status: decision === 'deny' ? 'denied' : 'allowed',
          decision,
          resolved_at_ms: clock.now(),
        })
      }
      if (kept.runs.get('run-1' as RunId)) queue.decided('run-1' as RunId)
    },
    /** The process dies before its write number `at`; from its beginning. */
    dieAt(at: number) {
      for (const kill of killers.splice(0)) kill()
      queue = start(mortal(at))
    },
    /** Kills the process without a word and starts another. */
    restart() {
      for (const kill of killers.splice(0)) kill()
      const store = mortal()
      recoverRuns({ store, clock })
      queue = start(store)
      queue.restore()
      queue.resume()
    },
    close: () => kept.close(),
  }
}
export type Loop = ReturnType<typeof openLoop>
