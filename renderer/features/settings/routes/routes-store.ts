import type { AnyEvent } from '@contract/events'
import type { Answer } from '@contract/fault'
import type { CheckedRoutesText, RoutesEdit, routesFileCalls, RoutesFileView } from '@contract/routes-file'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { KheishClient } from '@contract/calls'
import { furtherEdits } from './further-edits'
import { type FieldValue, isDirty, type RoutesState } from './routes-state'

export { isDirty } from './routes-state'

/** What it asks of the daemon. */
export type RoutesDesk = Pick<KheishClient, keyof typeof routesFileCalls | 'daemon.restart'>

export interface RoutesStore extends StoreApi<RoutesState> {
  /** Reads the file, unless something is not saved. */
  open(): Promise<void>
  /** The editor's text changed. */
  write(text: string): void
  /** A form's changes, as one step. */
  edit(...edits: readonly RoutesEdit[]): Promise<boolean>
  /** A field of the form is being typed in; the text follows a moment later. */
  type(key: string, value: FieldValue, routeId?: string): void
  save(): Promise<boolean>
  /** Back to the file as it was read. */
  revert(): void
  /** The file as it is on disk takes the editor's place. */
  loadTheirs(): Promise<void>
  /** What is on disk becomes the backup. */
  overwrite(): Promise<boolean>
  restore(): Promise<void>
  restart(inFlight: 'drain' | 'interrupt'): Promise<void>
  hear(event: AnyEvent): void
}

const beforeCheckMs = 200
const beforeEditMs = 250

