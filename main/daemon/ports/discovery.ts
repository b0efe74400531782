import type { Fault } from '@contract/fault'
import type { CapabilityMatrix } from '@contract/routes'

/** Capability matrix v2, by discovery only (contract 5.2). */
export interface Discovery {
  /** Whether any loaded route is asked about its models. */
  isOn(): boolean
  /** Undefined while discovery is off for this route. */
  matrixOf(routeId: string): CapabilityMatrix | undefined
  /** Asks where it is required; answers why there is nothing to start with, if so. Never rejects. */
  require(): Promise<Fault | undefined>
}
