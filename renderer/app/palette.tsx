import { Autocomplete } from '@base-ui/react/autocomplete'
import { ArrowRight, MessageSquare, Search, Sparkles } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useWords } from '../lib/words'
import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import { useApp, useAppState } from './app-context'
import { chooseModel, openChat } from './chat-actions'
import { useKeys } from './use-keys'
import { paletteItems, type PaletteGroup, type PaletteItem } from './palette-items'
import { appWords } from './words'

const icons = { command: ArrowRight, chat: MessageSquare, model: Sparkles } as const

/** Every command, recent chats and models behind one line of text. */
export function Palette() {
  const app = useApp()
  const t = useWords(appWords)
  const isOpen = useAppState((state) => state.isPaletteOpen)
  const inputRef = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(isPaletteOpen) => app.store.setState({ isPaletteOpen })}
      title={t('command.palette')}
      closeName={t('close')}
      hideTitle
      place="top"
      initialFocus={inputRef}
    >
      <PaletteBody inputRef={inputRef} />
    </Dialog>
  )
}

function PaletteBody({ inputRef }: { readonly inputRef: React.RefObject<HTMLInputElement | null> }) {
  const app = useApp()
  const t = useWords(appWords)
  const [query, setQuery] = useState('')
  const groups = useMemo(() => paletteItems(app, query), [app, query])

  const run = (item: PaletteItem): void => {
    app.store.setState({ isPaletteOpen: false })
    // After the dialog has given the focus back, so that what opens next may take it.
    setTimeout(() => {
      if (item.kind === 'command') item.command.run(app)
      else if (item.kind === 'chat') void openChat(app, item.id)
      else void chooseModel(app, { provider: item.model.provider, model: item.model.view.id })
    })
  }
  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      autoHighlight="always"
      items={groups}
      value={query}
      onValueChange={setQuery}
      itemToStringValue={(item: PaletteItem) => item.words}
    >
      <div className="flex h-13 shrink-0 items-center gap-2.5 border-b border-line px-4">
        <Search size={16} aria-hidden="true" className="text-faint" />
        <Autocomplete.Input
          ref={inputRef}
          aria-label={t('command.search')}
          placeholder={t('command.search')}
          spellCheck={false}
          className="h-full min-w-0 grow bg-transparent text-base outline-none"
        />
      </div>
      <Autocomplete.Empty className="px-4 py-8 text-center text-muted empty:hidden">
        {t('command.nothing')}
      </Autocomplete.Empty>
      <Autocomplete.List
        aria-label={t('command.palette')}
        className="max-h-[min(52vh,440px)] scroll-py-1 overflow-y-auto p-1.5 empty:hidden"
      >
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-2xs font-medium text-faint">
              {t(`command.${group.value}`)}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: PaletteItem) => <PaletteRow key={item.key} item={item} onRun={() => run(item)} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

function PaletteRow({ item, onRun }: { readonly item: PaletteItem; readonly onRun: () => void }) {
  const Icon = icons[item.kind]
  const keysOf = useKeys()
  const keys = item.kind === 'command' ? keysOf(item.command.id) : ''
  return (
    <Autocomplete.Item
      value={item}
      onClick={onRun}
      className="flex h-9 items-center gap-2.5 rounded-sm px-2.5 text-sm outline-none select-none data-[highlighted]:bg-selected"
    >
      <Icon size={14} aria-hidden="true" className="shrink-0 text-faint" />
      <span className="min-w-0 grow truncate">{item.words}</span>
      {keys === '' ? null : <Kbd keys={keys} />}
    </Autocomplete.Item>
  )
}
