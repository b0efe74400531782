import type { Publish } from './ports/events'
import type { Log } from './ports/log'

/** A listener that throws must not change what the daemon does. */
export const quietly =
  (publish: Publish, log: Log): Publish =>
  (event) => {
    try {
      publish(event)
    } catch (error) {
      log.surprise(error)
    }
  }
