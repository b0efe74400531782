import { Pencil, X } from 'lucide-react'
import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { classNames } from './class-names'
import { FileIcon } from './file-icon'
import { ProgressRing } from './progress-ring'
import { Tooltip } from './tooltip'

export interface FileTileProps {
  readonly name: string
  readonly mediaType: string
  /** A line below the name; for a picture it is only heard and shown on hover. */
  readonly facts: string
  /** More of it, on hover. */
  readonly detail?: string
  /** What it looks like; absent: a card with a sign. */
  readonly picture?: string | undefined
  /** How far its import is; null: it waits for its turn; absent: it is there. */
  readonly progress?: number | null | undefined
  readonly isFailed?: boolean
  readonly isHeld?: boolean
  readonly remove?: { readonly name: string; readonly run: () => void }
  /** A second button on the card. */
  readonly action?: { readonly words: string; readonly name: string; readonly run: () => void } | undefined
  /** Shown on hover and on focus, on a picture that is there. */
  readonly edit?: { readonly name: string; readonly run: () => void } | undefined
  readonly onOpen?: (() => void) | undefined
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly onPointerDown?: (event: PointerEvent<HTMLElement>) => void
  /** Of the keys that do something here (`aria-keyshortcuts`). */
  readonly keys?: string
}

/** One file: a picture as itself, everything else as a card with its name. */
export function FileTile(props: FileTileProps) {
  const { name, facts, picture, isFailed = false } = props
  /** Not every file that calls itself a picture can be shown. */
  const [lost, setLost] = useState<string>()
  // A picture on its way has its place already: nothing moves when it comes.
  const isComing = props.progress !== undefined && props.mediaType.startsWith('image/')
  const isPicture = !isFailed && (isComing || (picture !== undefined && picture !== lost))
  const known = [facts, props.detail ?? ''].filter((piece) => piece !== '')
  return (
    <div
      className={classNames(
        'group/tile relative h-16 max-w-full',
        isPicture ? 'w-16' : isFailed ? 'w-72' : 'w-60',
        props.isHeld === true && 'z-10 opacity-80',
      )}
      onPointerDown={props.onPointerDown}
    >
      <Tooltip text={[name, ...known].join(' · ')} side="top">
        <button
          type="button"
          // A card is named by what it shows.
          aria-label={isPicture ? `${name} ${facts}` : undefined}
          {...(props.detail ? { 'aria-description': props.detail } : {})}
          aria-keyshortcuts={props.keys}
          onClick={props.onOpen}
          onKeyDown={props.onKeyDown}
          className={classNames(
            'flex size-full items-center overflow-hidden rounded-md border text-left',
            isFailed ? 'border-danger/40 bg-danger-soft' : 'border-line bg-surface',
            props.onOpen && 'hover:border-line-strong',
            props.isHeld === true && 'border-accent shadow-md',
          )}
        >
          {isPicture ? (
            <PictureFace
              mediaType={props.mediaType}
              picture={picture === lost ? undefined : picture}
              progress={props.progress}
              onLost={() => setLost(picture)}
            />
          ) : (
            <CardFace {...props} />
          )}
        </button>
      </Tooltip>
      {props.action ? (
        <button
          type="button"
          aria-label={props.action.name}
          onClick={props.action.run}
          className="absolute right-2 bottom-1.5 h-6 rounded-xs px-1.5 text-xs font-medium text-ink underline decoration-line-strong underline-offset-2 hover:decoration-current"
        >
          {props.action.words}
        </button>
      ) : null}
      {props.edit && isPicture ? (
        <button
          type="button"
          aria-label={props.edit.name}
          onClick={props.edit.run}
          className="absolute right-1 bottom-1 flex size-6 items-center justify-center rounded-sm border border-line-control bg-raised text-muted opacity-0 shadow-sm group-focus-within/tile:opacity-100 group-hover/tile:opacity-100 hover:bg-hover hover:text-ink"
        >
          <Pencil size={12} aria-hidden="true" />
        </button>
      ) : null}
      {props.remove ? (
        <button
          type="button"
          aria-label={props.remove.name}
          onClick={props.remove.run}
          className="absolute -top-2 -right-2 flex size-6 items-center justify-center rounded-full border border-line-control bg-raised text-muted shadow-sm hover:bg-hover hover:text-ink"
        >
          <X size={12} strokeWidth={2.5} aria-hidden="true" />
        </button>
      ) : null}
    </div>
  )
}

function PictureFace({
  mediaType,
  picture,
  progress,
  onLost,
}: Pick<FileTileProps, 'mediaType' | 'picture' | 'progress'> & { readonly onLost: () => void }) {
  return (
    <span className="relative flex size-full items-center justify-center text-faint">
      {picture === undefined ? (
        <FileIcon mediaType={mediaType} size={20} />
      ) : (
        <img
          src={picture}
          alt=""
          draggable={false}
          decoding="async"
          onError={onLost}
          className={classNames('size-full object-cover', progress !== undefined && 'opacity-50')}
        />
      )}
      {progress === undefined || progress === null ? null : (
        <span className="absolute inset-0 flex items-center justify-center">
          <span className="flex rounded-full bg-raised/90 p-1 text-accent-ink">
            <ProgressRing share={progress} />
          </span>
        </span>
      )}
    </span>
  )
}

function CardFace({ name, facts, mediaType, progress, isFailed = false, action }: FileTileProps) {
  return (
    <span className="flex min-w-0 grow items-center gap-2.5 px-2.5">
      <span
        className={classNames(
          'flex size-10 shrink-0 items-center justify-center rounded-sm',
          isFailed ? 'text-danger' : 'bg-hover text-muted',
        )}
      >
        {progress === undefined || progress === null ? (
          <FileIcon mediaType={mediaType} size={20} />
        ) : (
          <span className="text-accent-ink">
            <ProgressRing share={progress} />
          </span>
        )}
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate text-xs font-medium text-ink">{name}</span>
        <span
          className={classNames(
            'line-clamp-2 text-xs',
            isFailed ? 'text-danger' : 'text-muted',
            action && 'mr-11',
          )}
        >
          {facts}
        </span>
      </span>
    </span>
  )
}
