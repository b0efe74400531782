import type { AssetView } from '@contract/assets'
import { ImageOff } from 'lucide-react'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useWords } from '../../lib/words'
import { classNames } from '../../ui/class-names'
import { EmptyState } from '../../ui/empty-state'
import { Spinner } from '../../ui/spinner'
import { useZoom } from './use-zoom'
import { viewerWords } from './words'

/** What keys and buttons may do with the picture in view. */
export interface PictureHandle {
  step(direction: 1 | -1): void
  fit(): void
  /** Pixels of the screen. */
  move(x: number, y: number): void
  readonly isFitted: boolean
}

/** One picture: fitted at first, then as near as somebody wants it. */
export function Picture(props: {
  readonly asset: AssetView
  readonly handle: Ref<PictureHandle>
  /** The scale, for the bar; null until the picture is there. */
  readonly onScale: (scale: number | null) => void
}) {
  const { asset, handle, onScale } = props
  const t = useWords(viewerWords)
  const box = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<'loading' | 'shown' | 'broken'>('loading')
  const [own, setOwn] = useState({ width: asset.width ?? 0, height: asset.height ?? 0 })
  const zoom = useZoom(box, own)
  useImperativeHandle(handle, () => ({
    step: zoom.step,
    fit: zoom.reset,
    move: (x, y) => zoom.move({ x, y }),
    isFitted: zoom.isFitted,
  }))
  const { scale } = zoom.lie
  useEffect(() => onScale(state === 'shown' ? scale : null), [onScale, scale, state])
  return (
    <div
      ref={box}
      className={classNames(
        'relative min-h-0 grow touch-none overflow-hidden',
        zoom.isFitted ? '' : zoom.isDragging ? 'cursor-grabbing' : 'cursor-grab',
      )}
    >
      {state === 'loading' ? (
        <p
          role="status"
          className="appears-late absolute inset-0 flex items-center justify-center gap-2 text-sm text-muted"
        >
          <Spinner /> {t('loading')}
        </p>
      ) : null}
      {state === 'broken' ? (
        <EmptyState
          className="absolute inset-0"
          icon={<ImageOff size={32} strokeWidth={1.5} />}
          title={t('broken')}
          body={t('brokenBody')}
        />
      ) : (
        <img
          src={asset.uri}
          alt={asset.file_name}
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
            setOwn({ width, height })
            setState('shown')
          }}
          onError={() => setState('broken')}
          className={classNames(
            'absolute top-1/2 left-1/2 max-w-none select-none',
            // From three screen pixels for one of its own a picture is looked at for its pixels.
            scale >= 3 && '[image-rendering:pixelated]',
          )}
          style={{
            width: own.width,
            height: own.height,
            transform: `translate(calc(-50% + ${zoom.lie.x}px), calc(-50% + ${zoom.lie.y}px)) scale(${scale})`,
          }}
        />
      )}
    </div>
  )
}
