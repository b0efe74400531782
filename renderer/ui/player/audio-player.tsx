import { ChevronRight, Download, Pause, Play } from 'lucide-react'
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { clockOf, playbackSpeeds, speedBeside } from '../../lib/sound/clock'
import { formatNumber } from '../../lib/format'
import { soundStep } from '../../lib/sound/media-keys'
import type { Recording } from '../../lib/sound/recording'
import { formatLocale, useWords } from '../../lib/words'
import { buttonLook } from '../button'
import { classNames } from '../class-names'
import { IconButton } from '../icon-button'
import { Select } from '../select'
import { Spinner } from '../spinner'
import { usePlayer, useSounding } from './player-doors'
import { playerWords } from './player-words'
import { TranscriptText } from './transcript'
import { Waveform } from './waveform'

export interface AudioPlayerProps {
  readonly recording: Recording
  /** Where it comes from, above its name. */
  readonly origin?: ReactNode
  /** More that can be done with it, beside `Save audio`. */
  readonly actions?: ReactNode
  /** Its words stand elsewhere already. */
  readonly hasNoTranscript?: boolean
  readonly className?: string
}

/** A recording that can be listened to. What plays goes on when it is scrolled away. */
export function AudioPlayer({ recording, origin, actions, hasNoTranscript, className }: AudioPlayerProps) {
  const say = useWords(playerWords)
  const { sound, onSave } = usePlayer()
  const { phase, place, duration, isLost } = useSounding(sound, recording)
  const [isOpen, setOpen] = useState(false)
  const text = useId()
  const isOn = phase === 'playing' || phase === 'loading'
  const toggle = (): void => (isOn ? sound.pause() : sound.play(recording))
  const onKeyDown = useKeys(recording, duration, toggle)
  const name = recording.file_name
  const controls = (
    <>
      <Speed />
      {actions}
      {isLost ? null : (
        <IconButton
          name={say('save')}
          size="small"
          icon={<Download size={14} aria-hidden="true" />}
          onClick={() => onSave(recording.asset_id)}
        />
      )}
    </>
  )
  return (
    <div
      role="group"
      aria-label={say('name', { name })}
      data-player={phase}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className={classNames(
        'w-112 max-w-full min-w-0 rounded-lg border border-line bg-surface px-3 pt-2.5 text-left text-ink outline-none',
        hasNoTranscript === true ? 'pb-2.5' : 'pb-2',
        className,
      )}
    >
      {origin === undefined ? null : (
        <p className="mb-2 flex items-center gap-1.5 text-xs text-muted">{origin}</p>
      )}
      <div className="flex items-center gap-3">
        <IconButton
          name={say(isOn ? 'pause' : 'play')}
          variant="primary"
          className="size-9 rounded-full"
          icon={
            phase === 'loading' ? (
              <Spinner />
            ) : isOn ? (
              <Pause size={16} fill="currentColor" aria-hidden="true" />
            ) : (
              <Play size={16} fill="currentColor" className="ml-0.5" aria-hidden="true" />
            )
          }
          onClick={toggle}
        />
        <div className="min-w-0 grow">
          <div className="flex items-baseline gap-3 text-xs leading-4">
            <span className="min-w-0 grow truncate font-medium" title={name}>
              {name}
            </span>
            <span className="shrink-0 text-muted tabular-nums">
              {clockOf(place)} / {clockOf(duration)}
            </span>
          </div>
          <div className="relative mt-1 h-9 rounded-xs outline-offset-2 outline-focus has-[:focus-visible]:outline-2">
            <Waveform recording={recording} share={duration > 0 ? place / duration : 0} />
            <input
              type="range"
              aria-label={say('seek')}
              aria-valuetext={say('place', { at: clockOf(place), of: clockOf(duration) })}
              min={0}
              max={Math.max(duration, 0.01)}
              step={0.01}
              value={Math.min(place, duration)}
              onChange={({ currentTarget }) => sound.seek(recording, currentTarget.valueAsNumber)}
              // Seen as the waveform that it lies on.
              className="absolute inset-0 m-0 size-full cursor-pointer opacity-0"
            />
          </div>
        </div>
        {hasNoTranscript === true ? (
          <div className="-mr-1.5 flex shrink-0 items-center">{controls}</div>
        ) : null}
      </div>
      {phase === 'failed' || phase === 'refused' ? (
        <p
          role="alert"
          className={classNames('mt-1 text-xs', phase === 'failed' ? 'text-danger' : 'text-muted')}
        >
          {say(isLost ? 'lost' : phase)}
        </p>
      ) : null}
      {hasNoTranscript === true ? null : (
        <div className="mt-1 -mr-1.5 -ml-1.5 flex items-center gap-1">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? text : undefined}
            onClick={() => setOpen(!isOpen)}
            className={classNames(buttonLook({ variant: 'ghost', size: 'small' }), 'gap-1 px-1.5')}
          >
            <ChevronRight size={13} aria-hidden="true" className={isOpen ? 'rotate-90' : undefined} />
            {say('transcript')}
          </button>
          <span className="grow" />
          {controls}
        </div>
      )}
      {isOpen ? <TranscriptText id={text} recording={recording} /> : null}
    </div>
  )
}

function Speed() {
  const say = useWords(playerWords)
  const { speed, onSpeed } = usePlayer()
  const speeds = [...new Set([...playbackSpeeds, speed])].sort((one, other) => one - other)
  const locale = formatLocale()
  return (
    <Select
      name={say('speed')}
      value={String(speed)}
      choices={speeds.map((each) => ({
        value: String(each),
        words: say('times', { speed: formatNumber(each, locale) }),
      }))}
      onChange={(next) => onSpeed(Number(next))}
      className="h-7 border-transparent bg-transparent px-1.5 text-xs text-muted tabular-nums shadow-none"
    />
  )
}

/** Space or K plays and pauses, arrows go five seconds, Home and End to the ends, comma and full stop change the speed. */
function useKeys(recording: Recording, duration: number, toggle: () => void) {
  const { sound, speed, onSpeed } = usePlayer()
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const target = event.target as HTMLElement
    // A list that is open, or text that scrolls, has keys of its own.
    const isOther =
      !event.currentTarget.contains(target) ||
      target.getAttribute('role') === 'combobox' ||
      (target.getAttribute('role') === 'group' && target !== event.currentTarget)
    const isButton = target instanceof HTMLButtonElement
    const move = (by: number) => () => sound.seek(recording, sound.placeOf(recording.asset_id) + by)
    const keys: Readonly<Record<string, () => void>> = {
      k: toggle,
      ',': () => onSpeed(speedBeside(speed, -1)),
      '.': () => onSpeed(speedBeside(speed, 1)),
      ...(isButton ? {} : { ' ': toggle }),
      ArrowLeft: move(-soundStep),
      ArrowRight: move(soundStep),
      ArrowDown: move(-soundStep),
      ArrowUp: move(soundStep),
      Home: () => sound.seek(recording, 0),
      End: () => sound.seek(recording, duration),
    }
    const run = isOther ? undefined : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }
}
