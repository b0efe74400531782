import type { SourceId } from '@contract/ids'
import { microphoneSource } from '@contract/recordings'
import { readSource } from '../core/observations/read-source'
import { withoutTokens } from '../core/observations/view-source'
import type { ObservationService, SourceRecord } from '../ports/observations'
import type { ObservationPorts } from './observation-ports'

type Needs = Pick<ObservationPorts, 'store' | 'clock' | 'ids' | 'hash' | 'publish'>

/** The built-in source. Its token is new in every process, and made again when somebody deleted or re-created it. */
export function openMicrophone(on: Needs): ObservationService['microphone'] {
  const { store, clock, hash } = on
  const source_id = microphoneSource as SourceId
  let token: string | undefined

  function provide(known: SourceRecord | undefined, token_sha256: string): void {
    const at = clock.now()
    const fields = readSource({
      display_name: 'Microphone',
      kind: 'microphone_segment',
      // What somebody dictated is in the library until the retention, and no longer.
      purge_raw_on_retention: true,
    })
    const fresh = {
      source_id,
      ...fields,
      status: 'active',
      upload_token_version: 0,
      created_at_ms: at,
    } as const
    const before: Omit<SourceRecord, 'token_sha256' | 'updated_at_ms'> = known ?? fresh
    const { previous_token_sha256: _, previous_token_until_ms: __, ...kept } = before
    const source: SourceRecord = {
      ...kept,
      kind: 'microphone_segment',
      token_sha256,
      upload_token_version: kept.upload_token_version + 1,
      updated_at_ms: at,
    }
    store.observations.putSource(source)
    store.observations.audit(source_id, at, known ? 'token_rotated' : 'created')
    on.publish({ type: 'source.changed', source: withoutTokens(source, store.observations.tally(source_id)) })
  }

  return () => {
    const known = store.observations.source(source_id)
    token ??= on.ids.token(32)
    const digest = hash(token, 'hex')
    if (known?.token_sha256 !== digest) provide(known, digest)
    return { source_id, upload_token: token }
  }
}
