/** Who wrote a text down: the same words again would come of the same three (contract 10.4). */
export interface Identity {
  readonly route_id: string
  readonly provider: string
  readonly model: string
}

interface Existing extends Partial<Identity> {
  readonly maker: 'uploader' | 'generator' | 'transcription'
}

/**
 * What becomes of a recording (contract 10.4). `forced`: somebody asked for it anew. `planned`: who would write it
 * down now, and who would in its place.
 */
export function decideText(
  existing: Existing | undefined,
  planned: readonly Identity[],
  { isSilent, isForced }: { readonly isSilent: boolean; readonly isForced: boolean },
): 'reuse' | 'skip' | 'transcribe' {
  if (isForced) return 'transcribe'
  if (existing && existing.maker !== 'transcription') return 'reuse'
  const isSame = planned.some(
    ({ route_id, provider, model }) =>
      existing?.route_id === route_id && existing.provider === provider && existing.model === model,
  )
  if (isSame) return 'reuse'
  return isSilent ? 'skip' : 'transcribe'
}
