import type { peakCount as Contracted } from '@contract/audio'

/** The contract's own number, without the schemas beside it. */
export const peakCount: typeof Contracted = 1_000

/** To the worker: a recording to be drawn, or bytes that it asked for. `durationS`: 0 where nobody knows. */
export type PeaksTask =
  | { readonly is: 'draw'; readonly id: number; readonly size: number; readonly durationS: number }
  | { readonly is: 'bytes'; readonly ask: number; readonly bytes: ArrayBuffer | null }

/** From the worker: bytes it needs (`from` to before `to`), or the end; null where it could make nothing of them. */
export type PeaksWord =
  | {
      readonly is: 'read'
      readonly id: number
      readonly ask: number
      readonly from: number
      readonly to: number
    }
  | { readonly is: 'drawn'; readonly id: number; readonly peaks: Uint8Array | null }

/** Bytes of a file, `from` to before `to`. Throws where they can't be had. */
export type Read = (from: number, to: number) => Promise<Uint8Array>
