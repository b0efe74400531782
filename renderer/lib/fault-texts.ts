import type { FaultCode, ProviderTrouble } from '@contract/fault'
import type { FileTrouble } from './file-troubles'

export interface FaultText {
  readonly title: string
  /** `{{detail}}` is the daemon's own sentence. */
  readonly body: string
}
export interface FaultTexts {
  readonly code: Readonly<Record<Exclude<FaultCode, 'provider_error'>, FaultText>>
  readonly trouble: Readonly<Record<ProviderTrouble['kind'], FaultText>>
  /** Of `asset_invalid`, where more is known than its own text says. */
  readonly file: Readonly<Record<FileTrouble, FaultText>>
  readonly unknown: FaultText
  readonly wait_one: string
  readonly wait_other: string
  /** Stand in where a fault does not name them. */
  readonly provider: string
  readonly model: string
  readonly route: string
  /** Buttons that lead to where it can be mended. */
  readonly way: {
    readonly 'open-keys': string
    readonly 'open-routes': string
    readonly 'open-costs': string
  }
}
