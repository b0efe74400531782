import type { Preferences } from '@contract/preferences'
import { KeyRound, Palette } from 'lucide-react'
import type { RendererClient } from '../../client/client'
import { useWords } from '../../lib/words'
import { Dialog } from '../../ui/dialog'
import { Tabs } from '../../ui/tabs'
import { AppearancePage } from './appearance-page'
import { KeysPage } from './keys-page'
import { settingsWords } from './words'

export type SettingsTab = 'keys' | 'appearance'

export interface SettingsDialogProps {
  readonly client: RendererClient
  /** Null: closed. */
  readonly tab: SettingsTab | null
  readonly onTab: (tab: SettingsTab | null) => void
  readonly preferences: Preferences
  readonly onPreferences: (change: Partial<Preferences>) => void
}

export function SettingsDialog(props: SettingsDialogProps) {
  const t = useWords(settingsWords)
  return (
    <Dialog
      open={props.tab !== null}
      onOpenChange={(open) => {
        if (!open) props.onTab(null)
      }}
      title={t('title')}
      closeName={t('close')}
      size="large"
    >
      <div className="flex h-[min(70vh,520px)] min-h-0 flex-col">
        <Tabs<SettingsTab>
          name={t('title')}
          value={props.tab ?? 'keys'}
          onChange={props.onTab}
          tabs={[
            {
              id: 'keys',
              words: t('tabs.keys'),
              icon: <KeyRound size={15} aria-hidden="true" />,
              body: <KeysPage client={props.client} />,
            },
            {
              id: 'appearance',
              words: t('tabs.appearance'),
              icon: <Palette size={15} aria-hidden="true" />,
              body: (
                <AppearancePage
                  platform={props.client.platform}
                  preferences={props.preferences}
                  onChange={props.onPreferences}
                />
              ),
            },
          ]}
        />
      </div>
    </Dialog>
  )
}
