import { createHash } from 'node:crypto'
import type { Hash } from '../ports/hash'

export const systemHash: Hash = (text, as) => createHash('sha256').update(text, 'utf8').digest(as)
