import { Suspense, useEffect, useMemo, useState } from 'react'
import { useWords } from '../../lib/words'
import { AlertDialog } from '../../ui/alert-dialog'
import { Dialog } from '../../ui/dialog'
import { Spinner } from '../../ui/spinner'
import { Tabs } from '../../ui/tabs'
import { createRoutesStore, isDirty } from './routes/routes-store'
import { type Settings, SettingsContext } from './settings-context'
import type { SettingsTab } from './settings-tab'
import { pageOf, settingsPages } from './settings-tabs'
import { settingsWords } from './words'

export interface SettingsDialogProps extends Omit<Settings, 'openTab' | 'routes'> {
  /** Null: closed. */
  readonly tab: SettingsTab | null
  readonly onTab: (tab: SettingsTab | null) => void
}

/** One window over the screen with a page for each subject. It asks before it closes over what is not saved. */
export function SettingsDialog({ tab, onTab, ...needs }: SettingsDialogProps) {
  const t = useWords(settingsWords)
  const { client } = needs
  const routes = useMemo(() => createRoutesStore(client), [client])
  useEffect(() => client.listen((event) => routes.hear(event)), [client, routes])
  const [isAsking, setAsking] = useState(false)
  const openTab = (next: SettingsTab): void => {
    onTab(next)
    if (needs.preferences.settings_tab !== next) needs.onPreferences({ settings_tab: next })
  }
  const close = (): void => {
    if (isDirty(routes.getState())) setAsking(true)
    else onTab(null)
  }
  return (
    <SettingsContext value={{ ...needs, openTab, routes }}>
      <Dialog
        open={tab !== null}
        onOpenChange={(open) => {
          if (!open) close()
        }}
        title={t('title')}
        closeName={t('close')}
        size="page"
      >
        <Tabs<SettingsTab>
          name={t('title')}
          value={pageOf(tab ?? '')}
          onChange={openTab}
          tabs={settingsPages.map(({ id, Icon, Page, fills }) => ({
            id,
            words: t(`tabs.${id}`),
            icon: <Icon size={15} aria-hidden="true" className="shrink-0" />,
            body: (
              <Suspense fallback={<Waiting words={t('loading')} />}>
                <Page />
              </Suspense>
            ),
            fills: fills === true,
          }))}
        />
        <AlertDialog
          open={isAsking}
          onOpenChange={setAsking}
          title={t('unsavedTitle')}
          body={t('unsavedBody')}
          cancel={t('keepEditing')}
          confirm={t('discard')}
          danger
          onConfirm={() => {
            routes.revert()
            onTab(null)
          }}
        />
      </Dialog>
    </SettingsContext>
  )
}

const Waiting = ({ words }: { readonly words: string }) => (
  <p role="status" className="appears-late flex items-center gap-2.5 p-5 text-sm text-muted">
    <Spinner /> {words}
  </p>
)
