import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'

export type Content = string | AsyncIterable<Uint8Array>

/** All of it or what was there before. A file that stands beside it is nobody's to overwrite. */
export async function writeWhole(path: string, content: Content): Promise<void> {
  const part = `${path}.${randomUUID()}.part`
  try {
    await writeFile(part, content, { flag: 'wx', flush: true })
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw error
  }
}
