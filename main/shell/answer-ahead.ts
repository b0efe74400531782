import type { Answer } from '@contract/fault'
import { firstPage, type AnsweredAhead } from '@contract/opening'
import type { Preferences } from '@contract/preferences'
import type { DaemonState, RuntimeView } from '@contract/routes'

/** Asks the daemon in force; faults are answers. */
export type AskDaemon = (name: AnsweredAhead['name'], input: unknown) => Promise<Answer<unknown>>

/**
 * What the first screen needs, asked on the window's behalf while its program is still being read. Ends early when the
 * daemon is not ready: then the screen is another one and needs no more.
 */
export async function answerAhead(ask: AskDaemon): Promise<readonly AnsweredAhead[]> {
  const answered: AnsweredAhead[] = []
  const learn = async <T>(name: AnsweredAhead['name'], input: object = {}): Promise<T | undefined> => {
    const answer = await ask(name, input)
    answered.push({ name, input, answer })
    // The contract's own output of that name.
    return answer.ok ? (answer.value as T) : undefined
  }
  // Waits for the start, which the state does not.
  const preferences = await learn<Preferences>('preferences.get')
  const state = await learn<DaemonState>('daemon.state')
  if (state?.phase !== 'ready') return answered
  const runtime = await learn<RuntimeView>('runtime.get')
  await Promise.all([
    learn('sessions.list', { limit: firstPage.sessions }),
    preferences?.last_session_id &&
      learn('sessions.transcript', { session_id: preferences.last_session_id, limit: firstPage.messages }),
    ...(runtime?.routes ?? []).map(({ route_id }) => learn('models.list', { provider: route_id })),
  ])
  return answered
}
