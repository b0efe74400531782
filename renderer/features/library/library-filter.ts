import type { AssetKind, AssetOrder, AssetOrigin, AssetRow } from '@contract/assets'
import type { SessionId } from '@contract/ids'

export const dateSpans = ['any', 'today', 'week', 'month', 'year'] as const
export type DateSpan = (typeof dateSpans)[number]

/** What the library is narrowed to, and in which order it shows it. */
export interface LibraryFilter {
  readonly query: string
  readonly kind: AssetKind | 'all'
  readonly origin: AssetOrigin | 'all'
  /** Only what a message of this chat holds. */
  readonly session_id: SessionId | null
  readonly date: DateSpan
  readonly order: AssetOrder
}

export const noFilter: LibraryFilter = {
  query: '',
  kind: 'all',
  origin: 'all',
  session_id: null,
  date: 'any',
  order: 'newest',
}

export const isNarrowed = (filter: LibraryFilter): boolean =>
  filter.query.trim() !== '' ||
  filter.kind !== 'all' ||
  filter.origin !== 'all' ||
  filter.session_id !== null ||
  filter.date !== 'any'

/** The input of `assets.list` for it, without a place. */
export function listInput(filter: LibraryFilter, nowMs: number) {
  const query = filter.query.trim()
  const from_ms = startOf(filter.date, nowMs)
  return {
    ...(query === '' ? {} : { query }),
    ...(filter.kind === 'all' ? {} : { kind: filter.kind }),
    ...(filter.origin === 'all' ? {} : { origin: filter.origin }),
    ...(filter.session_id === null ? {} : { session_id: filter.session_id }),
    ...(from_ms === undefined ? {} : { from_ms }),
    ...(filter.order === 'newest' ? {} : { order: filter.order }),
  }
}

/** Whether the window can tell by itself what belongs: texts and chats only the daemon knows. */
export const isPlain = (filter: LibraryFilter): boolean =>
  filter.query.trim() === '' && filter.session_id === null

/** For a plain filter. */
export function belongs(filter: LibraryFilter, row: AssetRow, nowMs: number): boolean {
  const from = startOf(filter.date, nowMs)
  return (
    (filter.kind === 'all' || row.kind === filter.kind) &&
    (filter.origin === 'all' || row.origin === filter.origin) &&
    (from === undefined || row.created_at_ms >= from)
  )
}

/** By local calendar days: seven of them end with today. */
function startOf(date: DateSpan, nowMs: number): number | undefined {
  const now = new Date(nowMs)
  const daysBack = (days: number): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - days).getTime()
  if (date === 'today') return daysBack(0)
  if (date === 'week') return daysBack(6)
  if (date === 'month') return daysBack(29)
  return date === 'year' ? new Date(now.getFullYear(), 0, 1).getTime() : undefined
}
