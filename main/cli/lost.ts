import { Refused } from './session'

/** The daemon that was asked is out of reach. */
export class Lost extends Error {
  override readonly name = 'Lost'
}

export const isLost = (error: unknown): boolean =>
  error instanceof Lost || (error instanceof Refused && error.fault.code === 'daemon_unreachable')
