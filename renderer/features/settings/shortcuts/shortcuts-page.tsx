import { Keyboard } from 'lucide-react'
import { useRef, useState } from 'react'
import { keyCaps } from '../../../lib/keys'
import { formatLocale, useWords } from '../../../lib/words'
import { AlertDialog } from '../../../ui/alert-dialog'
import { Button } from '../../../ui/button'
import { EmptyState } from '../../../ui/empty-state'
import { TextField } from '../../../ui/text-field'
import { useSettings } from '../settings-context'
import { ShortcutItem } from './shortcut-item'
import { choose, findRows, reset, type ShortcutRow, shortcutRows } from './shortcut-rows'
import { shortcutWords } from './words'

/** Every command and its keys. A change holds at once: in the window, in the palette and in the menu. */
export function ShortcutsPage() {
  const t = useWords(shortcutWords)
  const { client, preferences, onPreferences, commands } = useSettings()
  const { platform } = client
  const [query, setQuery] = useState('')
  const [recording, setRecording] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [news, setNews] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const capsOf = (keys: string): readonly string[] => keyCaps(keys, platform, formatLocale())
  const rows = shortcutRows(commands, preferences.shortcuts)
  const found = findRows(rows, query, capsOf)
  const changed = rows.filter((row) => row.isChanged).length

  const stop = (id: string): void => {
    setRecording(null)
    list.current?.querySelector<HTMLElement>(`[data-shortcut="${id}"]`)?.focus()
  }
  const take = (row: ShortcutRow, keys: string): void => {
    onPreferences({ shortcuts: choose(rows, preferences.shortcuts, row.id, keys) })
    setNews(
      keys === ''
        ? t('removed', { command: row.words })
        : t('changed', { command: row.words, keys: capsOf(keys).join('+') }),
    )
    stop(row.id)
  }
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-end gap-3 border-b border-line p-5 pb-4">
        <TextField
          label={t('search')}
          type="search"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          placeholder={t('searchHint', { keys: capsOf('$mod+K').join('+') })}
          className="min-w-52 grow"
        />
        <Button className="h-9" disabled={changed === 0} onClick={() => setAsking(true)}>
          {t('resetAll')}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {news}
      </p>
      <div className="min-h-0 grow overflow-y-auto px-5 py-2">
        {found.length === 0 ? (
          <EmptyState icon={<Keyboard size={28} />} title={t('nothing')} body={t('nothingBody')} />
        ) : (
          <ul ref={list} aria-label={t('list')}>
            {found.map((row) => (
              <ShortcutItem
                key={row.id}
                row={row}
                rows={rows}
                platform={platform}
                isRecording={recording === row.id}
                onRecord={(isOn) => (isOn ? setRecording(row.id) : stop(row.id))}
                onKeys={(keys) => take(row, keys)}
                onReset={() => {
                  onPreferences({ shortcuts: reset(rows, preferences.shortcuts, row.id) })
                  stop(row.id)
                }}
              />
            ))}
          </ul>
        )}
      </div>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('resetAllTitle')}
        body={t('resetAllBody', { count: changed })}
        cancel={t('cancel')}
        confirm={t('resetAll')}
        onConfirm={() => onPreferences({ shortcuts: {} })}
      />
    </>
  )
}
