import { ImageOff } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { AssetDeeds } from '../../lib/asset-deeds'
import type { AssetId } from '@contract/ids'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { Spinner } from '../../ui/spinner'
import { Compare } from './compare/compare'
import { CompareBar } from './compare/compare-bar'
import { comparedOf, type CompareWay } from './compare/compare-pictures'
import { EditorBar } from './editor-bar'
import type { EditorStore } from './editor-store'
import { keyDeeds } from './key-deeds'
import { EditPanel, type ChatChoice } from './panel/edit-panel'
import { JobList } from './panel/job-list'
import { Stage, type StageHandle } from './stage/stage'
import type { Hand } from './stage/tools'
import { useLoadedPicture } from './stage/use-loaded-picture'
import { ToolBar } from './tool-bar'
import { VersionList } from './versions/version-list'
import { editorWords } from './words'

export interface ImageEditorProps {
  readonly store: EditorStore
  readonly deeds: AssetDeeds
  /** Where orders may go, newest first. */
  readonly chats: readonly ChatChoice[]
  /** Stands before the title. */
  readonly lead: ReactNode
  readonly onClose: () => void
  /** A drag of a picture has begun and leaves the window. */
  readonly onDrag: (id: AssetId) => void
}

/** A picture to be marked and changed, its versions, and what is being made of it. */
export function ImageEditor(props: ImageEditorProps) {
  const { store, deeds } = props
  const t = useWords(editorWords)
  const phase = useStore(store, (state) => state.phase)
  const source = useStore(store, (state) => state.source)
  const feather = useStore(store, (state) => state.draft.feather)
  const versions = useStore(store, (state) => state.versions)
  const result = useStore(store, (state) => state.result)
  const jobs = useStore(store, (state) => state.jobs)
  const [hand, setHand] = useState<Hand>({ tool: 'brush', size: 62 })
  const [way, setWay] = useState<CompareWay>('slider')
  const [scale, setScale] = useState<number | null>(null)
  const stage = useRef<StageHandle>(null)
  const instruction = useRef<HTMLTextAreaElement>(null)
  const picture = useLoadedPicture(source?.uri ?? null)
  const isShown = picture.state === 'shown' && picture.uri === source?.uri
  const mask = useMemo(
    () => (source && isShown ? store.masks.of(source.asset_id, picture.width, picture.height) : null),
    [store, source, isShown, picture],
  )
  useEffect(() => mask?.subscribe(() => store.keepSoon()), [store, mask])
  const compared = comparedOf(versions, result, source?.asset_id)
  useEffect(() => instruction.current?.focus(), [source?.asset_id])

  const back = (): void => {
    store.show(null)
    // What had the focus is gone with the result.
    requestAnimationFrame(() => stage.current?.focus())
  }
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (result !== null) place.current?.scrollIntoView({ block: 'nearest' })
  }, [result])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return
    // What lies over the page is not in this element, though React brings its events here.
    if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
    const deed = keyDeeds(event, {
      mask: compared ? null : mask,
      hand,
      stage: stage.current,
      onHand: setHand,
      onApply: () => void store.apply(),
      onBack: result === null ? props.onClose : back,
      onLeaveWriting: () => stage.current?.focus(),
    })
    if (!deed) return
    event.preventDefault()
    deed()
  }
  return (
    <section
      aria-label={t('name')}
      onKeyDown={onKeyDown}
      className="@container flex h-full min-h-0 min-w-0 flex-col bg-canvas"
    >
      <EditorBar
        lead={props.lead}
        asset={source}
        scale={isShown || compared ? scale : null}
        stage={stage}
        deeds={deeds}
        onClose={props.onClose}
      />
      {source ? (
        <div className="flex min-h-0 grow flex-col overflow-y-auto @3xl:flex-row @3xl:overflow-hidden">
          <div
            ref={place}
            className="flex min-h-80 min-w-0 shrink-0 grow basis-[58%] flex-col @3xl:min-h-0 @3xl:shrink @3xl:basis-0"
          >
            {compared && result !== null ? (
              <CompareBar
                result={result}
                way={way}
                onWay={setWay}
                deeds={deeds}
                onUse={() => void store.takeResult()}
                onBack={back}
              />
            ) : mask ? (
              <ToolBar
                mask={mask}
                hand={hand}
                onHand={setHand}
                feather={feather}
                onFeather={(px) => store.draw({ feather: px })}
              />
            ) : null}
            <div className="relative min-h-0 grow bg-hover">
              {compared ? (
                <Compare
                  key={`${result} ${way}`}
                  compared={compared}
                  way={way}
                  handle={stage}
                  onScale={setScale}
                  onDrag={props.onDrag}
                />
              ) : picture.state === 'broken' ? (
                <Broken />
              ) : isShown && mask ? (
                <Stage
                  key={source.asset_id}
                  name={source.file_name}
                  picture={picture}
                  mask={mask}
                  feather={feather}
                  hand={hand}
                  handle={stage}
                  onScale={setScale}
                />
              ) : (
                <Loading />
              )}
            </div>
          </div>
          <div className="flex w-full shrink-0 flex-col gap-6 border-line p-4 @max-3xl:border-t @3xl:w-88 @3xl:overflow-y-auto @3xl:border-l">
            <EditPanel store={store} mask={mask} chats={props.chats} instruction={instruction} />
            {jobs.length > 0 ? (
              <Part title={t('jobs.title')}>
                <JobList
                  jobs={jobs}
                  onStop={(id) => void store.stop(id)}
                  onRetry={(id) => void store.retry(id)}
                  onDismiss={(id) => store.dismiss(id)}
                />
              </Part>
            ) : null}
            <Part title={t('versions.title')}>
              <VersionList
                versions={versions}
                source={source.asset_id}
                result={result}
                onShow={(id) => store.show(id)}
                onDrag={props.onDrag}
              />
            </Part>
          </div>
        </div>
      ) : phase === 'loading' ? (
        <div className="relative grow">
          <Loading />
        </div>
      ) : (
        <Nothing store={store} />
      )}
      <Told store={store} />
    </section>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 text-sm font-medium">{title}</h3>
      {children}
    </section>
  )
}

