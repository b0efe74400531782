import type { z } from 'zod'
import { appCalls } from './app'
import { assetCalls } from './assets'
import { audioCalls } from './audio'
import { costCalls } from './costs'
import type { Call, Client, Handlers } from './define'
import { derivationCalls } from './derivations'
import { evidenceCalls } from './evidence'
import { imageCalls } from './images'
import { modelCalls } from './models'
import type { AppCallName, DaemonCallName } from './names'
import { observationCalls } from './observations'
import { permissionCalls } from './permissions'
import { preferenceCalls } from './preferences'
import { recordingCalls } from './recordings'
import { requestSettingsCalls } from './request-settings'
import { runtimeCalls } from './routes'
import { routesFileCalls } from './routes-file'
import { runCalls } from './runs'
import { secretCalls } from './secrets'
import { sessionCalls } from './sessions'
import { statusCalls } from './status'
import { storageCalls } from './storage'
import { toolCalls } from './tools'

/** Everything the daemon answers. */
export const daemonCalls = {
  ...runtimeCalls,
  ...secretCalls,
  ...sessionCalls,
  ...runCalls,
  ...evidenceCalls,
  ...assetCalls,
  ...imageCalls,
  ...audioCalls,
  ...derivationCalls,
  ...observationCalls,
  ...recordingCalls,
  ...toolCalls,
  ...permissionCalls,
  ...modelCalls,
  ...preferenceCalls,
  ...requestSettingsCalls,
  ...costCalls,
  ...routesFileCalls,
  ...statusCalls,
  ...storageCalls,
} satisfies Record<DaemonCallName, Call<z.ZodType, unknown>>

/** Everything a window may ask. */
export const allCalls = { ...daemonCalls, ...appCalls } satisfies Record<
  DaemonCallName | AppCallName,
  Call<z.ZodType, unknown>
>

export type DaemonCalls = typeof daemonCalls
export type AppCalls = typeof appCalls
export type AllCalls = typeof allCalls
export type DaemonHandlers = Handlers<DaemonCalls>
export type AppHandlers = Handlers<AppCalls>
/** What the window holds. */
export type KheishClient = Client<AllCalls>
