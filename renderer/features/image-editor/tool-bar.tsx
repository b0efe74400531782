import { Brush, Contrast, Eraser, Lasso, Redo2, SquareDashed, Trash2, Undo2 } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { formatNumber } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { KeyHint } from './key-hint'
import { brushPixels, mostBrush } from './mask/brush-size'
import type { Mask } from './mask/mask'
import { Slider } from './slider'
import { type Hand, toolKeys, tools } from './stage/tools'
import { editorWords } from './words'

const icons = { brush: Brush, eraser: Eraser, rectangle: SquareDashed, lasso: Lasso } as const
const mostFeather = 64

/** Everything that marks a region. */
export function ToolBar(props: {
  readonly mask: Mask
  readonly hand: Hand
  readonly onHand: (hand: Hand) => void
  readonly feather: number
  readonly onFeather: (feather: number) => void
}) {
  const { mask, hand, onHand } = props
  const t = useWords(editorWords)
  useSyncExternalStore(mask.subscribe, () => mask.revision)
  const locale = formatLocale()
  const pixels = (count: number): string => t('tools.pixels', { count: formatNumber(count, locale) })
  return (
    <div
      role="group"
      aria-label={t('tools.name')}
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-canvas px-3 py-1.5"
    >
      <div className="flex items-center gap-0.5">
        {tools.map((tool) => {
          const Icon = icons[tool]
          return (
            <IconButton
              key={tool}
              name={t(`tools.${tool}`)}
              keys={toolKeys[tool]}
              aria-pressed={hand.tool === tool}
              icon={<Icon size={16} aria-hidden="true" />}
              onClick={() => onHand({ ...hand, tool })}
              className="aria-pressed:bg-accent-soft aria-pressed:text-accent-ink more-contrast:aria-pressed:ring-1 more-contrast:aria-pressed:ring-current"
            />
          )
        })}
      </div>
      <div className="flex items-center gap-0.5">
        <IconButton
          name={t('tools.undo')}
          keys="$mod+Z"
          disabled={!mask.canUndo}
          focusableWhenDisabled
          icon={<Undo2 size={16} aria-hidden="true" />}
          onClick={() => mask.undo()}
        />
        <IconButton
          name={t('tools.redo')}
          keys="$mod+Shift+Z"
          disabled={!mask.canRedo}
          focusableWhenDisabled
          icon={<Redo2 size={16} aria-hidden="true" />}
          onClick={() => mask.redo()}
        />
        <IconButton
          name={t('tools.invert')}
          keys="I"
          icon={<Contrast size={16} aria-hidden="true" />}
          onClick={() => mask.invert()}
        />
        <IconButton
          name={t('tools.clear')}
          keys="Delete"
          disabled={!mask.isMarked}
          focusableWhenDisabled
          icon={<Trash2 size={16} aria-hidden="true" />}
          onClick={() => mask.clear()}
        />
        <KeyHint />
      </div>
      <div className="flex flex-wrap items-center gap-x-4">
        <Slider
          name={t('tools.size')}
          value={hand.size}
          least={0}
          most={mostBrush}
          keys="[ ]"
          words={pixels(brushPixels(hand.size, Math.max(mask.width, mask.height)))}
          onChange={(size) => onHand({ ...hand, size })}
        />
        <Slider
          name={t('tools.feather')}
          value={props.feather}
          least={0}
          most={mostFeather}
          words={pixels(props.feather)}
          onChange={props.onFeather}
        />
      </div>
    </div>
  )
}