function Loading() {
  const t = useWords(editorWords)
  return (
    <p
      role="status"
      className="appears-late absolute inset-0 flex items-center justify-center gap-2 text-sm text-muted"
    >
      <Spinner /> {t('loading')}
    </p>
  )
}

function Broken() {
  const t = useWords(editorWords)
  return (
    <EmptyState
      className="absolute inset-0"
      icon={<ImageOff size={32} strokeWidth={1.5} />}
      title={t('broken')}
      body={t('brokenBody')}
    />
  )
}

/** Nothing is open yet, or what was to be opened can't be. */
function Nothing({ store }: { readonly store: EditorStore }) {
  const t = useWords(editorWords)
  const sayFault = useWords(faultCatalogue)
  const fault = useStore(store, (state) => state.fault)
  const wanted = useStore(store, (state) => state.wanted)
  const words = fault && faultWords(fault, sayFault)
  return (
    <EmptyState
      className="grow"
      icon={<ImageOff size={32} strokeWidth={1.5} />}
      title={words ? words.title : t('empty')}
      body={words ? words.body : t('emptyBody')}
      actions={words && wanted ? <Button onClick={() => void store.open(wanted)}>{t('retry')}</Button> : null}
    />
  )
}

/** For ears: what became of an order, wherever the focus is. */
function Told({ store }: { readonly store: EditorStore }) {
  const t = useWords(editorWords)
  const told = useStore(store, (state) => state.told)
  return (
    <p aria-live="polite" className="sr-only">
      {told ? <span key={told.key}>{t(`told.${told.what}`, { count: told.count })}</span> : null}
    </p>
  )
}
