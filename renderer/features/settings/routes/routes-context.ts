import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Problem } from './problems'
import { type FieldValue, fieldOf, type RoutesState } from './routes-state'
import type { RoutesStore } from './routes-store'

/** What the parts of the routes editor share; the settings and the repair screen each make one. */
export interface RoutesDeskValue {
  readonly store: RoutesStore
  readonly problems: readonly Problem[]
  /** Ids of models to suggest. */
  readonly models: readonly string[]
  /** Slots to suggest; null while nobody knows. */
  readonly slots: readonly string[] | null
  /** Absent where there are no settings to open. */
  readonly onOpenKeys?: () => void
}

export const RoutesContext = createContext<RoutesDeskValue | null>(null)

export function useRoutes(): RoutesDeskValue {
  const value = use(RoutesContext)
  if (!value) throw new Error('A part of the routes editor was drawn outside of it')
  return value
}

export const useRoutesState = <T>(pick: (state: RoutesState) => T): T => useStore(useRoutes().store, pick)

/** A field of a route, or of the file, as the form shows it. */
export const useField = (key: string, routeId?: string): FieldValue =>
  useRoutesState((state) => fieldOf(state, key, routeId))
