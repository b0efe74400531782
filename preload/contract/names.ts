/** Channel and call names as plain words: all the preload needs to know, so that it carries no schema. */
export const channels = { ask: 'kheish:ask', events: 'kheish:events' } as const

export const daemonCallNames = [
  'daemon.state',
  'daemon.reload',
  'runtime.get',
  'runtime.setModel',
  'runtime.parseSelector',
  'doctor.routes',
  'secrets.list',
  'secrets.get',
  'secrets.set',
  'secrets.delete',
  'secrets.test',
  'secrets.beginSignIn',
  'secrets.cancelSignIn',
  'sessions.create',
  'sessions.get',
  'sessions.list',
  'sessions.rename',
  'sessions.delete',
  'sessions.restore',
  'sessions.setRoute',
  'sessions.saveDraft',
  'sessions.markSeen',
  'sessions.transcript',
  'sessions.selectVersion',
  'sessions.branch',
  'sessions.export',
  'sessions.search',
  'sessions.submitRun',
  'sessions.input',
  'sessions.interrupt',
  'runs.get',
  'runs.list',
  'runs.events',
  'runs.cancel',
  'runs.retry',
  'models.list',
  'models.refresh',
  'preferences.get',
  'preferences.set',
] as const

export const appCallNames = [
  'app.info',
  'app.opening',
  'app.exploreDemo',
  'app.leaveDemo',
  'app.openExternal',
  'app.saveText',
  'app.setTheme',
  'app.reveal',
  'app.quit',
] as const

export const callNames = [...daemonCallNames, ...appCallNames] as const
export type DaemonCallName = (typeof daemonCallNames)[number]
export type AppCallName = (typeof appCallNames)[number]
export type CallName = (typeof callNames)[number]
