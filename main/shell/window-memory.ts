import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Area } from './window-place'

export type Theme = 'system' | 'light' | 'dark'

/** What the window must know before the daemon is there to ask. */
export interface WindowMemory {
  readonly bounds?: Area
  readonly is_maximized: boolean
  /** Electron's zoom level; 0 is 100 %. */
  readonly zoom_level: number
  readonly theme: Theme
}

const blank: WindowMemory = { is_maximized: false, zoom_level: 0, theme: 'system' }

/** Reads the file; whatever is missing or damaged is as new. */
export function recallWindow(file: string): WindowMemory {
  let found: unknown
  try {
    found = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return blank
  }
  if (!isRecord(found)) return blank
  const { bounds, is_maximized, zoom_level, theme } = found
  return {
    ...(isArea(bounds) ? { bounds } : {}),
    is_maximized: is_maximized === true,
    zoom_level: isNumber(zoom_level) ? Math.min(5, Math.max(-3, zoom_level)) : 0,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  }
}

/** Writes beside the file and renames, so that a kill leaves the old or the new one. Never throws: it is a comfort. */
export function rememberWindow(file: string, memory: WindowMemory): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, `${JSON.stringify(memory)}\n`)
    renameSync(`${file}.new`, file)
  } catch {
    // A full or read-only disk loses the place of the window and nothing else.
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isArea = (value: unknown): value is Area =>
  isRecord(value) && [value['x'], value['y'], value['width'], value['height']].every(isNumber)
