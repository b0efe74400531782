import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'

const pending = (): never => {
  throw new Failure(fault('not_ready', 'Not yet.'))
}
type Names = Extract<keyof DaemonHandlers, `assets.${string}`>

export const pendingAssets: Pick<DaemonHandlers, Names> = {
  'assets.import': pending,
  'assets.cancelImport': pending,
  'assets.get': pending,
  'assets.list': pending,
  'assets.text': pending,
  'assets.references': pending,
  'assets.graph': pending,
  'assets.delete': pending,
  'assets.gc': pending,
}
