import type { ImportStage } from '@contract/assets'
import type { PickedFile } from '@contract/bridge'
import type { AnyEvent } from '@contract/events'
import type { Fault } from '@contract/fault'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'

export interface LibraryImport {
  readonly import_id: string
  readonly file_name: string
  readonly stage: ImportStage
  readonly fault: Fault | null
}

export interface ImportsState {
  /** Under way or failed, in the order they were given; what has arrived is in the grid. */
  readonly imports: readonly LibraryImport[]
  /** How many of this batch have arrived. */
  readonly arrived: number
}

export interface ImportsActions {
  /** Into the library and nowhere else. */
  add(files: readonly PickedFile[]): Promise<void>
  cancel(): void
  /** Takes the failed ones out of view. */
  dismiss(): void
  hear(event: AnyEvent): void
}

export type Imports = StoreApi<ImportsState> & ImportsActions

const atOnce = 4

/** Files on their way into the library: a few at a time, each with its own end. */
export function createImports(
  client: RendererClient,
  newId: () => string = () => crypto.randomUUID(),
): Imports {
  const store = createStore<ImportsState>(() => ({ imports: [], arrived: 0 }))
  const waiting: { readonly id: string; readonly file: PickedFile }[] = []
  let running = 0

  const change = (id: string, with_: Partial<LibraryImport>): void =>
    store.setState(({ imports }) => ({
      imports: imports.map((each) => (each.import_id === id ? { ...each, ...with_ } : each)),
    }))
  const drop = (id: string): void =>
    store.setState(({ imports }) => ({ imports: imports.filter((each) => each.import_id !== id) }))

  async function work(): Promise<void> {
    if (running >= atOnce) return
    running++
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { id, file } = next
      const answer = await client.importFile(file, id)
      if (answer.ok) {
        drop(id)
        store.setState(({ arrived }) => ({ arrived: arrived + 1 }))
      } else if (answer.fault.code === 'import_cancelled') drop(id)
      else change(id, { fault: answer.fault })
    }
    running--
  }

  return Object.assign(store, {
    async add(files: readonly PickedFile[]) {
      const isNew = !isUnderWay(store.getState())
      const added = files.map((file) => ({ id: newId(), file }))
      waiting.push(...added)
      store.setState(({ imports, arrived }) => ({
        arrived: isNew ? 0 : arrived,
        imports: [
          ...imports,
          ...added.map(({ id, file }) => ({
            import_id: id,
            file_name: file.name,
            stage: 'waiting' as const,
            fault: null,
          })),
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
    hear(event: AnyEvent) {
      if (event.type !== 'import.progress') return
      const { import_id, stage } = event
      if (store.getState().imports.some((each) => each.import_id === import_id)) change(import_id, { stage })
    },
  })
}

export const isUnderWay = ({ imports }: ImportsState): boolean => imports.some(({ fault }) => !fault)
