import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Ids } from '../ports/ids'

/** Ids that sort by time, and the machine's chance. */
export const systemIds: Ids = {
  next: (prefix) => `${prefix}_${v7()}`,
  token: (bytes) => randomBytes(bytes).toString('base64url'),
  chance: () => Math.random(),
}
