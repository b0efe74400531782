import { useEffect, useState } from 'react'
import type { Recording } from '../../lib/sound/recording'
import { useWords } from '../../lib/words'
import { Button } from '../button'
import { Spinner } from '../spinner'
import { usePlayer, type Transcript } from './player-doors'
import { playerWords } from './player-words'

/** The words of a recording, or a way to get them. */
export function TranscriptText({ id, recording }: { readonly id: string; readonly recording: Recording }) {
  const say = useWords(playerWords)
  const { transcriptOf, onTranscript, transcribe } = usePlayer()
  const { words } = recording
  const { asset_id: assetId, text_asset_id: textId = assetId, text_byte_length: length } = recording
  const [found, setFound] = useState<Transcript | 'reading' | 'making'>('reading')
  useEffect(() => {
    let isLeft = false
    const look = async (): Promise<void> => {
      const told = await transcriptOf(textId)
      if (isLeft) return
      setFound(told.is === 'none' && words !== undefined ? { is: 'text', text: words, isCut: false } : told)
    }
    void look()
    const undo = onTranscript(assetId, () => void look())
    return () => {
      isLeft = true
      undo()
    }
  }, [transcriptOf, onTranscript, assetId, textId, length, words])
  const make = async (): Promise<void> => {
    setFound('making')
    setFound(await transcribe(assetId))
  }
  return (
    <div
      id={id}
      role="group"
      aria-label={say('transcript')}
      tabIndex={0}
      className="selectable mt-2 max-h-48 overflow-y-auto border-t border-line pt-2 text-sm -outline-offset-2"
    >
      {found === 'reading' || found === 'making' ? (
        <p role="status" className="flex items-center gap-2 text-xs text-muted">
          <Spinner /> {say(found)}
        </p>
      ) : found.is === 'text' ? (
        <>
          <p className="whitespace-pre-wrap wrap-anywhere">
            {found.text.trim() === '' ? say('silent') : found.text}
          </p>
          {found.isCut ? <p className="mt-1 text-xs text-faint">{say('cut')}</p> : null}
        </>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-2 text-xs text-muted">
          <p
            role={found.is === 'failed' ? 'alert' : undefined}
            className="min-w-0 flex-1 basis-40 wrap-anywhere"
          >
            {found.is === 'none' ? say('none') : [found.title, found.body].filter(Boolean).join('. ')}
          </p>
          <Button size="small" onClick={() => void make()}>
            {say(found.is === 'none' ? 'make' : 'retry')}
          </Button>
        </div>
      )}
    </div>
  )
}
