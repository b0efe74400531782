import type { Fault } from '@contract/fault'
import type { MessageId } from '@contract/ids'
import type { Message, Part } from '@contract/message'
import { Failure } from '../core/failure'
import { attachmentsOf, textOf } from '../core/runs/text-of'
import { cut, longestTitle, titleOf } from '../core/runs/title'
import type { RunRecord } from '../ports/store'
import { activityBeside } from './activity'
import type { RunPorts } from './run-ports'

/** A run that has its messages and its session's slot. */
export interface Begun {
  readonly run: RunRecord
  /** New in the tree: the person's (none for a retry), then the empty answer. */
  readonly messages: readonly Message[]
  /** Why it is to end at once: what it was to be given is not there. */
  readonly refusal?: Fault
}

/**
 * Gives a queued run its messages and makes the answer the session's head. Call inside a transaction.
 * The person's message hangs on the head, beside the message it replaces, or already stands (a retry).
 */
export function beginRun(
  on: Pick<RunPorts, 'store' | 'clock' | 'ids' | 'evidence' | 'observations'>,
  run: RunRecord,
  /** What the answer holds from the beginning. */
  parts: readonly Part[] = [],
): Begun {
  const { store, clock, ids, evidence } = on
  const at = clock.now()
  const observed = observedFor(on, run)
  const session = store.sessions.get(run.session_id)
  const asked = run.user_message_id ? null : addQuestion()
  const question = asked?.message_id ?? run.user_message_id
  const answer = store.messages.add({
    message_id: ids.next('message') as MessageId,
    session_id: run.session_id,
    parent_id: question,
    role: 'assistant',
    parts,
    created_at_ms: at,
    run_id: run.run_id,
  })
  const begun = store.runs.update(run.run_id, {
    status: 'running',
    started_at_ms: at,
    user_message_id: question,
    assistant_message_id: answer.message_id,
    // The chat of a canary is gone before anybody could look.
    debug_level: run.source_kind === 'canary' ? 'off' : evidence.levelNow(),
    updated_at_ms: at,
  })
  store.runs.addEvent(run.run_id, { at_ms: at, kind: 'started' })
  const title = titleOf(textOf(run.input)) || (attachmentsOf(run.input)[0]?.file_name ?? '')
  store.sessions.update(run.session_id, {
    head_message_id: answer.message_id,
    activity: activityBeside(store, run, 'running'),
    updated_at_ms: at,
    ...(session?.title === '' && title !== '' ? { title: cut(title, longestTitle) } : {}),
  })
  const made = [...(asked ? [asked.message_id] : []), answer.message_id]
  // Read again: only now the answer knows its run, and siblings each other.
  return {
    run: begun,
    messages: made.flatMap((id) => store.messages.get(id) ?? []),
    ...(observed.refusal ? { refusal: observed.refusal } : {}),
  }

  function addQuestion(): Message {
    const replaced = run.replaces ? store.messages.get(run.replaces) : undefined
    const message = store.messages.add({
      message_id: ids.next('message') as MessageId,
      session_id: run.session_id,
      parent_id: replaced ? replaced.parent_id : (session?.head_message_id ?? null),
      role: 'user',
      parts: [...observed.parts, ...run.input],
      created_at_ms: at,
      run_id: run.run_id,
    })
    store.journal.append(run.session_id, {
      kind: 'message_appended',
      at_ms: at,
      data: { message_id: message.message_id, role: 'user', run_id: run.run_id },
    })
    return message
  }
}

/** What the person's message begins with, looked up now (contract 11.4), or why it can't be. */
function observedFor(
  { observations }: Pick<RunPorts, 'observations'>,
  { observed, run_id }: RunRecord,
): { readonly parts: readonly Part[]; readonly refusal?: Fault } {
  if (!observed) return { parts: [] }
  try {
    return { parts: observations.partsFor(observed, run_id) }
  } catch (error) {
    // The disk's trouble is no answer about observations.
    const isAnswer = error instanceof Failure && /^(observations|assets)$/.test(error.fault.domain)
    if (isAnswer) return { parts: [], refusal: error.fault }
    throw error
  }
}
