import type { AssetOrder, AssetRow } from '@contract/assets'
import type { AssetId } from '@contract/ids'

/** As `assets.list` has them; negative: `one` stands before `other`. */
function compare(one: AssetRow, other: AssetRow, order: AssetOrder): number {
  const [early, late] = order === 'oldest' ? [one, other] : [other, one]
  if (early.created_at_ms !== late.created_at_ms) return early.created_at_ms - late.created_at_ms
  return early.asset_id < late.asset_id ? -1 : early.asset_id > late.asset_id ? 1 : 0
}

/** Puts one where it belongs, or changes the one that is there. What lies past the loaded part is left out. */
export function placeAsset(
  rows: readonly AssetRow[],
  asset: AssetRow,
  order: AssetOrder,
  hasMore: boolean,
): readonly AssetRow[] {
  const there = rows.findIndex((row) => row.asset_id === asset.asset_id)
  if (there >= 0) return rows.with(there, asset)
  let at = 0
  while (at < rows.length && compare(rows[at] as AssetRow, asset, order) < 0) at++
  return at === rows.length && hasMore ? rows : rows.toSpliced(at, 0, asset)
}

export function dropAsset(rows: readonly AssetRow[], id: AssetId): readonly AssetRow[] {
  const at = rows.findIndex((row) => row.asset_id === id)
  return at < 0 ? rows : rows.toSpliced(at, 1)
}

/** Joins the next page on; what an event brought before is not there twice, and is among the last. */
export function addPage(rows: readonly AssetRow[], page: readonly AssetRow[]): readonly AssetRow[] {
  const known = new Set(rows.slice(Math.max(0, rows.length - page.length)).map((row) => row.asset_id))
  return [...rows, ...page.filter((row) => !known.has(row.asset_id))]
}

/** A first page that was asked anew: it has the last word on its own stretch, what lies past it stays. */
export function renewTop(
  rows: readonly AssetRow[],
  page: readonly AssetRow[],
  order: AssetOrder,
  hasMore: boolean,
): readonly AssetRow[] {
  const last = page.at(-1)
  return last && hasMore ? [...page, ...rows.filter((row) => compare(last, row, order) < 0)] : page
}
