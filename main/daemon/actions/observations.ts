import type { DaemonHandlers } from '@contract/calls'
import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { observationCalls, ObservationView, ObservedInput } from '@contract/observations'
import type { Accepted } from '@contract/runs'
import { Failure } from '../core/failure'
import { policyOf } from '../core/observations/raw-assets'
import { checkStreamFilter } from '../core/observations/read-upload'
import { isBase64 } from '../core/runs/base64'
import { materializeRun } from './submit-run'
import type { World } from './world'

type Calls = typeof observationCalls

/** `observations.*`, and `recordings.ask`, which gives a run what was dictated (contract 11). */
export const observations = (on: Parameters<typeof materializeRun>[0] & Pick<World, 'observations'>) => {
  const { store, observations: service } = on
  const submit = materializeRun(on)

  function ingest(input: InputOf<Calls['observations.ingest']>): Promise<ObservationView> {
    const { upload, ...given } = input
    const { file_name, media_type, content_base64 } = upload
    return service.ingest({ ...given, file_name, media_type, bytes: () => decoded(content_base64) })
  }

  function materialize({
    target_session_id: session_id,
    selection,
    request,
    include_raw_assets,
    raw_asset_policy,
    fail_when_empty,
  }: InputOf<Calls['observations.materialize']>): Accepted | Promise<Accepted> {
    const policy = policyOf(raw_asset_policy, include_raw_assets)
    const observed: ObservedInput = { selection, raw_asset_policy: policy, fail_when_empty }
    return submit({ ...request, session_id }, observed)
  }

  return {
    'observations.ingest': ingest,
    'observations.list': ({ source_id, stream_id, include_purged, limit }) => {
      checkStreamFilter(source_id, stream_id)
      service.keepRetention(source_id)
      return { observations: store.observations.list({ source_id, stream_id, include_purged, limit }) }
    },
    'observations.get': ({ observation_id }) => {
      service.keepRetention(store.observations.get(observation_id)?.source_id)
      const observation = store.observations.get(observation_id)
      if (observation) return observation
      throw new Failure(fault('observation_not_found', 'There is no such observation.'))
    },
    'observations.materialize': materialize,
    'recordings.ask': ({ recording_id, session_id, request }) =>
      submit(
        { ...request, session_id },
        {
          selection: { type: 'recording', recording_id },
          raw_asset_policy: 'auto',
          fail_when_empty: true,
        },
      ),
  } satisfies Partial<DaemonHandlers>
}

/** Faults: `inline_asset_invalid`. */
function decoded(content: string): Uint8Array {
  if (content.trim() === '' || !isBase64(content))
    throw new Failure(fault('inline_asset_invalid', 'The content of the capture is not base64.'))
  return Buffer.from(content, 'base64')
}
