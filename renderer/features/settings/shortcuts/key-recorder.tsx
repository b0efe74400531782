import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { keyCaps } from '../../../lib/keys'
import { keysOfPress, type Reserved, reservedFor } from '../../../lib/shortcuts'
import { formatLocale, useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Kbd } from '../../../ui/kbd'
import { ownerOf, type ShortcutRow } from './shortcut-rows'
import { shortcutWords } from './words'

type Refusal = { readonly keys: string } & (
  | { readonly reason: Reserved; readonly owner?: never }
  | { readonly owner: ShortcutRow; readonly reason?: never }
)

/** Hears the next keys. What is free is taken at once; what is not says why, and whose it is. */
export function KeyRecorder(props: {
  readonly row: ShortcutRow
  readonly rows: readonly ShortcutRow[]
  readonly platform: string
  readonly onKeys: (keys: string) => void
  readonly onCancel: () => void
}) {
  const { row, rows, platform, onKeys, onCancel } = props
  const t = useWords(shortcutWords)
  const field = useRef<HTMLButtonElement>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  useEffect(() => field.current?.focus(), [])
  const capsOf = (keys: string): string => keyCaps(keys, platform, formatLocale()).join('+')

  const hear = (event: KeyboardEvent): void => {
    const press = event.nativeEvent
    const isBare = !press.ctrlKey && !press.metaKey && !press.altKey
    if (press.isComposing || (isBare && event.key === 'Tab')) return
    // Neither the dialog nor the window may act on what is being recorded.
    event.preventDefault()
    event.stopPropagation()
    if (isBare && event.key === 'Escape') return onCancel()
    if (isBare && (event.key === 'Backspace' || event.key === 'Delete')) return onKeys('')
    const keys = keysOfPress(press, platform)
    if (keys === null) return
    const reason = reservedFor(keys, platform, press)
    const owner = ownerOf(rows, keys, row.id)
    if (reason !== null) setRefusal({ keys, reason })
    else if (owner) setRefusal({ keys, owner })
    else onKeys(keys)
  }
  const leave = (event: FocusEvent<HTMLElement>): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) onCancel()
  }
  return (
    <div
      onBlur={leave}
      className="mt-2 mb-1 flex flex-col gap-2 rounded-sm border border-focus bg-surface p-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <button
          ref={field}
          type="button"
          onKeyDown={hear}
          className="flex h-8 min-w-44 grow items-center gap-2 rounded-sm border border-line-strong bg-canvas px-3 text-left text-sm text-muted"
        >
          <span className="sr-only">{t('recorder', { command: row.words })}: </span>
          {refusal ? <Kbd keys={refusal.keys} /> : t('press')}
        </button>
        {refusal?.owner ? (
          <Button size="small" variant="primary" className="h-8" onClick={() => onKeys(refusal.keys)}>
            {t('take')}
          </Button>
        ) : null}
        <Button size="small" className="h-8" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
      <div aria-live="assertive" className="text-xs text-danger empty:hidden">
        {refusal?.owner ? t('taken', { keys: capsOf(refusal.keys), command: refusal.owner.words }) : null}
        {refusal?.reason
          ? t(`reserved.${refusal.reason}`, { keys: capsOf(refusal.keys), mod: capsOf('$mod') })
          : null}
      </div>
      <p className="text-xs text-faint">{t('help', { backspace: capsOf('Backspace') })}</p>
    </div>
  )
}
