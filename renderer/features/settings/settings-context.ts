import type { SessionId } from '@contract/ids'
import type { Preferences } from '@contract/preferences'
import { createContext, use } from 'react'
import type { RendererClient } from '../../client/client'
import type { RoutesStore } from './routes/routes-store'
import type { SettingsTab } from './settings-tab'

/** A command as the page of the shortcuts shows it. */
export interface ShortcutCommand {
  readonly id: string
  readonly words: string
  /** The keys it comes with. */
  readonly keys?: string
}

/** What every page of the settings may use. */
export interface Settings {
  readonly client: RendererClient
  readonly preferences: Preferences
  readonly onPreferences: (change: Partial<Preferences>) => void
  /** The chat behind the settings; null for one that does not exist yet. */
  readonly sessionId: SessionId | null
  readonly openTab: (tab: SettingsTab) => void
  readonly isDemo: boolean
  readonly onLeaveDemo: () => void
  /** Ids of models that are known, without their route. */
  readonly models: readonly string[]
  /** Chats that are being answered. */
  readonly runningChats: number
  readonly commands: readonly ShortcutCommand[]
  /** Holds a text that is not saved while another page is shown. */
  readonly routes: RoutesStore
}

export const SettingsContext = createContext<Settings | null>(null)

export function useSettings(): Settings {
  const settings = use(SettingsContext)
  if (!settings) throw new Error('A page of the settings was drawn outside of them')
  return settings
}
