import {
  Activity,
  AudioLines,
  Keyboard,
  KeyRound,
  type LucideIcon,
  Palette,
  ReceiptText,
  ShieldCheck,
  ShieldQuestion,
  Waypoints,
} from 'lucide-react'
import { type ComponentType, lazy, type LazyExoticComponent } from 'react'
import type { SettingsTab } from './settings-tab'

/** A page in a file of its own, read when it is first looked at; it finds what it needs with `useSettings`. */
export interface SettingsPage {
  readonly id: SettingsTab
  readonly Icon: LucideIcon
  readonly Page: LazyExoticComponent<ComponentType>
  /** The page fills the room and scrolls by itself. */
  readonly fills?: boolean
}

/** In the order of the list. Words are `tabs.<id>` of the catalogue. */
export const settingsPages: readonly SettingsPage[] = [
  {
    id: 'routes',
    Icon: Waypoints,
    Page: lazy(async () => ({ default: (await import('./routes/routes-page')).RoutesPage })),
    fills: true,
  },
  {
    id: 'keys',
    Icon: KeyRound,
    Page: lazy(async () => ({ default: (await import('./keys/keys-page')).KeysPage })),
  },
  {
    id: 'audio',
    Icon: AudioLines,
    Page: lazy(async () => ({ default: (await import('./audio/audio-page')).AudioPage })),
  },
  {
    id: 'permissions',
    Icon: ShieldQuestion,
    Page: lazy(async () => ({ default: (await import('./permissions/permissions-page')).PermissionsPage })),
  },
  {
    id: 'shortcuts',
    Icon: Keyboard,
    Page: lazy(async () => ({ default: (await import('./shortcuts/shortcuts-page')).ShortcutsPage })),
    fills: true,
  },
  {
    id: 'appearance',
    Icon: Palette,
    Page: lazy(async () => ({ default: (await import('./appearance-page')).AppearancePage })),
  },
  {
    id: 'costs',
    Icon: ReceiptText,
    Page: lazy(async () => ({ default: (await import('./costs/costs-page')).CostsPage })),
  },
  {
    id: 'privacy',
    Icon: ShieldCheck,
    Page: lazy(async () => ({ default: (await import('./privacy/privacy-page')).PrivacyPage })),
  },
  {
    id: 'diagnostics',
    Icon: Activity,
    Page: lazy(async () => ({ default: (await import('./diagnostics/diagnostics-page')).DiagnosticsPage })),
  },
]

/** The page that goes by this id; the keys where there is none. */
export const pageOf = (id: string): SettingsTab => settingsPages.find((page) => page.id === id)?.id ?? 'keys'
