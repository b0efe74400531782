import type { Fault } from '@contract/fault'
import type { CheckedRoutesText, RoutesFileView } from '@contract/routes-file'

export type FieldValue = string | boolean | number | null

/** What a form says and the text does not yet: a person is still typing. */
export interface PendingField {
  /** Absent: a key at the top of the file. */
  readonly route_id?: string
  readonly key: string
  readonly value: FieldValue
}

export interface RoutesState {
  readonly phase: 'loading' | 'no_file' | 'failed' | 'open'
  /** Why it could not be read, or why the last thing that was asked for did not work. */
  readonly fault: Fault | null
  /** As it was read or written last. */
  readonly file: RoutesFileView | null
  /** What the editor shows. */
  readonly text: string
  /** Of the newest text that was checked. */
  readonly checked: CheckedRoutesText | null
  readonly pending: readonly PendingField[]
  readonly doing: 'nothing' | 'saving' | 'restoring' | 'restarting'
  /** The file on disk is not the one that was read. */
  readonly isConflict: boolean
  /** Runs that a restart waits for; null when none was asked for. */
  readonly draining: number | null
}

export const isDirty = ({ file, text, pending }: RoutesState): boolean =>
  file !== null && (text !== file.text || pending.length > 0)

/** Whether the newest text is being checked, or will be. */
export const isChecking = ({ checked, text, phase }: RoutesState): boolean =>
  phase === 'open' && checked?.text !== text

/** A field as the form shows it: what is being typed, else what the text says. */
export function fieldOf(state: RoutesState, key: string, routeId?: string): FieldValue {
  const typed = state.pending.find((field) => field.key === key && field.route_id === routeId)
  if (typed) return typed.value
  const { form } = state.checked ?? {}
  if (!form) return null
  if (routeId === undefined) return key === 'default_route' ? form.default_route : null
  return form.routes.find((route) => route.route_id === routeId)?.fields[key] ?? null
}
