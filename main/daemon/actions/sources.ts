import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import type { InputOf } from '@contract/define'
import type { SourceId } from '@contract/ids'
import type { observationCalls, SourceView } from '@contract/observations'
import { microphoneSource } from '@contract/recordings'
import { Failure } from '../core/failure'
import { readGrace, readSource, readSourceId, readToken } from '../core/observations/read-source'
import { withoutTokens } from '../core/observations/view-source'
import type { SourceRecord } from '../ports/observations'
import type { World } from './world'

type Calls = typeof observationCalls

/** `sources.*`: who may deliver captures, and under which terms (contract 11.1). */
export const sources = ({
  store,
  clock,
  ids,
  hash,
  publish,
  observations,
}: Pick<World, 'store' | 'clock' | 'ids' | 'hash' | 'publish' | 'observations'>) => {
  const records = store.observations

  const view = (source: SourceRecord): SourceView => withoutTokens(source, records.tally(source.source_id))

  function put(source: SourceRecord, event: string, data?: Readonly<Record<string, unknown>>): SourceView {
    store.transaction(() => {
      records.putSource(source)
      records.audit(source.source_id, source.updated_at_ms, event, data)
    })
    const shown = view(source)
    publish({ type: 'source.changed', source: shown })
    return shown
  }

  /** An id that is there gets the new token at once, without a grace. */
  function create({ source_id, upload_token, ...given }: InputOf<Calls['sources.create']>): SourceView {
    const id = source_id === undefined ? (ids.next('source') as SourceId) : readSourceId(source_id)
    const fields = readSource(given)
    if (id === microphoneSource && fields.kind !== 'microphone_segment')
      throw new Failure(
        fault('source_invalid', 'This id is that of the built-in microphone.', { field: 'kind' }),
      )
    const token_sha256 = hash(readToken(upload_token), 'hex')
    const at = clock.now()
    const known = records.source(id)
    return put(
      {
        source_id: id,
        ...fields,
        status: known?.status ?? 'active',
        upload_token_version: (known?.upload_token_version ?? 0) + 1,
        token_sha256,
        ...(known && known.token_sha256 !== token_sha256
          ? { previous_token_sha256: known.token_sha256 }
          : {}),
        created_at_ms: known?.created_at_ms ?? at,
        updated_at_ms: at,
      },
      known ? 'recreated' : 'created',
    )
  }

  function rotate(given: InputOf<Calls['sources.rotateToken']>): SourceView {
    const grace = readGrace(given.grace_period_ms)
    const token_sha256 = hash(readToken(given.upload_token), 'hex')
    const {
      previous_token_sha256: _,
      previous_token_until_ms: __,
      ...known
    } = observations.source(given.source_id)
    const at = clock.now()
    const isOther = known.token_sha256 !== token_sha256
    return put(
      {
        ...known,
        token_sha256,
        upload_token_version: known.upload_token_version + 1,
        ...(isOther ? { previous_token_sha256: known.token_sha256 } : {}),
        ...(isOther && grace > 0 ? { previous_token_until_ms: at + grace } : {}),
        updated_at_ms: at,
      },
      'token_rotated',
      { grace_period_ms: grace },
    )
  }

  return {
    'sources.create': create,
    'sources.rotateToken': rotate,
    'sources.get': ({ source_id }) => {
      observations.keepRetention(source_id)
      return view(observations.source(source_id))
    },
    'sources.list': () => {
      observations.keepRetention()
      return { sources: records.sources().map(view) }
    },
    'sources.setStatus': ({ source_id, status }) => {
      const known = observations.source(source_id)
      if (known.status === status) return view(known)
      return put({ ...known, status, updated_at_ms: clock.now() }, 'status_changed', { status })
    },
    'sources.delete': ({ source_id }) => observations.forget(source_id),
    'sources.audit': ({ source_id, limit }) => {
      const events = records.audited(source_id, limit)
      // What happened outlives the source.
      if (events.length === 0) observations.source(source_id)
      return { events }
    },
  } satisfies Partial<DaemonHandlers>
}
