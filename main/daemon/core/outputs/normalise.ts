import type { AssetRef } from '@contract/message'
import type { OutputPart } from '@contract/outputs'

/** What was given to be shown, with every asset looked up. */
export interface GivenOutput {
  readonly content: string
  readonly parts: readonly OutputPart[]
  readonly artifacts: readonly AssetRef[]
  readonly include_artifacts_inline: boolean
}

export interface Output {
  readonly content: string
  readonly parts: readonly OutputPart[]
  readonly artifacts: readonly AssetRef[]
}

/** The six steps of contract 12, in their order. Undefined: nothing is left to show. */
export function normaliseOutput(given: GivenOutput): Output | undefined {
  const said = given.content.trim() === '' ? '' : given.content
  const artifacts = unique(given.artifacts)
  const kept = given.parts.filter((part) => part.type !== 'text' || part.text.trim() !== '')
  const inline = given.include_artifacts_inline ? missingFrom(kept, artifacts) : []
  const shown = [...kept, ...inline.map(asPart)]
  const withText =
    said !== '' && !shown.some(isText) ? [{ type: 'text', text: said } as const, ...shown] : shown
  const parts = withText.length === 0 ? artifacts.map(asPart) : withText
  if (parts.length === 0) return undefined
  return { content: fallbackOf(parts), parts, artifacts }
}

const isText = (part: OutputPart): boolean => part.type === 'text'
const asPart = (attachment: AssetRef): OutputPart => ({ type: 'attachment', attachment })

const unique = (assets: readonly AssetRef[]): readonly AssetRef[] => [
  ...new Map(assets.map((asset) => [asset.asset_id, asset])).values(),
]

const missingFrom = (parts: readonly OutputPart[], artifacts: readonly AssetRef[]): readonly AssetRef[] =>
  artifacts.filter(
    ({ asset_id }) =>
      !parts.some((part) => part.type === 'attachment' && part.attachment.asset_id === asset_id),
  )

/** The same in words alone: one line for each part (contract 12). */
export const fallbackOf = (parts: readonly OutputPart[]): string =>
  parts
    .map((part) =>
      part.type === 'text'
        ? part.text.trim()
        : `Attached asset: ${part.attachment.file_name || part.attachment.asset_id} (${part.attachment.media_type})`,
    )
    .join('\n')
