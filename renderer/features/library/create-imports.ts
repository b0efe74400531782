import type { PickedFile } from '@contract/bridge'
import type { Fault } from '@contract/fault'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'

export interface LibraryImport {
  readonly import_id: string
  readonly file_name: string
  readonly fault: Fault | null
}

export interface ImportsState {
  /** Under way or failed, in the order they were given; what has arrived is in the grid. */
  readonly imports: readonly LibraryImport[]
}

export interface ImportsActions {
  /** Into the library and nowhere else. */
  add(files: readonly PickedFile[]): Promise<void>
  cancel(): void
  /** Takes the failed ones out of view. */
  dismiss(): void
  /** Another daemon: nothing of this goes to it. */
  forget(): void
}

export type Imports = StoreApi<ImportsState> & ImportsActions

const atOnce = 4

/** Files on their way into the library: a few at a time, each with its own end. */
export function createImports(
  client: RendererClient,
  newId: () => string = () => crypto.randomUUID(),
): Imports {
  const store = createStore<ImportsState>(() => ({ imports: [] }))
  const waiting: { readonly id: string; readonly file: PickedFile }[] = []
  let running = 0

  const fail = (id: string, fault: Fault): void =>
    store.setState(({ imports }) => ({
      imports: imports.map((each) => (each.import_id === id ? { ...each, fault } : each)),
    }))
  const drop = (id: string): void =>
    store.setState(({ imports }) => ({ imports: imports.filter((each) => each.import_id !== id) }))

  async function work(): Promise<void> {
    if (running >= atOnce) return
    running++
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { id, file } = next
      const answer = await client.importFile(file, id)
      if (answer.ok || answer.fault.code === 'import_cancelled') drop(id)
      else fail(id, answer.fault)
    }
    running--
  }

  return Object.assign(store, {
    async add(files: readonly PickedFile[]) {
      const added = files.map((file) => ({ id: newId(), file }))
      waiting.push(...added)
      store.setState(({ imports }) => ({
        imports: [
          ...imports,
          ...added.map(({ id, file }) => ({ import_id: id, file_name: file.name, fault: null })),
        ],
      }))
      await Promise.all(added.map(() => work()))
    },
    cancel() {
      const dropped = new Set(waiting.splice(0).map(({ id }) => id))
      for (const { import_id, fault } of store.getState().imports) {
        if (dropped.has(import_id)) drop(import_id)
        else if (!fault) void client.ask['assets.cancelImport']({ import_id })
      }
    },
    dismiss: () => store.setState(({ imports }) => ({ imports: imports.filter(({ fault }) => !fault) })),
    forget() {
      waiting.length = 0
      store.setState({ imports: [] })
    },
  })
}
