import type Konva from 'konva/lib/Core'
// Shapes make themselves known to the board when they are read.
// oxlint-disable-next-line import/no-unassigned-import
import 'konva/lib/shapes/Circle'
// oxlint-disable-next-line import/no-unassigned-import
import 'konva/lib/shapes/Image'
// oxlint-disable-next-line import/no-unassigned-import
import 'konva/lib/shapes/Line'
import { type Ref, useCallback, useEffect, useId, useImperativeHandle, useMemo, useRef } from 'react'
import {
  Circle,
  Group,
  Image as Drawn,
  Layer,
  Line,
  Shape,
  Stage as Board,
} from 'react-konva/es/ReactKonvaCore'
import { formatNumber } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { classNames } from '../../../ui/class-names'
import type { Mask } from '../mask/mask'
import { createOverlay } from '../mask/overlay'
import { isNothing, type Rect, type Spot } from '../mask/rect'
import { editorWords } from '../words'
import { areaOf } from './shape'
import type { Hand } from './tools'
import { useDirty } from './use-dirty'
import { useKeyPainting } from './use-key-painting'
import type { LoadedPicture } from './use-loaded-picture'
import { usePainting } from './use-painting'
import { useSoftEdge } from './use-soft-edge'
import { useView } from './use-view'

/** What keys and buttons may do with what is on the stage. */
export interface StageHandle {
  step(direction: 1 | -1): void
  fit(): void
  realSize(): void
  focus(): void
}

