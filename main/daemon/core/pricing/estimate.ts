import type { AssetId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { ModelView } from '@contract/models'
import type { Receipt } from '@contract/runs'
import { pictureTokens } from './picture-tokens'

export type Prices = Pick<ModelView, 'prompt_usd_per_million' | 'completion_usd_per_million'>

/** Tokens; `completion_tokens` holds the reasoning ones too. */
export interface TokenCounts {
  readonly prompt_tokens: number
  readonly completion_tokens: number
}

/**
 * What a run costs by the catalogue's prices, for when the provider has not said it. Unavailable when the model, a
 * price that counts, or a count is unknown. Cached tokens are counted in full: an estimate errs upwards.
 */
export function estimateCost(prices: Prices | undefined, counts: TokenCounts): Receipt['cost'] {
  const prompt = share(counts.prompt_tokens, prices?.prompt_usd_per_million)
  const completion = share(counts.completion_tokens, prices?.completion_usd_per_million)
  const usd = prompt + completion
  return Number.isFinite(usd) ? { basis: 'estimated', usd } : { basis: 'unavailable' }
}

/** Tokens of a text when nobody has counted them: a quarter of its characters, rounded up. */
export function roughTokens(text: string): number {
  return Math.ceil(text.length / 4)
}

/** Characters of a file's text that travel (contract 8). */
export const longestFileText = 12_000
/** Tokens of a picture whose size nobody knows. */
const pictureGuess = 1_000

/** Tokens of a message, roughly; of its pictures only those among `pictures` were sent. */
export function partsTokens(parts: readonly Part[], pictures: ReadonlySet<AssetId>): number {
  return parts.reduce((sum, part) => {
    if (part.kind === 'text') return sum + roughTokens(part.text)
    if (part.kind === 'tool_call') return sum + roughTokens(part.arguments) + roughTokens(part.output ?? '')
    if (part.kind !== 'attachment' && part.kind !== 'observed') return sum
    const { asset } = part
    if (pictures.has(asset.asset_id)) return sum + (pictureTokens(asset) ?? pictureGuess)
    return sum + Math.ceil(Math.min(asset.text_byte_length ?? 0, longestFileText) / 4)
  }, 0)
}

/** US dollars, or NaN when it can't be known. Nothing costs nothing, whatever its price. */
function share(tokens: number, usdPerMillion: number | undefined): number {
  if (tokens === 0) return 0
  const isKnown = usdPerMillion !== undefined && usdPerMillion >= 0 && tokens > 0
  return isKnown ? (tokens * usdPerMillion) / 1_000_000 : Number.NaN
}
