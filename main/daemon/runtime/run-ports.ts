import type { Fault } from '@contract/fault'
import type { ToolLimits } from '../core/tools/limits'
import type { AssetContents, Partials } from '../ports/assets'
import type { Clock } from '../ports/clock'
import type { Driver } from '../ports/driver'
import type { Evidence } from '../ports/evidence'
import type { Publish } from '../ports/events'
import type { Ids } from '../ports/ids'
import type { ImageService } from '../ports/images'
import type { LeaseKey } from '../ports/leases'
import type { Log } from '../ports/log'
import type { ObservationService } from '../ports/observations'
import type { SpendingWatch } from '../ports/spending'
import type { RunRecord, Store } from '../ports/store'
import type { Permit, Toolbox } from '../ports/tools'
import type { TranscriptionService } from '../ports/transcription'

/** What carrying out a run takes from outside. */
export interface RunPorts {
  readonly store: Store
  readonly driver: Driver
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly publish: Publish
  readonly lease: LeaseKey
  readonly spending: SpendingWatch
  readonly evidence: Evidence
  readonly contents: AssetContents
  readonly toolbox: Toolbox
  readonly images: ImageService
  readonly transcription: TranscriptionService
  readonly observations: ObservationService
  readonly partials: Partials
  readonly permit: Permit
  /** Where they differ from `core/tools/limits`. */
  readonly toolLimits?: Partial<ToolLimits>
  /** Why a run's route and model take no pictures; undefined when they do, or may. */
  readonly blindness: (run: Pick<RunRecord, 'route_id' | 'model'>) => Fault | undefined
}
