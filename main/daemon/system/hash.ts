import { createHash } from 'node:crypto'
import type { Digest } from '../core/redaction/media'
import type { Hash } from '../ports/hash'

export const systemHash: Hash = (text, as) => createHash('sha256').update(text, 'utf8').digest(as)

export const systemDigest: Digest = (text, as) => createHash('sha256').update(text, as).digest('hex')
