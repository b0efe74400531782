import type { RawAssetPolicy, SourceKind } from '@contract/observations'

/** The newer word counts; the older flag says `auto` or `never` (contract 11.4). */
export const policyOf = (policy: RawAssetPolicy | undefined, include_raw_assets: boolean): RawAssetPolicy =>
  policy ?? (include_raw_assets ? 'auto' : 'never')

/** Whether the bytes themselves go along: on its own, of pictures, not of sound. */
export const goesRaw = (policy: RawAssetPolicy, kind: SourceKind): boolean =>
  policy === 'always' || (policy === 'auto' && kind !== 'microphone_segment')
