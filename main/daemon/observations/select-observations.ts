import { fault } from '@contract/fault'
import type { ObservationId, RunId } from '@contract/ids'
import type { Part } from '@contract/message'
import type {
  ObservationSelection,
  ObservationView,
  ObservedInput,
  RawAssetPolicy,
  RecordedSelection,
} from '@contract/observations'
import { assetNotFound } from '../core/assets/asset-not-found'
import { Failure } from '../core/failure'
import { checkAllowed } from '../core/observations/check-allowed'
import { goesRaw } from '../core/observations/raw-assets'
import { readStreamId } from '../core/observations/read-upload'
import { selectMetadata } from '../core/observations/shown-metadata'
import type { ObservationService } from '../ports/observations'
import { isWhole } from './recording-view'
import { findSource, type ObservationPorts } from './observation-ports'

interface Needs extends Pick<ObservationPorts, 'store' | 'clock'> {
  readonly keepRetention: ObservationService['keepRetention']
}

/** What a selection means now, and what a run's message has of it (contract 11.4). */
export function selectObservations({ store, clock, keepRetention }: Needs) {
  const { observations } = store

  function select(selection: ObservedInput['selection']): readonly ObservationView[] {
    const found = selection.type === 'recording' ? findRecorded(selection) : find(selection)
    for (const id of new Set(found.map(({ source_id }) => source_id))) checkAllowed(findSource({ store }, id))
    return found
  }

  /** Given order for ids, oldest first for everything else. */
  function find(selection: ObservationSelection): readonly ObservationView[] {
    if (selection.type === 'observation_ids') {
      keepRetention()
      return [...new Set(selection.observation_ids)].map(findActive)
    }
    const { limit, lookback_seconds } = selection
    const source_id = selection.type === 'observation_group' ? undefined : selection.source_id
    if (source_id !== undefined) checkAllowed(findSource({ store }, source_id))
    keepRetention(source_id)
    return observations
      .latest({
        ...(source_id === undefined ? {} : { source_id }),
        ...(selection.type === 'latest_from_stream' ? { stream_id: readStreamId(selection.stream_id) } : {}),
        ...(selection.type === 'observation_group' ? { capture_group_id: selection.capture_group_id } : {}),
        ...(lookback_seconds === undefined
          ? {}
          : { captured_from_ms: clock.now() - lookback_seconds * 1_000 }),
        limit,
      })
      .toReversed()
  }

  /** Its rows hold their captures, also those that are past their retention or beyond a limit. */
  function findRecorded({ recording_id }: RecordedSelection): readonly ObservationView[] {
    const record = store.recordings.get(recording_id)
    if (!record) throw new Failure(fault('recording_not_found', 'This recording is not here any more.'))
    if (!isWhole(record))
      throw new Failure(fault('recording_invalid', 'Some of this recording is not stored yet.'))
    return record.segments.flatMap(({ observation_id }) => (observation_id ? known(observation_id) : []))
  }

  function findActive(id: ObservationId): ObservationView {
    const observation = known(id)
    if (observation.retention_state === 'active') return observation
    throw new Failure(
      fault('observation_source_blocked', `The observation ${id} is past its retention.`, {
        reason: 'purged',
      }),
    )
  }

  function known(id: ObservationId): ObservationView {
    const observation = observations.get(id)
    if (observation) return observation
    throw new Failure(fault('observation_not_found', `There is no observation ${id}.`))
  }

  function toPart(observation: ObservationView, policy: RawAssetPolicy): Part {
    const { observation_id, source_id, kind, captured_at_ms, stream_id, seq_no } = observation
    const asset = store.assets.ref(observation.asset_id)
    if (!asset) throw assetNotFound()
    const text = observation.canonical_text_asset_id
    const metadata = selectMetadata(observation.metadata)
    return {
      kind: 'observed',
      observation_id,
      source_id,
      source_kind: kind,
      asset,
      ...(text === undefined ? {} : { text_asset_id: text }),
      captured_at_ms,
      ...(stream_id === undefined ? {} : { stream_id }),
      ...(seq_no === undefined ? {} : { seq_no }),
      ...(metadata === undefined ? {} : { metadata }),
      ...(goesRaw(policy, kind) ? { with_raw: true } : {}),
    }
  }

  function note(found: readonly ObservationView[], run_id: RunId): void {
    for (const id of new Set(found.map(({ source_id }) => source_id))) {
      const observation_ids = found.flatMap(({ source_id, observation_id }) =>
        source_id === id ? [observation_id] : [],
      )
      observations.audit(id, clock.now(), 'materialized', { run_id, observation_ids })
    }
  }

  return {
    partsFor(input: ObservedInput, run?: RunId): readonly Part[] {
      const found = select(input.selection)
      if (found.length === 0 && input.fail_when_empty)
        throw new Failure(
          fault('observation_selection_empty', 'There is nothing observed that was asked for.'),
        )
      if (run !== undefined) note(found, run)
      return found.map((observation) => toPart(observation, input.raw_asset_policy))
    },
  }
}
