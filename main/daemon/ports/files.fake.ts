import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { Files } from './files'

/** Files in memory. */
export function fakeFiles(
  texts: Map<string, string> = new Map(),
): Files & { readonly texts: Map<string, string> } {
  return {
    texts,
    readText: async (path) => {
      const text = texts.get(path)
      if (text !== undefined) return text
      throw new Failure(fault('route_file_read_failed', 'The file could not be read.', { file: path }))
    },
    exists: async (path) => texts.has(path),
    writeText: async (path, text, options) => {
      const old = texts.get(path)
      if (options?.keepBackup && old !== undefined) texts.set(`${path}.bak`, old)
      texts.set(path, text)
    },
  }
}
