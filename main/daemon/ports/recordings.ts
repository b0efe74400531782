import type { Fault } from '@contract/fault'
import type { AssetId, ObservationId, RecordingId, SessionId } from '@contract/ids'
import type { SegmentState, SegmentType } from '@contract/recordings'

export interface SegmentRecord {
  readonly number: number
  readonly state: Exclude<SegmentState, 'transcribing'>
  readonly samples: number
  readonly observation_id?: ObservationId
  readonly asset_id?: AssetId
  readonly text?: string
  readonly fault?: Fault
  /** Requests to write it down whose end is not known; absent: none. */
  readonly asked?: number
}
export interface RecordingRecord {
  readonly recording_id: RecordingId
  readonly session_id: SessionId | null
  readonly started_at_ms: number
  readonly is_ended: boolean
  readonly kept_asset_id?: AssetId
  readonly taken_at_ms?: number
  readonly segments: readonly SegmentRecord[]
}

export interface RecordingStore {
  get(id: RecordingId): RecordingRecord | undefined
  /** Not taken, oldest first. */
  open(): readonly RecordingRecord[]
  add(recording: Omit<RecordingRecord, 'segments'>): void
  update(
    id: RecordingId,
    patch: Partial<Pick<RecordingRecord, 'is_ended' | 'kept_asset_id' | 'taken_at_ms'>>,
  ): void
  putSegment(id: RecordingId, segment: SegmentRecord): void
  remove(id: RecordingId): void
  /** Those whose text was taken before then; what they are of stays. */
  forget(taken_before_ms: number): void
}

/** Where a recorder's sound goes: a piece that was answered outlives the process. */
export interface SoundDoor {
  /** Faults: recording_not_found, recording_invalid, storage_full. */
  keepSound(piece: {
    readonly recording_id: string
    readonly segment: number
    readonly from_sample: number
    readonly samples: Uint8Array
  }): Promise<void>
  keepSegment(segment: {
    readonly recording_id: string
    readonly segment: number
    readonly media_type: SegmentType
    readonly bytes: Uint8Array
  }): Promise<void>
}
