import type { Receipt } from '@contract/runs'
import type { Look } from './look'

/** `2026-11-23 02:52:07`, local time. */
export const timeOf = (look: Look, ms: number): string =>
  // The Swedish way to write a moment is the ISO one with a blank.
  new Date(ms).toLocaleString('sv-SE', look.timeZone === undefined ? {} : { timeZone: look.timeZone })

export function sizeOf(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  const step = Math.min(units.length, Math.floor(Math.log2(bytes) / 10))
  const amount = bytes / 1_024 ** step
  return `${amount.toFixed(amount < 10 ? 1 : 0)} ${units[step - 1] ?? ''}`
}

export function durationOf(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  const minutes = Math.round(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** US dollars; small ones keep the digits that say something. */
export function moneyOf(usd: number): string {
  if (usd === 0) return '$0'
  return usd >= 1 ? `$${usd.toFixed(2)}` : `$${usd.toFixed(6)}`
}

export const countOf = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

/** A cost as a person reads it: an estimate says so. */
export function costOf({ basis, usd }: Receipt['cost']): string | undefined {
  if (usd === undefined) return undefined
  return `${basis === 'estimated' ? '~' : ''}$${usd.toFixed(6)}`
}
