import { RotateCcw } from 'lucide-react'
import { keyCaps } from '../../../lib/keys'
import { formatLocale, useWords } from '../../../lib/words'
import { Badge } from '../../../ui/badge'
import { buttonLook } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { IconButton } from '../../../ui/icon-button'
import { Kbd } from '../../../ui/kbd'
import { KeyRecorder } from './key-recorder'
import type { ShortcutRow } from './shortcut-rows'
import { shortcutWords } from './words'

/** A command with its keys; pressed, it hears new ones. */
export function ShortcutItem(props: {
  readonly row: ShortcutRow
  readonly rows: readonly ShortcutRow[]
  readonly platform: string
  readonly isRecording: boolean
  readonly onRecord: (isOn: boolean) => void
  readonly onKeys: (keys: string) => void
  readonly onReset: () => void
}) {
  const { row, rows, platform, isRecording, onRecord, onKeys, onReset } = props
  const t = useWords(shortcutWords)
  const command = row.words
  const standard = keyCaps(row.standard, platform, formatLocale()).join('+')
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      <div className="flex min-h-8 items-center gap-3">
        <span className="min-w-0 grow text-sm wrap-anywhere">{command}</span>
        {row.isChanged ? <Badge tone="accent">{t('isChanged')}</Badge> : null}
        <button
          type="button"
          data-shortcut={row.id}
          aria-expanded={isRecording}
          onClick={() => onRecord(!isRecording)}
          className={classNames(buttonLook({ variant: 'ghost', size: 'small' }), 'min-w-24 justify-end')}
        >
          {row.keys === '' ? (
            <>
              <span className="sr-only">{t('changeNone', { command })}: </span>
              <span className="font-normal text-faint">{t('none')}</span>
            </>
          ) : (
            <>
              <span className="sr-only">
                {t('change', { command })}: {keyCaps(row.keys, platform, formatLocale()).join('+')}
              </span>
              <Kbd keys={row.keys} />
            </>
          )}
        </button>
        <span className="w-7">
          {row.isChanged ? (
            <IconButton
              size="small"
              side="left"
              name={
                row.standard === '' ? t('resetNone', { command }) : t('reset', { command, keys: standard })
              }
              icon={<RotateCcw size={13} />}
              onClick={onReset}
            />
          ) : null}
        </span>
      </div>
      {isRecording ? (
        <KeyRecorder
          row={row}
          rows={rows}
          platform={platform}
          onKeys={onKeys}
          onCancel={() => onRecord(false)}
        />
      ) : null}
    </li>
  )
}
