import type { DaemonHandlers } from '@contract/calls'
import { approvals } from './approvals'
import { audio } from './audio'
import { branchSession } from './branch-session'
import { changeSession } from './change-session'
import { checkRoutesFile } from './check-routes-file'
import { contextMedia } from './context-media'
import { costs } from './costs'
import { createSession } from './create-session'
import { deleteAll } from './delete-all'
import { deleteAsset } from './delete-asset'
import { deleteSecret, testSecret } from './delete-secret'
import { deleteSession, restoreSession } from './delete-session'
import { derivations } from './derivations'
import { editRoutesFile } from './edit-routes-file'
import { exportSession } from './export-session'
import { images } from './images'
import { importAsset } from './import-asset'
import { models } from './list-models'
import { listSecrets } from './list-secrets'
import { listTools } from './list-tools'
import { observations } from './observations'
import { permissions } from './permissions'
import { preferences } from './preferences'
import { readAssets } from './read-assets'
import { readEvidence } from './read-evidence'
import { readLogs } from './read-logs'
import { readRuns } from './read-runs'
import { readSessions } from './read-sessions'
import { readStatus } from './read-status'
import { readStorage } from './read-storage'
import { requestSettings } from './request-settings'
import { retryRun } from './retry-run'
import { runtime } from './runtime'
import { setSecret } from './set-secret'
import { signIn } from './sign-in'
import { sources } from './sources'
import { inputRun, submitRun } from './submit-run'
import type { World } from './world'

/** Every call of the contract with its action; a missing one does not compile. */
export function createHandlers(world: World): {
  readonly handlers: DaemonHandlers
  readonly stop: () => void
} {
  const secrets = listSecrets(world)
  const signing = signIn({ ...world, secrets })
  const running = runtime(world)
  const reading = readSessions(world)
  const changing = changeSession(world)
  const runs = readRuns(world)
  const keeping = readEvidence(world)
  const catalogue = models(world)
  const preferring = preferences(world)
  const requesting = requestSettings(world)
  const spending = costs(world)
  const routesFile = editRoutesFile(world)
  const assets = readAssets(world)
  const removing = deleteAsset(world)
  const drawing = images(world)
  const permitting = permissions(world)
  const approving = approvals(world)

  const handlers: DaemonHandlers = {
    'daemon.state': () => world.phase.state(),
    'daemon.reload': async () => {
      const state = await world.phase.reload()
      running.tell()
      return state
    },
    'daemon.restart': ({ in_flight }) => {
      world.restart.request(in_flight)
      return world.phase.state()
    },
    'runtime.get': running.get,
    'runtime.setModel': running.setModel,
    'runtime.setPermissionMode': running.setPermissionMode,
    'runtime.setDebugLevel': running.setDebugLevel,
    'runtime.parseSelector': running.parseSelector,
    'doctor.routes': checkRoutesFile(world, world),

    'secrets.list': secrets.list,
    'secrets.get': secrets.get,
    'secrets.set': setSecret({ ...world, secrets }),
    'secrets.delete': deleteSecret({ ...world, secrets }),
    'secrets.test': testSecret(world),
    'secrets.beginSignIn': signing.begin,
    'secrets.cancelSignIn': signing.cancel,

    'sessions.create': createSession(world),
    'sessions.get': reading.get,
    'sessions.list': reading.list,
    'sessions.rename': changing.rename,
    'sessions.delete': deleteSession(world),
    'sessions.restore': restoreSession(world),
    'sessions.setRoute': changing.setRoute,
    'sessions.saveDraft': changing.saveDraft,
    'sessions.markSeen': changing.markSeen,
    'sessions.transcript': reading.transcript,
    'sessions.selectVersion': changing.selectVersion,
    'sessions.branch': branchSession(world),
    'sessions.events': reading.events,
    'sessions.export': exportSession(world),
    'sessions.search': reading.search,
    'sessions.submitRun': submitRun(world),
    'sessions.input': inputRun(world),
    'sessions.contextMedia': contextMedia(world),
    'sessions.interrupt': runs.interrupt,

    'runs.get': runs.get,
    'runs.list': runs.list,
    'runs.events': runs.events,
    'runs.output': runs.output,
    'runs.outputs': runs.outputs,
    'runs.cancel': runs.cancel,
    'runs.retry': retryRun(world),
    'runs.debug': keeping.debug,
    'runs.debugArtifact': keeping.artifact,
    'runs.evidence': keeping.export,
    'runs.prune': keeping.prune,

    'assets.import': importAsset(world),
    'assets.cancelImport': ({ import_id }) => world.assetUpkeep.cancel(import_id),
    'assets.get': assets.get,
    'assets.list': assets.list,
    'assets.text': assets.text,
    'assets.references': assets.references,
    'assets.graph': assets.graph,
    'assets.delete': removing.delete,
    'assets.gc': removing.gc,

    'images.submit': drawing.submit,
    'images.models': drawing.models,
    'images.versions': drawing.versions,
    ...audio(world),
    ...derivations(world),
    ...sources(world),
    ...observations(world),
    ...world.recordings.handlers,
    'tools.list': listTools(world),
    'permissions.check': permitting.check,
    'permissions.listRules': permitting.listRules,
    'permissions.setRule': permitting.setRule,
    'permissions.deleteRule': permitting.deleteRule,
    'approvals.list': approving.list,
    'approvals.resolve': approving.resolve,

    'models.list': catalogue.list,
    'models.get': catalogue.get,
    'models.refresh': catalogue.refresh,
    'preferences.get': preferring.get,
    'preferences.set': preferring.set,
    'requestSettings.get': requesting.get,
    'requestSettings.set': requesting.set,
    'costs.report': spending.report,
    'costs.spending': spending.spending,
    'costs.setLimit': spending.setLimit,
    'routesFile.read': routesFile.read,
    'routesFile.check': routesFile.check,
    'routesFile.edit': routesFile.edit,
    'routesFile.write': routesFile.write,
    'routesFile.restore': routesFile.restore,
    'status.get': readStatus({ ...world, runtime: running.get, capture: world.evidence.state }),
    'storage.get': readStorage(world),
    'storage.deleteAll': deleteAll({ ...world, tellSecrets: secrets.publish, tellRuntime: running.tell }),
    'logs.read': readLogs(world),
  }
  return { handlers, stop: signing.stop }
}
