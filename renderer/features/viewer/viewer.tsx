import type { AssetView } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import { Dialog } from '@base-ui/react/dialog'
import { ChevronLeft, ChevronRight, FileWarning } from 'lucide-react'
import { type KeyboardEvent, type Ref, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { RendererClient } from '../../client/client'
import type { AssetDeeds } from '../../lib/asset-deeds'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { classNames } from '../../ui/class-names'
import { EmptyState } from '../../ui/empty-state'
import { FileIcon } from '../../ui/file-icon'
import { IconButton } from '../../ui/icon-button'
import { LinkGate } from '../../ui/markdown/link-gate'
import { AudioPlayer } from '../../ui/player/audio-player'
import { createViewer, type Viewed } from './create-viewer'
import { DocumentSheet } from './document'
import { Picture, type PictureHandle } from './picture'
import { ViewerBar } from './viewer-bar'
import { viewerWords } from './words'

export interface ViewerProps {
  readonly client: RendererClient
  /** Null: closed. */
  readonly viewing: { readonly asset_ids: readonly AssetId[]; readonly index: number } | null
  readonly deeds: AssetDeeds
  readonly onIndex: (index: number) => void
  readonly onClose: () => void
  readonly onEdit: (id: AssetId) => void
  readonly onOpenLink: (url: string) => void
}

/** Assets one at a time over everything else. Escape closes it, and the focus goes back to where it was. */
export function Viewer({ viewing, onClose, ...props }: ViewerProps) {
  const stage = useRef<HTMLDivElement>(null)
  return (
    <Dialog.Root open={viewing !== null} onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        {/* Pictures are looked at on a dark ground, whatever the theme. */}
        <Dialog.Popup
          initialFocus={stage}
          data-theme="dark"
          className="fixed inset-0 z-40 bg-surface text-ink outline-none"
        >
          {viewing ? <Shown {...props} {...viewing} stage={stage} onClose={onClose} /> : null}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface ShownProps extends Omit<ViewerProps, 'viewing'> {
  readonly asset_ids: readonly AssetId[]
  readonly index: number
  /** Has the focus at first: what has the focus hears the keys. */
  readonly stage: Ref<HTMLDivElement>
}

/** Pixels of the screen for one press of an arrow. */
const arrowStep = 80

function Shown({
  client,
  deeds,
  asset_ids: ids,
  index,
  stage,
  onIndex,
  onClose,
  onEdit,
  onOpenLink,
}: ShownProps) {
  const t = useWords(viewerWords)
  const viewer = useMemo(() => createViewer(client), [client])
  useEffect(() => client.listen((event) => viewer.hear(event)), [client, viewer])
  useEffect(() => void viewer.show(ids, index), [viewer, ids, index])
  const known = useStore(viewer, (state) => state.known)
  const [scale, setScale] = useState<number | null>(null)
  const picture = useRef<PictureHandle>(null)
  const id = ids[index]
  const here = id === undefined ? undefined : known.get(id)
  const asset = here?.is === 'known' ? here.asset : null
  useFetchedAhead([ids[index + 1], ids[index - 1]].map((beside) => pictureOf(beside && known.get(beside))))
  const canStep = (by: 1 | -1): boolean => ids[index + by] !== undefined
  const step = (by: 1 | -1): void => {
    if (canStep(by)) onIndex(index + by)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isOfPlayer(event.target)) return
    const isNear = picture.current !== null && !picture.current.isFitted
    const go = (x: number, y: number, by?: 1 | -1): void => {
      if (isNear) picture.current?.move(x, y)
      else if (by) step(by)
    }
    const keys: Readonly<Record<string, () => void>> = {
      ArrowRight: () => go(-arrowStep, 0, 1),
      ArrowLeft: () => go(arrowStep, 0, -1),
      ...(isNear ? { ArrowDown: () => go(0, -arrowStep), ArrowUp: () => go(0, arrowStep) } : {}),
      '+': () => picture.current?.step(1),
      '=': () => picture.current?.step(1),
      '-': () => picture.current?.step(-1),
      '0': () => picture.current?.fit(),
    }
    const run = keys[event.key]
    if (!run) return
    event.preventDefault()
    run()
  }
  return (
    <div
      ref={stage}
      role="presentation"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="flex h-full flex-col outline-none"
    >
      <Dialog.Title className="sr-only">{t('name', { name: asset?.file_name ?? '' })}</Dialog.Title>
      <ViewerBar
        deeds={deeds}
        asset={asset}
        scale={asset?.kind === 'image' && !asset.is_quarantined ? scale : null}
        place={{ at: index + 1, of: ids.length }}
        onZoom={(direction) => picture.current?.step(direction)}
        onFit={() => picture.current?.fit()}
        onEdit={onEdit}
        onClose={onClose}
      />
      <div className="relative flex min-h-0 grow flex-col">
        <LinkGate onOpenLink={onOpenLink}>
          {here ? (
            <Content
              key={id}
              viewed={here}
              handle={picture}
              onScale={setScale}
              onRetry={() => void (id && viewer.retry(id))}
            />
          ) : null}
        </LinkGate>
        {ids.length < 2
          ? null
          : ([-1, 1] as const).map((by) => (
              <IconButton
                key={by}
                name={by === 1 ? t('next') : t('previous')}
                side={by === 1 ? 'left' : 'right'}
                disabled={!canStep(by)}
                focusableWhenDisabled
                icon={by === 1 ? <ChevronRight size={20} /> : <ChevronLeft size={20} />}
                onClick={() => step(by)}
                className={classNames(
                  'absolute top-1/2 z-10 -mt-5 size-10 rounded-full bg-raised shadow-md',
                  by === 1 ? 'right-3' : 'left-3',
                )}
              />
            ))}
      </div>
    </div>
  )
}

function Content(props: {
  readonly viewed: Viewed
  readonly handle: Ref<PictureHandle>
  readonly onScale: (scale: number | null) => void
  readonly onRetry: () => void
}) {
  const { viewed } = props
  const t = useWords(viewerWords)
  const tFault = useWords(faultCatalogue)
  if (viewed.is === 'failed') {
    const words = faultWords(viewed.fault, tFault)
    return (
      <EmptyState
        className="grow"
        title={words.title}
        body={words.body}
        actions={<Button onClick={props.onRetry}>{t('retry')}</Button>}
      />
    )
  }
  const { asset, text } = viewed
  if (asset.is_quarantined) {
    return (
      <EmptyState
        className="grow"
        icon={<FileWarning size={32} strokeWidth={1.5} />}
        title={t('quarantined')}
        body={t('quarantinedBody')}
      />
    )
  }
  if (asset.kind === 'image') return <Picture asset={asset} handle={props.handle} onScale={props.onScale} />
  if (asset.kind === 'audio') return <Recording asset={asset} />
  return <DocumentSheet asset={asset} text={text} />
}

function Recording({ asset }: { readonly asset: AssetView }) {
  return (
    <div className="flex grow flex-col items-center justify-center gap-8 p-6 text-faint">
      <FileIcon mediaType={asset.media_type} size={64} />
      <AudioPlayer recording={asset} className="w-full max-w-140" />
    </div>
  )
}

const pictureOf = (viewed: Viewed | undefined): string =>
  viewed?.is === 'known' && viewed.asset.kind === 'image' && !viewed.asset.is_quarantined
    ? viewed.asset.uri
    : ''

/** Pictures beside the one in view are fetched and held before somebody asks for them. */
function useFetchedAhead(sources: readonly string[]): void {
  const held = useRef<readonly HTMLImageElement[]>([])
  const wanted = sources.filter(Boolean).join(' ')
  useEffect(() => {
    held.current = wanted.split(' ').map((source) => Object.assign(new Image(), { src: source }))
  }, [wanted])
}

/** A player has keys of its own. */
const isOfPlayer = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[data-player]') !== null
