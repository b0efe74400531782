import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { classNames } from './class-names'

export interface PictureProps {
  readonly src: string
  /** The accessible name. */
  readonly name: string
  /** Said in its place when there is nothing to show. */
  readonly lost: string
  readonly className?: string
}

/** A picture that is loaded when it comes near; one that is gone leaves a calm place in its box. */
export function Picture({ src, name, lost, className }: PictureProps) {
  const [lostSrc, setLostSrc] = useState<string | null>(null)
  if (lostSrc === src) {
    return (
      <div
        role="img"
        aria-label={`${name}: ${lost}`}
        className={classNames(
          'flex flex-col items-center justify-center gap-1.5 bg-surface p-2 text-center text-xs text-faint',
          className,
        )}
      >
        <ImageOff size={18} aria-hidden="true" className="shrink-0" />
        <span className="line-clamp-2">{lost}</span>
      </div>
    )
  }
  return (
    <img
      src={src}
      alt={name}
      loading="lazy"
      decoding="async"
      draggable={false}
      className={className}
      onError={() => setLostSrc(src)}
    />
  )
}
