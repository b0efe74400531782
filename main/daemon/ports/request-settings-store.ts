import type { Upstream } from '@contract/models'
import type { RequestSettings, SettingsScope } from '@contract/request-settings'

/** What each scope says about requests. */
export interface RequestSettingsStore {
  /** Empty for a scope that says nothing. */
  get(scope: SettingsScope): RequestSettings
  /** Those that say something, by route id. */
  routes(): Readonly<Record<string, RequestSettings>>
  set(scope: SettingsScope, settings: RequestSettings): void
}

/** Who may serve behind a route: the names that answers carry and the slugs that settings carry. */
export interface UpstreamStore {
  /** By name; empty when it was never fetched, or the provider has no such list. */
  list(routeId: string): readonly Upstream[]
  replace(routeId: string, all: readonly Upstream[]): void
}
