import type { ToolFacts } from '@contract/message'
import { formatDuration, formatMoment, formatNumber, formatUsd } from '../../../lib/format'
import type { Say } from '../../../lib/words'
import type { toolWords } from './tool-words'

type Fact = readonly [name: string, value: string]

/** What is known of a call besides what went in and came out, and has something to say. */
export function callFacts(
  facts: ToolFacts | undefined,
  say: Say<(typeof toolWords)['words']>,
  locale: string,
): readonly Fact[] {
  if (!facts) return []
  const { started_at_ms, duration_ms, route_id, model, cost_usd, proofs = [] } = facts
  const known: readonly (readonly [string, string | undefined])[] = [
    [say('route'), route_id],
    [say('model'), model],
    [say('cost'), cost_usd === undefined ? undefined : formatUsd(cost_usd, locale)],
    [say('started'), started_at_ms === undefined ? undefined : formatMoment(started_at_ms, locale)],
    [say('duration'), duration_ms === undefined ? undefined : formatDuration(duration_ms, locale)],
    ...proofs.flatMap((proof): Fact[] => {
      const pixels = formatNumber(proof.outside_pixels, locale)
      const changed = formatNumber(proof.outside_changed, locale)
      const isSame = proof.outside_changed === 0
      return [
        [say('outside'), say(isSame ? 'outsideSame' : 'outsideChanged', { pixels, changed })],
        [say('feather'), say('featherPx', { count: proof.feather_px })],
      ]
    }),
  ]
  return known.filter((fact): fact is Fact => fact[1] !== undefined)
}
