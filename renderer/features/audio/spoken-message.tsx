import type { Message } from '@contract/message'
import { ChevronRight } from 'lucide-react'
import { useId, useState, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { AudioPlayer } from '../../ui/player/audio-player'
import { usePlayer } from '../../ui/player/player-doors'
import { Spinner } from '../../ui/spinner'
import { audioWords } from './audio-words'
import type { ReadAloud } from './reading/create-read-aloud'
import { readingOf } from './reading/reading'
import { spokenSet } from './reading/spoken-set'

const any = { model: '', voice: '' }

/** Below a message: how far its speech is, why there is none, and what was made of it, folded. */
export function SpokenMessage({ store, message }: { readonly store: ReadAloud; readonly message: Message }) {
  const { message_id: id } = message
  const isMaking = useStore(store, (state) => readingOf(state, id)?.isWhole === false)
  const fault = useStore(store, (state) => state.faults.get(id))
  const parts = spokenSet(message.spoken, any).parts.filter((part) => part !== undefined)
  if (!isMaking && !fault && parts.length === 0) return null
  return (
    <div className="flex flex-col items-start gap-2">
      {isMaking ? <Making store={store} message={message} /> : null}
      {fault ? <Failed store={store} message={message} fault={fault} /> : null}
      {parts.length > 0 ? <Spoken voice={parts[0]?.voice ?? ''} parts={parts} /> : null}
    </div>
  )
}

type Props = Parameters<typeof SpokenMessage>[0]

function Making({ store, message }: Props) {
  const say = useWords(audioWords)
  const progress = useStore(store, (state) => readingOf(state, message.message_id)?.progress)
  return (
    <p role="status" className="flex items-center gap-2 text-xs text-muted">
      <Spinner />
      {progress && progress.all > 1 ? say('makingPart', { ...progress }) : say('making')}
    </p>
  )
}

function Failed({ store, message, fault }: Props & { readonly fault: Parameters<typeof faultWords>[0] }) {
  const say = useWords(audioWords)
  const words = faultWords(fault, useWords(faultCatalogue))
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-danger">
      <span className="min-w-0 wrap-anywhere">
        {say('failed')} {[words.title, words.body].filter(Boolean).join('. ')}
      </span>
      <Button size="small" onClick={() => store.read(message)}>
        {say('retry')}
      </Button>
    </div>
  )
}

function Spoken(props: { readonly voice: string; readonly parts: NonNullable<Message['spoken']> }) {
  const say = useWords(audioWords)
  const [isUnfolded, setOpen] = useState(false)
  const body = useId()
  // It needs a press, or says that it can't be played.
  const isOpen = useIsStuck(props.parts) || isUnfolded
  return (
    <div className="max-w-full">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? body : undefined}
        onClick={() => setOpen(!isOpen)}
        className="flex h-7 items-center gap-1 rounded-sm text-xs text-muted hover:text-ink"
      >
        <ChevronRight size={13} aria-hidden="true" className={isOpen ? 'rotate-90' : undefined} />
        {say('spoken', { voice: props.voice })}
      </button>
      {isOpen ? (
        <div id={body} className="mt-1 flex flex-col gap-2">
          {props.parts.map(({ asset }) => (
            <AudioPlayer key={asset.asset_id} recording={asset} hasNoTranscript />
          ))}
        </div>
      ) : null}
    </div>
  )
}

function useIsStuck(parts: NonNullable<Message['spoken']>): boolean {
  const { sound } = usePlayer()
  return useSyncExternalStore(sound.subscribe, () => {
    const { recording, phase } = sound.state()
    const isHere = parts.some(({ asset }) => asset.asset_id === recording?.asset_id)
    return isHere && (phase === 'refused' || phase === 'failed')
  })
}
