import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { App, AppState } from './app-store'

export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = use(AppContext)
  if (!app) throw new Error('There is no app above this component.')
  return app
}

export const useAppState = <T>(select: (state: AppState) => T): T => useStore(useApp().store, select)
