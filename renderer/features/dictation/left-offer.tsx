import { useStore } from 'zustand'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { clockOf } from './clock'
import { isComing as isStillComing, wholeText } from './dictation'
import type { DictationStore } from './dictation-store'
import { dictationWords } from './words'

/** A dictation whose text nobody has taken: the oldest, and then the next. */
export function LeftOffer({
  store,
  draft,
  onInserted,
}: {
  readonly store: DictationStore
  /** What stands in the box. */
  readonly draft: string
  readonly onInserted: () => void
}) {
  const view = useStore(store, ({ left }) => left[0])
  const t = useWords(dictationWords)
  if (!view) return null
  const id = view.recording_id
  const text = wholeText(view)
  const isComing = isStillComing(view)
  const isMissing = view.segments.some(({ state }) => state !== 'heard' && state !== 'silent')
  const time = clockOf(Math.round(view.duration_ms / 1000))
  return (
    <Callout
      role="status"
      className="mb-2"
      actions={
        <>
          {text === '' || isComing ? null : (
            <Button
              size="small"
              variant={isMissing ? 'secondary' : 'primary'}
              onClick={() => {
                store.insertLeft(id, draft)
                onInserted()
              }}
            >
              {t('insert')}
            </Button>
          )}
          {isMissing && !isComing ? (
            <Button size="small" variant="primary" onClick={() => store.retryLeft(id)}>
              {t('retry')}
            </Button>
          ) : null}
          <Button size="small" variant="ghost" onClick={() => store.discardLeft(id)}>
            {t('discard')}
          </Button>
        </>
      }
    >
      <p>{t(isComing ? 'leftWaiting' : 'left', { time })}</p>
      {text === '' ? null : <p className="line-clamp-2 text-muted">{text}</p>}
    </Callout>
  )
}
