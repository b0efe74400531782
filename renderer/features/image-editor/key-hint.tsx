import { Popover } from '@base-ui/react/popover'
import { Keyboard } from 'lucide-react'
import { useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { Kbd } from '../../ui/kbd'
import { editorWords } from './words'

const rows = [
  ['tool', ['B', 'E', 'R', 'L']],
  ['size', ['[', ']']],
  ['move', ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']],
  ['paint', ['Enter']],
  ['line', ['Shift+ArrowRight']],
  ['shape', ['Shift+Enter']],
  ['subtract', ['Alt']],
  ['undo', ['$mod+Z', '$mod+Shift+Z']],
  ['invert', ['I']],
  ['clear', ['Delete']],
  ['zoom', ['+', '-', '0', '1']],
  ['pan', ['Space']],
  ['apply', ['$mod+Enter']],
  ['close', ['Escape']],
] as const

/** What the keys do here: the mouse can be left alone. */
export function KeyHint() {
  const t = useWords(editorWords)
  return (
    <Popover.Root>
      <Popover.Trigger
        render={<IconButton name={t('tools.keys')} icon={<Keyboard size={16} aria-hidden="true" />} />}
      />
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-50">
          <Popover.Popup className="popup max-h-[var(--available-height)] w-90 max-w-[calc(100vw-2rem)] overflow-y-auto p-4">
            <Popover.Title className="mb-2 text-sm font-medium">{t('tools.keys')}</Popover.Title>
            <dl className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1.5 text-xs">
              {rows.map(([words, keys]) => (
                <div key={words} className="contents">
                  <dt className="text-muted">{t(`keys.${words}`)}</dt>
                  <dd className="flex justify-end gap-1.5">
                    <span className="sr-only">{keys.join(', ')}</span>
                    {keys.map((each) => (
                      <Kbd key={each} keys={each} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
