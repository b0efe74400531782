/** What undoes one deed: earlier contents of the tiles it touched, or the deed itself where doing it twice undoes it. */
export type Step<Patch> =
  { readonly kind: 'tiles'; readonly tiles: ReadonlyMap<number, Patch> } | { readonly kind: 'invert' }

/** Where tiles are taken from and put back. */
export interface Tiled<Patch> {
  /** What the tile holds; what is drawn from now on goes onto a copy of it. */
  keep(tile: number): Patch
  /** The tile holds this from now on; answers what it held. */
  swap(tile: number, patch: Patch): Patch
  bytesOf(patch: Patch): number
  invert(): void
}

export interface History {
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** A deed begins to touch these tiles; each is kept as it was before. */
  keep(tiles: readonly number[]): void
  /** The deed is done. One that touched nothing leaves no step. */
  close(): void
  inverted(): void
  undo(): void
  redo(): void
  forget(): void
}

export const mostHistoryBytes = 128 * 1024 * 1024

/** Steps back and forth over a picture in tiles. The oldest are given up once all of them hold more than `most` bytes. */
export function createHistory<Patch>(on: Tiled<Patch>, most = mostHistoryBytes): History {
  let back: Step<Patch>[] = []
  let forth: Step<Patch>[] = []
  let open = new Map<number, Patch>()

  const bytesOf = (step: Step<Patch>): number =>
    step.kind === 'invert' ? 0 : [...step.tiles.values()].reduce((sum, patch) => sum + on.bytesOf(patch), 0)

  function push(step: Step<Patch>): void {
    back.push(step)
    forth = []
    let held = back.reduce((sum, each) => sum + bytesOf(each), 0)
    // The last one stays, whatever it holds: what was just done can be undone.
    while (held > most && back.length > 1) held -= bytesOf(back.shift() ?? { kind: 'invert' })
  }

  /** Takes the step and answers what takes it again. */
  function take(step: Step<Patch>): Step<Patch> {
    if (step.kind === 'invert') {
      on.invert()
      return step
    }
    const now = new Map([...step.tiles].map(([tile, patch]) => [tile, on.swap(tile, patch)] as const))
    return { kind: 'tiles', tiles: now }
  }

  return {
    get canUndo() {
      return back.length > 0
    },
    get canRedo() {
      return forth.length > 0
    },
    keep(tiles) {
      for (const tile of tiles) if (!open.has(tile)) open.set(tile, on.keep(tile))
    },
    close() {
      if (open.size > 0) push({ kind: 'tiles', tiles: open })
      open = new Map()
    },
    inverted: () => push({ kind: 'invert' }),
    undo() {
      const step = back.pop()
      if (step) forth.push(take(step))
    },
    redo() {
      const step = forth.pop()
      if (step) back.push(take(step))
    },
    forget() {
      back = []
      forth = []
      open = new Map()
    },
  }
}
