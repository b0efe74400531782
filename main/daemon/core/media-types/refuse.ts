import { fault } from '@contract/fault'
import { Failure } from '../failure'

/**
 * A file that breaks a rule of contract 7.3. `check` names the rule and stays the same for ever; `sentence` says what
 * is wrong with the file, without a full stop.
 */
export function invalid(check: string, sentence: string, options?: ErrorOptions): Failure {
  return new Failure(fault('asset_invalid', `${sentence}. Nothing was stored.`, { check }), options)
}

/** Throws `invalid(check, sentence)` unless `holds`. */
export function must(holds: boolean, check: string, sentence: string): asserts holds {
  if (!holds) throw invalid(check, sentence)
}

/** A type that is not taken, or that nothing here can read. */
export function unsupported(media_type: string | undefined, sentence: string): Failure {
  return new Failure(
    fault(
      'unsupported_media_type',
      `${sentence} Nothing was stored.`,
      media_type === undefined ? {} : { media_type },
    ),
  )
}
