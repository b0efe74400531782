import type { Keychain } from '../ports/keychain'
import type { ForkKeychain, KeychainAnswer, KeychainChild, KeychainQuestion } from '../ports/keychain-child'
import { keychainFailure, type KeychainTrouble } from '../ports/keychain-failure'
import { lockedTrouble, troubleOf } from './trouble'

/** Milliseconds. Contract 4.5 wants the answer to a `set` within five seconds. */
const limits = { probe: 3_000, get: 3_000, delete: 3_000, set: 4_500 } as const

/** The name that every entry is filed under (contract 4.5). */
const service = 'kheish-desktop'

interface Needs {
  readonly fork: ForkKeychain
  /** As Node names it. */
  readonly platform?: string
  readonly limits?: Readonly<Record<KeychainQuestion['op'], number>>
}

/** What came of a question: a value, or why there is none. */
type Outcome =
  | { readonly value: string | boolean | null }
  | { readonly trouble: KeychainTrouble; readonly text: string; readonly isLate?: true }

interface Running {
  readonly child: KeychainChild
  /** Whether it has answered before. */
  isUsed: boolean
  readonly waiting: Map<number, (outcome: Outcome) => void>
}

/** The OS keychain behind a child process that is killed when it does not answer in time. */
export function createKeychain({
  fork,
  platform = process.platform,
  limits: within = limits,
}: Needs): Keychain {
  let running: Running | undefined
  let lastId = 0

  const end = (ended: Running, outcome: Outcome) => {
    if (running === ended) running = undefined
    ended.child.kill()
    for (const settle of ended.waiting.values()) settle(outcome)
    ended.waiting.clear()
  }

  const start = (): Running => {
    const started: Running = { child: fork(), isUsed: false, waiting: new Map() }
    started.child.hear((answer) => started.waiting.get(answer.id)?.(read(answer)))
    started.child.ended(() => end(started, gone()))
    return started
  }

  const read = (answer: KeychainAnswer): Outcome =>
    'value' in answer ? { value: answer.value } : { trouble: troubleOf(answer, platform), text: answer.text }
  const gone = (): Outcome => {
    const text = 'the keychain process ended'
    return { trouble: troubleOf({ reason: 'refused', text }, platform), text }
  }

  const askOnce = (question: Omit<KeychainQuestion, 'id'>, ms: number) =>
    new Promise<{ readonly outcome: Outcome; readonly isStale: boolean }>((resolve) => {
      const asked = (running ??= start())
      const { isUsed } = asked
      const id = ++lastId
      const text = `no answer within ${within[question.op]} ms`
      const timer = setTimeout(() => end(asked, { trouble: lockedTrouble(platform), text, isLate: true }), ms)
      asked.waiting.set(id, (outcome) => {
        clearTimeout(timer)
        asked.waiting.delete(id)
        asked.isUsed = true
        const isStale = isUsed && 'trouble' in outcome && !outcome.isLate
        if (isStale && running === asked) end(asked, outcome)
        resolve({ outcome, isStale })
      })
      asked.child.ask({ id, ...question })
    })

  const ask = async (op: KeychainQuestion['op'], account: string, secret?: string): Promise<Outcome> => {
    const question = { op, service, account, ...(secret === undefined ? {} : { secret }) }
    const before = performance.now()
    const { outcome, isStale } = await askOnce(question, within[op])
    // The library stays with the service it met first; one that was started again answers a new process only.
    if (!isStale) return outcome
    return (await askOnce(question, Math.max(1, within[op] - (performance.now() - before)))).outcome
  }

  const valueOf = (outcome: Outcome) => {
    if ('value' in outcome) return outcome.value
    throw keychainFailure(outcome.trouble, { cause: new Error(outcome.text) })
  }

  return {
    async probe() {
      const outcome = await ask('probe', 'nobody')
      return 'value' in outcome ? { state: 'secured' } : outcome.trouble
    },
    async get(account) {
      const value = valueOf(await ask('get', account))
      return typeof value === 'string' ? value : null
    },
    async set(account, secret) {
      valueOf(await ask('set', account, secret))
    },
    async delete(account) {
      return valueOf(await ask('delete', account)) === true
    },
    async close() {
      if (running) end(running, gone())
    },
  }
}