/** The picture with the region on it. It has the focus ring: everything on it goes by keys as well. */
export function Stage(props: {
  readonly name: string
  readonly picture: Extract<LoadedPicture, { readonly state: 'shown' }>
  readonly mask: Mask
  /** Pixels of the picture. */
  readonly feather: number
  readonly hand: Hand
  readonly handle: Ref<StageHandle>
  readonly onScale: (scale: number) => void
}) {
  const { picture, mask, hand, onScale } = props
  const t = useWords(editorWords)
  const help = useId()
  const box = useRef<HTMLDivElement>(null)
  const maskLayer = useRef<Konva.Layer>(null)
  const ring = useRef<Konva.Group>(null)
  const view = useView(box, picture)
  const { box: room, lie } = view
  useImperativeHandle(props.handle, () => ({ ...view, focus: () => box.current?.focus() }))
  useEffect(() => onScale(lie.scale), [onScale, lie.scale])

  const corner = {
    x: room.width / 2 + lie.x - (picture.width / 2) * lie.scale,
    y: room.height / 2 + lie.y - (picture.height / 2) * lie.scale,
  }
  const overlay = useMemo(() => createOverlay(), [])
  const redraw = useCallback(() => void maskLayer.current?.batchDraw(), [])
  const soft = useSoftEdge(mask, props.feather, redraw)
  const paint = useCallback(
    (target: CanvasRenderingContext2D, ratio: number, rect: Rect | null): void => {
      const at = { scale: lie.scale * ratio, x: corner.x * ratio, y: corner.y * ratio }
      const { width, height } = target.canvas
      if (rect) overlay.paint(target, mask, at, onScreen(rect, at))
      else overlay.paint(target, mask, at, { x: 0, y: 0, width, height }, soft.edge.current)
    },
    [overlay, mask, soft.edge, lie.scale, corner.x, corner.y],
  )
  const paintLayer = (rect: Rect | null): void => {
    const canvas = maskLayer.current?.getNativeCanvasElement()
    const target = canvas?.getContext('2d')
    if (target) paint(target, maskLayer.current?.getCanvas().getPixelRatio() ?? 1, rect)
  }
  const drawSoon = useDirty((rect) => isNothing(rect) || paintLayer(rect))
  const onPainted = (rect: Rect): void => {
    soft.onPainted()
    drawSoon(rect)
  }
  const onSpot = useCallback((spot: Spot | null): void => {
    ring.current?.setAttrs(spot ? { ...spot, visible: true } : { visible: false })
  }, [])
  const painting = usePainting(box, { view, mask, hand, onPainted, onSpot })
  const keys = useKeyPainting({ view, mask, hand, painting, onPainted, onSpot })
  const { shape, brush } = painting
  const isBrush = hand.tool === 'brush' || hand.tool === 'eraser'
  const area = shape ? areaOf(shape).flatMap(({ x, y }) => [x, y]) : []
  const isSmall =
    picture.small !== null && lie.scale * devicePixelRatio <= picture.small.width / picture.width
  const locale = formatLocale()
  return (
    <>
      <div
        ref={box}
        // It takes keys and pointers itself; a canvas has no role of its own.
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={t('canvas', { name: props.name })}
        aria-describedby={help}
        data-stage=""
        onKeyDown={keys.onKeyDown}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) onSpot({ x: mask.width / 2, y: mask.height / 2 })
        }}
        onBlur={() => onSpot(null)}
        className={classNames(
          'absolute inset-0 touch-none overflow-hidden outline-none',
          // Over what it holds: a picture may cover the ring.
          'focus-visible:after:pointer-events-none focus-visible:after:absolute focus-visible:after:inset-0',
          'focus-visible:after:border-2 focus-visible:after:border-focus',
          view.isPanning
            ? 'cursor-grab active:cursor-grabbing'
            : isBrush
              ? 'cursor-none'
              : 'cursor-crosshair',
        )}
      >
        {room.width > 0 && room.height > 0 ? (
          <Board
            width={room.width}
            height={room.height}
            scaleX={lie.scale}
            scaleY={lie.scale}
            x={corner.x}
            y={corner.y}
            listening={false}
          >
            {/* From three screen pixels for one of its own a picture is looked at for its pixels. */}
            <Layer listening={false} imageSmoothingEnabled={lie.scale < 3}>
              <Drawn
                image={(isSmall && picture.small) || picture.image}
                width={picture.width}
                height={picture.height}
              />
            </Layer>
            <Layer ref={maskLayer} listening={false}>
              <Shape sceneFunc={() => paintLayer(null)} />
            </Layer>
            <Layer listening={false}>
              {area.length > 0
                ? (['#000', '#fff'] as const).map((stroke, at) => (
                    <Line
                      key={stroke}
                      points={area}
                      closed
                      stroke={stroke}
                      strokeWidth={2}
                      strokeScaleEnabled={false}
                      {...(at === 0 ? { fill: 'rgb(98 70 234 / 0.25)' } : { dash: [6, 6] })}
                    />
                  ))
                : null}
              <Group ref={ring} visible={false}>
                {(['#000', '#fff'] as const).map((stroke, at) => (
                  <Circle
                    key={stroke}
                    radius={isBrush ? Math.max(brush / 2 - at / lie.scale, 1 / lie.scale) : 4 / lie.scale}
                    stroke={stroke}
                    strokeWidth={1.5}
                    strokeScaleEnabled={false}
                  />
                ))}
              </Group>
            </Layer>
          </Board>
        ) : null}
      </div>
      <p id={help} className="sr-only">
        {t('canvasHelp')}
      </p>
      <p aria-live="polite" className="sr-only">
        {keys.told
          ? t(keys.told.what, {
              count: keys.told.count,
              x: formatNumber(keys.told.spot.x, locale),
              y: formatNumber(keys.told.spot.y, locale),
            })
          : ''}
      </p>
    </>
  )
}

/** A rectangle of the picture in the screen's own pixels, with room for the edge that is drawn around a region. */
function onScreen(rect: Rect, at: { readonly scale: number; readonly x: number; readonly y: number }): Rect {
  const x = Math.floor(at.x + rect.x * at.scale) - 4
  const y = Math.floor(at.y + rect.y * at.scale) - 4
  return {
    x,
    y,
    width: Math.ceil(at.x + (rect.x + rect.width) * at.scale) + 4 - x,
    height: Math.ceil(at.y + (rect.y + rect.height) * at.scale) + 4 - y,
  }
}
