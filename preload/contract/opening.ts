import type { Answer } from './fault'
import type { CallName } from './names'

/** How much the first screen asks for at once. */
export const firstPage = { sessions: 100, messages: 60 } as const

/** The questions that every window begins with. */
export const openingNames = [
  'daemon.state',
  'preferences.get',
  'runtime.get',
  'sessions.list',
  'sessions.transcript',
  'models.list',
] as const satisfies readonly CallName[]

/** One of them with its answer: what `app.opening` answers a list of, as JSON. */
export interface AnsweredAhead {
  readonly name: (typeof openingNames)[number]
  readonly input: unknown
  readonly answer: Answer<unknown>
}
