import type { AssetRef } from '@contract/message'

interface Made {
  readonly provider: string
  readonly model: string
  readonly route_id: string
  readonly assets: readonly AssetRef[]
  readonly revised_prompt?: string
  readonly shortfall?: { readonly missing: number; readonly reason: string }
}

/** The result of a picture tool as contract 9.2 has it. */
export const pictureOutput = ({
  provider,
  model,
  route_id,
  assets,
  revised_prompt,
  shortfall,
}: Made): Made => ({
  provider,
  model,
  route_id,
  assets,
  ...(revised_prompt === undefined ? {} : { revised_prompt }),
  ...(shortfall ? { shortfall } : {}),
})
