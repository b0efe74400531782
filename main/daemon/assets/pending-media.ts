import { createHash } from 'node:crypto'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { MadeFile, MediaWorker } from '../ports/media'
import type { ForkMedia } from '../ports/media-child'

const types: Readonly<Record<string, string>> = {
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.wav': 'audio/wav',
}

/** In place of the process that looks at files until it is there: believes their names and keeps them as they are. */
export function inProcessMediaWorker(): MediaWorker {
  return {
    async process({ source, file_name, media_type, out }, signal) {
      signal.throwIfAborted()
      const bytes = await readFile(source)
      if (bytes.length === 0) throw new Failure(fault('asset_empty', 'The file is empty.'))
      const found = media_type ?? types[extname(file_name).toLowerCase()]
      if (!found) throw new Failure(fault('unsupported_media_type', 'Files of this type can’t be added.', {}))
      const made = (path: string, content: Buffer, as: string): MadeFile => ({
        path,
        media_type: as,
        sha256: createHash('sha256').update(content).digest('hex'),
        byte_length: content.length,
      })
      await copyFile(source, join(out, 'raw'))
      const raw = made(join(out, 'raw'), bytes, found)
      const facts = { raw, source_media_type: found, source_byte_length: bytes.length }
      if (!/^(text|application\/json)/.test(found)) return facts
      const text = Buffer.from(bytes.toString('utf8').replaceAll('\r\n', '\n').trim())
      await writeFile(join(out, 'text'), text)
      return { ...facts, text: { ...made(join(out, 'text'), text, 'text/plain'), is_cut: false } }
    },
    close: async () => undefined,
  }
}

export const createMediaWorker = (_fork: ForkMedia): MediaWorker => inProcessMediaWorker()
