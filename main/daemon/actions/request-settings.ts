import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { RouteId, SessionId } from '@contract/ids'
import type { RequestSettings, requestSettingsCalls, RequestSettingsView } from '@contract/request-settings'
import { Failure } from '../core/failure'
import { mergeSettings } from '@contract/merge-settings'
import { resolveRoute } from '../core/selectors/resolve-route'
import { findSession } from './find'
import type { World } from './world'

type SettingsCalls = typeof requestSettingsCalls

/** What holds for a run of a session on a route: every scope, and last what the run itself asks for (contract 6.3). */
export function effectiveSettings(
  { requestSettings }: Pick<World['store'], 'requestSettings'>,
  routeId: string | undefined,
  session_id: SessionId,
  own: RequestSettings = {},
): RequestSettings {
  return mergeSettings(
    requestSettings.get({ kind: 'everywhere' }),
    routeId === undefined ? {} : requestSettings.get({ kind: 'route', route_id: routeId as RouteId }),
    requestSettings.get({ kind: 'session', session_id }),
    own,
  )
}

/** `requestSettings.*`: what goes along with requests, by scope. */
export function requestSettings({ store, routing, publish }: Pick<World, 'store' | 'routing' | 'publish'>) {
  /** Where the session's next run would go; undefined while that can't be told. */
  function routeOf(session_id: SessionId): string | undefined {
    const table = routing.table()
    if (!table) return undefined
    try {
      return resolveRoute({}, findSession(store, session_id), table).route_id
    } catch (error) {
      if (error instanceof Failure && error.fault.domain === 'routes') return undefined
      throw error
    }
  }

  function view(session_id?: SessionId): RequestSettingsView {
    const all = {
      everywhere: store.requestSettings.get({ kind: 'everywhere' }),
      routes: store.requestSettings.routes(),
    }
    if (session_id === undefined) return all
    findSession(store, session_id)
    return {
      ...all,
      session: store.requestSettings.get({ kind: 'session', session_id }),
      effective: effectiveSettings(store, routeOf(session_id), session_id),
    }
  }

  return {
    get: ({ session_id }: InputOf<SettingsCalls['requestSettings.get']>): RequestSettingsView =>
      view(session_id),

    set: ({ scope, settings }: InputOf<SettingsCalls['requestSettings.set']>): RequestSettingsView => {
      if (scope.kind === 'session') findSession(store, scope.session_id)
      if (scope.kind === 'route' && routing.table() && !routing.find(scope.route_id)) {
        throw new Failure(fault('route_unknown', 'There is no route of this name.'))
      }
      // Merged with nothing: what says nothing is not kept.
      store.requestSettings.set(scope, mergeSettings(settings))
      publish({ type: 'request_settings.changed', scope })
      return view(scope.kind === 'session' ? scope.session_id : undefined)
    },
  }
}
