import type { Fault } from '@contract/fault'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { RoutesEditor } from '../features/settings/routes/routes-editor'
import { createRoutesStore } from '../features/settings/routes/routes-store'
import { useSlots } from '../features/settings/routes/use-slots'
import { useWords } from '../lib/words'
import { useApp } from './app-context'
import { appWords } from './words'

const noModels: readonly string[] = []

/** The editor of the settings on the file that was refused; nothing where there is no file to read. */
export function RepairEditor({ fault, onMended }: { readonly fault: Fault; readonly onMended: () => void }) {
  const { client } = useApp()
  const t = useWords(appWords)
  const store = useMemo(() => createRoutesStore(client), [client])
  const phase = useStore(store, (state) => state.phase)
  const slots = useSlots(client)
  // Another refusal means that somebody wrote the file meanwhile.
  useEffect(() => void store.open(), [store, fault])
  useEffect(
    () => client.listen((event) => event.type === 'window.focused' && store.hear(event)),
    [client, store],
  )
  if (phase !== 'open') return null
  return (
    <section
      aria-label={t('repair.mend')}
      className="mt-6 flex h-140 shrink-0 flex-col overflow-hidden rounded-lg bg-raised shadow-md max-lg:h-auto"
    >
      <RoutesEditor
        store={store}
        models={noModels}
        slots={slots}
        saveWords={t('repair.save')}
        hidesState
        onReveal={() => void client.ask['app.reveal']({ what: 'routes_file' })}
        onSaved={onMended}
      />
    </section>
  )
}