/** The routes file while somebody works on it: one text, whichever view changes it. */
export function createRoutesStore({ ask }: { readonly ask: RoutesDesk }): RoutesStore {
  const store = createStore<RoutesState>(() => ({
    phase: 'loading',
    fault: null,
    file: null,
    text: '',
    checked: null,
    pending: [],
    doing: 'nothing',
    isConflict: false,
    draining: null,
  }))
  const { getState: now, setState: set } = store
  let checkTimer: ReturnType<typeof setTimeout> | undefined
  let editTimer: ReturnType<typeof setTimeout> | undefined
  /** Edits are made one after the other, each on the text that the one before has left. */
  let edits: Promise<unknown> = Promise.resolve()

  function show(text: string, checked?: CheckedRoutesText): void {
    set({ text, ...(checked ? { checked } : {}) })
    clearTimeout(checkTimer)
    if (!checked) checkTimer = setTimeout(() => void check(), beforeCheckMs)
  }

  async function check(): Promise<void> {
    clearTimeout(checkTimer)
    const { text } = now()
    const answer = await ask['routesFile.check']({ text })
    if (now().text !== text) return
    // Nothing can be said of it; the daemon looks again when it is saved.
    if (answer.ok) set({ checked: answer.value })
  }

  function take(file: RoutesFileView): void {
    set({ phase: 'open', file, pending: [], fault: null, isConflict: false })
    show(file.text)
    void check()
  }

  async function read(): Promise<Answer<RoutesFileView>> {
    const answer = await ask['routesFile.read']({})
    if (!answer.ok && now().file === null) {
      set({ phase: answer.fault.code === 'not_ready' ? 'no_file' : 'failed', fault: answer.fault })
    } else if (!answer.ok) set({ fault: answer.fault })
    return answer
  }

  /** On the text as it is when its turn comes; once more when somebody typed meanwhile. */
  async function editOnce(wanted: readonly RoutesEdit[]): Promise<boolean> {
    const before = now().text
    let checked = null as CheckedRoutesText | null
    const todo = [...wanted]
    for (let edit = todo.shift(); edit; edit = todo.shift()) {
      const from: CheckedRoutesText | null = checked ?? now().checked
      const answer: Answer<CheckedRoutesText> = await ask['routesFile.edit']({
        text: checked?.text ?? before,
        edit,
      })
      if (!answer.ok) {
        set({ fault: answer.fault })
        return false
      }
      checked = answer.value
      todo.unshift(...furtherEdits(edit, from?.form ?? null, checked.form))
    }
    if (now().text !== before) return editOnce(wanted)
    if (checked) show(checked.text, checked)
    set({ fault: null })
    return true
  }

  function edit(...wanted: readonly RoutesEdit[]): Promise<boolean> {
    const made = edits.then(() => editOnce(wanted))
    edits = made.catch(() => undefined)
    return made
  }

  /** What was typed in the form is in the text. */
  async function settle(): Promise<void> {
    clearTimeout(editTimer)
    const { pending } = now()
    if (pending.length > 0) {
      await edit(...pending.map((field): RoutesEdit => ({ kind: 'set', ...field })))
      set((state) => ({ pending: state.pending.filter((field) => !pending.includes(field)) }))
    }
    await edits
  }

  /** Null: where no file can be read. */
  async function write(expected_sha256: string | null): Promise<boolean> {
    const { text } = now()
    const answer = await ask['routesFile.write']({ text, expected_sha256 })
    set({ doing: 'nothing' })
    if (answer.ok) {
      set({ file: answer.value, fault: null, isConflict: false })
      return true
    }
    const isConflict = answer.fault.code === 'route_file_changed'
    set({ isConflict, fault: isConflict ? null : answer.fault })
    if (!isConflict) void check()
    return false
  }

  return Object.assign(store, {
    async open() {
      if (isDirty(now()) && now().phase === 'open') return
      const answer = await read()
      if (answer.ok && !isDirty(now())) take(answer.value)
    },

    write(text: string) {
      if (text !== now().text) show(text)
    },

    edit,

    type(key: string, value: FieldValue, routeId?: string) {
      const field = { ...(routeId === undefined ? {} : { route_id: routeId }), key, value }
      set(({ pending }) => ({
        pending: [...pending.filter((each) => each.key !== key || each.route_id !== routeId), field],
      }))
      clearTimeout(editTimer)
      editTimer = setTimeout(() => void settle(), beforeEditMs)
    },

    async save() {
      const { file, doing } = now()
      if (!file || doing !== 'nothing') return false
      set({ doing: 'saving', fault: null })
      await settle()
      return write(file.sha256)
    },

    revert() {
      const { file } = now()
      clearTimeout(editTimer)
      set({ pending: [], fault: null })
      if (file) show(file.text)
    },

    async loadTheirs() {
      const answer = await read()
      if (answer.ok) take(answer.value)
    },

    async overwrite() {
      const answer = await read()
      if (!answer.ok && answer.fault.code !== 'route_file_read_failed') return false
      set({ doing: 'saving', isConflict: false, fault: null })
      await settle()
      return write(answer.ok ? answer.value.sha256 : null)
    },

    async restore() {
      set({ doing: 'restoring', fault: null })
      const answer = await ask['routesFile.restore']({})
      set({ doing: 'nothing' })
      if (answer.ok) take(answer.value)
      else set({ fault: answer.fault })
    },

    async restart(inFlight: 'drain' | 'interrupt') {
      set({ doing: 'restarting', fault: null })
      const answer = await ask['daemon.restart']({ in_flight: inFlight })
      if (!answer.ok) set({ doing: 'nothing', fault: answer.fault })
    },

    hear(event: AnyEvent) {
      if (event.type === 'window.focused' && event.focused) void lookAgain()
      if (event.type !== 'daemon.changed') return
      const { state } = event
      const left = state.phase === 'ready' ? state.draining?.runs : undefined
      set({ draining: left === undefined || left === 0 ? null : left })
      if (state.phase === 'starting' || left !== undefined) return
      set({ doing: 'nothing' })
      // Another daemon, or the same one with what was saved: only the file knows.
      void ask['routesFile.read']({}).then((answer) => {
        if (!answer.ok) return now().file && isDirty(now()) ? undefined : forget()
        if (isDirty(now())) set({ isConflict: answer.value.sha256 !== now().file?.sha256 })
        else take(answer.value)
      })
    },
  })

  function forget(): void {
    set({ phase: 'loading', file: null, text: '', checked: null, fault: null, isConflict: false })
    void read()
  }

  /** The person may have been to another editor. */
  async function lookAgain(): Promise<void> {
    const { file, phase, doing } = now()
    if (phase !== 'open' || !file || doing !== 'nothing') return
    const answer = await ask['routesFile.read']({})
    if (!answer.ok || answer.value.sha256 === now().file?.sha256) return
    if (isDirty(now())) set({ isConflict: true })
    else take(answer.value)
  }
}
