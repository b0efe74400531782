import type { AssetView } from '@contract/assets'
import type { PickedFile } from '@contract/bridge'
import type { Answer, Fault } from '@contract/fault'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import { createFileQueue } from '../../lib/file-queue'

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
  add(files: readonly PickedFile[]): void
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
  const fail = (id: string, fault: Fault): void =>
    store.setState(({ imports }) => ({
      imports: imports.map((each) => (each.import_id === id ? { ...each, fault } : each)),
    }))
  const drop = (id: string): void =>
    store.setState(({ imports }) => ({ imports: imports.filter((each) => each.import_id !== id) }))

  const queue = createFileQueue<PickedFile, Answer<AssetView>>({
    atOnce,
    work: (file, id) => client.importFile(file, id),
    ended: (id, answer) => {
      if (answer.ok || answer.fault.code === 'import_cancelled') drop(id)
      else fail(id, answer.fault)
    },
  })

  return Object.assign(store, {
    add(files: readonly PickedFile[]) {
      const added = files.map((file) => ({ key: newId(), file }))
      store.setState(({ imports }) => ({
        imports: [
          ...imports,
          ...added.map(({ key, file }) => ({ import_id: key, file_name: file.name, fault: null })),
        ],
      }))
      queue.add(added)
    },
    cancel() {
      for (const { import_id } of store.getState().imports) {
        const was = queue.withdraw(import_id)
        if (was === 'waiting') drop(import_id)
        if (was === 'running') void client.ask['assets.cancelImport']({ import_id })
      }
    },
    dismiss: () => store.setState(({ imports }) => ({ imports: imports.filter(({ fault }) => !fault) })),
    forget() {
      for (const { import_id } of store.getState().imports) queue.withdraw(import_id)
      store.setState({ imports: [] })
    },
  })
}
