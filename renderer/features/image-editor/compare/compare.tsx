import { Columns2, MoveHorizontal, Square } from 'lucide-react'
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { AssetId } from '@contract/ids'
import { HandleRoot, Item, Provider, Root } from 'react-compare-slider/components'
import { useReactCompareSlider } from 'react-compare-slider/hooks'
import { formatNumber } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import type { StageHandle } from '../stage/stage'
import { useView, type View } from '../stage/use-view'
import { editorWords } from '../words'
import type { Compared, CompareWay } from './compare-pictures'

export const compareIcons = { slider: MoveHorizontal, side: Columns2, after: Square } as const

/** Two pictures in one place, or beside each other; both move and zoom as one. */
export function Compare(props: {
  readonly compared: Compared
  readonly way: CompareWay
  readonly handle: Ref<StageHandle>
  readonly onScale: (scale: number) => void
  /** A drag of one of them has begun and leaves the window. */
  readonly onDrag: (id: AssetId) => void
}) {
  const { compared, way, onScale, onDrag } = props
  const t = useWords(editorWords)
  const box = useRef<HTMLDivElement>(null)
  const first = useRef<HTMLDivElement>(null)
  const { width = 1, height = 1 } = compared.after.asset
  const view = useView(way === 'side' ? first : box, { width, height }, true)
  const { lie } = view
  useImperativeHandle(props.handle, () => ({ ...view, focus: () => box.current?.focus() }))
  useEffect(() => onScale(lie.scale), [onScale, lie.scale])
  useEffect(() => {
    // A result may come while the stage has the focus, and takes its place.
    if (document.activeElement !== document.body) return
    const slider = box.current?.querySelector<HTMLElement>('[role="slider"]')
    ;(slider ?? box.current)?.focus()
  }, [])
  const common = { view, size: { width, height }, onDrag }
  const before = <Lying {...common} version={compared.before} name={t('compare.before')} />
  const after = <Lying {...common} version={compared.after} name={t('compare.afterShort')} />
  return (
    <div ref={box} tabIndex={-1} data-compare={way} className="absolute inset-0 outline-none">
      {way === 'slider' ? (
        <SliderOf before={before} after={after} />
      ) : (
        <div className="flex size-full gap-px bg-line">
          {way === 'side' ? (
            <div ref={first} className="relative min-w-0 flex-1 touch-none overflow-hidden bg-hover">
              {before}
              <Caption words={t('compare.before')} />
            </div>
          ) : null}
          <div className="relative min-w-0 flex-1 overflow-hidden bg-hover">
            {after}
            <Caption words={t('compare.afterShort')} />
          </div>
        </div>
      )}
    </div>
  )
}

function SliderOf({ before, after }: { readonly before: ReactNode; readonly after: ReactNode }) {
  const t = useWords(editorWords)
  const [place, setPlace] = useState(50)
  const slider = useReactCompareSlider({
    onPositionChange: setPlace,
    onlyHandleDraggable: true,
    keyboardIncrement: '2%',
    transition: 'none',
  })
  return (
    <Provider {...slider}>
      <Root className="size-full">
        <Item item="itemOne" className="relative size-full bg-hover">
          {before}
          <Caption words={t('compare.before')} />
        </Item>
        <Item item="itemTwo" className="relative size-full bg-hover">
          {after}
          <Caption words={t('compare.afterShort')} isEnd />
        </Item>
        <HandleRoot
          aria-label={t('compare.name')}
          aria-valuetext={t('compare.value', { percent: formatNumber(Math.round(place), formatLocale()) })}
          className="group/handle"
        >
          <span className="pointer-events-auto relative flex h-full w-11 cursor-ew-resize justify-center">
            {/* Black beside white: one of the two shows on any picture. */}
            <span className="h-full w-1 border-x border-[#0009] bg-[#fff]" />
            <span className="absolute top-1/2 left-1/2 flex size-9 -translate-1/2 items-center justify-center rounded-full border border-[#0009] bg-[#fff] text-[#111] shadow-md group-focus-visible/handle:ring-3 group-focus-visible/handle:ring-focus">
              <MoveHorizontal size={18} aria-hidden="true" />
            </span>
          </span>
        </HandleRoot>
      </Root>
    </Provider>
  )
}

/** A picture of another size is laid into the same frame. Shown whole it can be dragged out, larger it is moved. */
function Lying(props: {
  readonly view: View
  readonly version: Compared['before']
  readonly size: { readonly width: number; readonly height: number }
  readonly name: string
  readonly onDrag: (id: AssetId) => void
}) {
  const { lie, isFitted } = props.view
  const { asset } = props.version
  return (
    <img
      src={`asset://raw/${asset.asset_id}`}
      alt={`${props.name}: ${asset.file_name}`}
      draggable={isFitted}
      onDragStart={(event) => {
        event.preventDefault()
        props.onDrag(asset.asset_id)
      }}
      className={
        lie.scale >= 3
          ? 'absolute top-1/2 left-1/2 max-w-none object-contain [image-rendering:pixelated]'
          : 'absolute top-1/2 left-1/2 max-w-none object-contain'
      }
      style={{
        width: props.size.width,
        height: props.size.height,
        transform: `translate(calc(-50% + ${lie.x}px), calc(-50% + ${lie.y}px)) scale(${lie.scale})`,
      }}
    />
  )
}

function Caption({ words, isEnd = false }: { readonly words: string; readonly isEnd?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={
        isEnd
          ? 'pointer-events-none absolute right-3 bottom-3 rounded-sm bg-[#000c] px-2 py-1 text-xs font-medium text-[#fff]'
          : 'pointer-events-none absolute bottom-3 left-3 rounded-sm bg-[#000c] px-2 py-1 text-xs font-medium text-[#fff]'
      }
    >
      {words}
    </span>
  )
}
