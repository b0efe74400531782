import { ArrowUp, ImagePlus, SlidersHorizontal, Square } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { AttachButton } from './attachments/attach-button'
import { pictureWords } from './picture/picture-words'
import { Tuned } from './tuned'
import { composerWords } from './words'

/** What the buttons do. It stays the same object: they are not drawn at every key. */
export interface ComposerDoors {
  readonly files: (files: readonly File[]) => void
  readonly picture: () => void
  readonly tune: () => void
  readonly untune: () => void
  readonly stop: () => void
  readonly send: () => void
}

export interface ComposerBarProps {
  readonly doors: ComposerDoors
  readonly attachKeys: string
  readonly pictureKeys: string
  readonly isPicture: boolean
  readonly dictate: ReactNode
  readonly isTuned: boolean
  readonly busy: boolean
  /** There is something to send; it may have to wait. */
  readonly hasContent: boolean
  readonly waitsFor: string | null
  readonly sendWith: 'enter' | 'mod_enter'
}

/** The buttons below what is written. */
export const ComposerBar = memo(function ComposerBar(props: ComposerBarProps) {
  const { doors, busy, hasContent, waitsFor } = props
  const say = useWords(composerWords)
  const words = useWords(pictureWords)
  return (
    <div className="flex items-center gap-1.5 p-2 pt-1">
      <AttachButton keys={props.attachKeys} onFiles={doors.files} />
      <IconButton
        name={words('make')}
        keys={props.pictureKeys}
        side="top"
        aria-pressed={props.isPicture}
        className="aria-pressed:bg-selected aria-pressed:text-accent-ink"
        icon={<ImagePlus size={15} aria-hidden="true" />}
        onClick={doors.picture}
      />
      {props.dictate}
      <IconButton
        name={say('tune')}
        side="top"
        icon={<SlidersHorizontal size={15} aria-hidden="true" />}
        onClick={doors.tune}
      />
      {props.isTuned ? <Tuned onOpen={doors.tune} onForget={doors.untune} /> : null}
      <div className="grow" />
      {busy ? (
        <IconButton
          name={say('stop')}
          keys="Escape"
          variant="secondary"
          side="top"
          className="rounded-full"
          icon={<Square size={12} fill="currentColor" aria-hidden="true" />}
          onClick={doors.stop}
        />
      ) : null}
      {busy && !hasContent ? null : (
        <IconButton
          name={say('send')}
          keys={props.sendWith === 'enter' ? 'Enter' : '$mod+Enter'}
          variant="primary"
          side="top"
          className="rounded-full"
          icon={<ArrowUp size={16} aria-hidden="true" />}
          disabled={!hasContent || waitsFor !== null}
          focusableWhenDisabled
          aria-description={hasContent && waitsFor !== null ? waitsFor : undefined}
          onClick={doors.send}
        />
      )}
    </div>
  )
})
