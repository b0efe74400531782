import type { RecordingView } from '@contract/recordings'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { useWords } from '../../lib/words'
import { AlertDialog } from '../../ui/alert-dialog'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { Spinner } from '../../ui/spinner'
import { clockOf } from './clock'
import { isOn, wholeText, type DictationState } from './dictation'
import type { DictationStore } from './dictation-store'
import { LevelMeter } from '../../ui/level-meter'
import { noticeSentence, troubleSentence } from './trouble-words'
import { dictationWords } from './words'

export interface DictationBarProps {
  readonly store: DictationStore
  readonly platform: string
  readonly onOpenSettings: () => void
  readonly onAsk: (view: RecordingView) => void
  readonly onKeep: (view: RecordingView) => void
  /** What has the focus when the bar has gone. */
  readonly onClosed: () => void
}

/** All but what changes with every second. */
type Slow = Omit<DictationState, 'seconds'>
const slow = ({ seconds: _, ...state }: DictationState): Slow => state

/** The dictation under way, below the words. */
export function DictationBar(props: DictationBarProps) {
  const { store } = props
  const state = useStore(store, useShallow(slow))
  const t = useWords(dictationWords)
  if (state.phase === 'idle') return null
  return (
    <section aria-label={t('bar')} className="mx-2 mt-1 rounded-md bg-surface px-2.5 py-1.5">
      <div className="flex min-h-7 flex-wrap items-center gap-x-2.5 gap-y-1.5">
        <Line {...props} state={state} />
      </div>
      {state.notice && (isGoingOn(state) || state.notice.kind === 'unencoded') ? (
        <p role="status" className="pb-0.5 text-xs text-warn">
          {noticeSentence(t, state.notice)}
        </p>
      ) : null}
      <DiscardQuestion {...props} isOpen={state.isAsking} />
    </section>
  )
}

function DiscardQuestion({ store, onClosed, isOpen }: DictationBarProps & { readonly isOpen: boolean }) {
  const t = useWords(dictationWords)
  const seconds = useStore(store, (state) => (state.isAsking ? state.seconds : 0))
  return (
    <AlertDialog
      open={isOpen}
      onOpenChange={(isKept) => isKept || store.keepOn()}
      title={t('discardTitle')}
      body={t('discardBody', { time: clockOf(seconds) })}
      cancel={t('keepOn')}
      confirm={t('discard')}
      danger
      onConfirm={() => {
        store.discard()
        onClosed()
      }}
    />
  )
}

const isGoingOn = ({ phase }: Slow): boolean => isOn({ phase }) || phase === 'finishing'

function Line(props: DictationBarProps & { readonly state: Slow }) {
  const { store, state } = props
  const t = useWords(dictationWords)
  const discard = (
    <Button
      size="small"
      variant="ghost"
      onClick={() => {
        store.askDiscard()
        if (!store.getState().isAsking) props.onClosed()
      }}
    >
      {t('discard')}
    </Button>
  )
  if (state.phase === 'recording')
    return (
      <>
        <p role="status" className="sr-only">
          {t('recording')}
        </p>
        <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-danger" />
        <LevelMeter name={t('level')} level={store.level} className="h-5 w-28 text-danger" />
        <Timer store={store} />
        <div className="grow" />
        {discard}
        <InsertButton {...props} variant="primary" />
      </>
    )
  if (state.phase === 'failed') return <Failed {...props} discard={discard} />
  if (state.phase === 'done')
    return (
      <>
        <p role="status" className="text-xs text-muted">
          {t('done', { time: clockOf(store.getState().seconds) })}
        </p>
        <div className="flex min-w-0 flex-1 flex-wrap justify-end gap-x-1">
          <Deeds {...props} />
          <Close {...props} />
        </div>
      </>
    )
  return (
    <>
      <Spinner />
      <p role="status" className="text-xs text-muted">
        {t(state.phase === 'idle' ? 'waiting' : state.phase)}
      </p>
      {state.phase === 'arming' ? null : <Timer store={store} />}
      <div className="grow" />
      {discard}
    </>
  )
}

function Failed(props: DictationBarProps & { readonly state: Slow; readonly discard: ReactNode }) {
  const { store, state } = props
  const t = useWords(dictationWords)
  const { trouble, view } = state
  if (!trouble) return null
  const isStored = trouble.kind === 'unwritten'
  return (
    <>
      <p role="alert" className={isStored ? 'min-w-0 basis-full text-sm' : 'min-w-0 flex-1 basis-60 text-sm'}>
        {troubleSentence(t, trouble, props.platform)}
      </p>
      {isStored ? (
        <>
          <Timer store={store} />
          <div className="ml-auto flex min-w-0 flex-1 flex-wrap justify-end gap-x-1 gap-y-1.5">
            {props.discard}
            <Deeds {...props} />
            {view && wholeText(view) !== '' ? <InsertButton {...props} variant="secondary" /> : null}
            <Button size="small" variant="primary" className="ml-1.5" onClick={() => store.retry()}>
              {t('retry')}
            </Button>
          </div>
        </>
      ) : (
        <>
          {trouble.kind === 'denied' ? (
            <Button size="small" onClick={props.onOpenSettings}>
              {t('openSettings')}
            </Button>
          ) : null}
          <Close {...props} />
        </>
      )}
    </>
  )
}

function InsertButton(props: DictationBarProps & { readonly variant: 'primary' | 'secondary' }) {
  const t = useWords(dictationWords)
  return (
    <Button
      size="small"
      variant={props.variant}
      onClick={() => {
        props.store.insert()
        props.onClosed()
      }}
    >
      {t('insert')}
    </Button>
  )
}

/** What else can be done with what was said. */
function Deeds(props: DictationBarProps & { readonly state: Slow }) {
  const t = useWords(dictationWords)
  const { view } = props.state
  if (!view) return null
  return (
    <>
      <Button size="small" variant="ghost" onClick={() => props.onKeep(view)}>
        {t('keep')}
      </Button>
      <Button size="small" variant="ghost" onClick={() => props.onAsk(view)}>
        {t('ask')}
      </Button>
    </>
  )
}

function Close({ store, onClosed }: DictationBarProps) {
  const t = useWords(dictationWords)
  return (
    <IconButton
      name={t('dismiss')}
      size="small"
      side="top"
      icon={<X size={14} aria-hidden="true" />}
      onClick={() => {
        store.dismiss()
        onClosed()
      }}
    />
  )
}

function Timer({ store }: Pick<DictationBarProps, 'store'>) {
  const t = useWords(dictationWords)
  const time = clockOf(useStore(store, (state) => state.seconds))
  return (
    <span
      role="timer"
      aria-label={t('time')}
      // A box of its own size: each second draws these figures alone.
      className="h-4 text-xs leading-4 text-muted tabular-nums [contain:strict]"
      style={{ width: `${time.length}ch` }}
    >
      {time}
    </span>
  )
}
