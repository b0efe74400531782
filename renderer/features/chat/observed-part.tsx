import type { Observed } from '@contract/attached'
import type { microphoneSource as Contracted } from '@contract/recordings'
import { AppWindow, Camera, Maximize2, Mic } from 'lucide-react'
import { formatDuration, formatMoment } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { AudioPlayer } from '../../ui/player/audio-player'
import { useChat } from './chat-context'
import { observedWords } from './observed-words'

/** This computer's own, whose name says nothing new. */
const ownMicrophone: typeof Contracted = 'microphone'

const icons = { microphone_segment: Mic, screen_snapshot: AppWindow, webcam_snapshot: Camera } as const

/** What a run was given beside the person's words, a card each, in the order in which the model has them. */
export function ObservedParts({ parts }: { readonly parts: readonly Observed[] }) {
  const say = useWords(observedWords)
  if (parts.length === 0) return null
  const ids = parts.map(({ asset }) => asset.asset_id)
  return (
    <ul aria-label={say('observed')} className="mb-1 flex w-full flex-wrap justify-end gap-2">
      {parts.map((part) => (
        <li key={part.observation_id} className="max-w-full">
          <ObservedPart part={part} siblings={ids} />
        </li>
      ))}
    </ul>
  )
}

interface CardProps {
  readonly part: Observed
  readonly siblings: readonly Observed['asset']['asset_id'][]
}

function ObservedPart(props: CardProps) {
  return props.part.asset.media_type.startsWith('audio/') ? (
    <ObservedSound {...props} />
  ) : (
    <ObservedFile {...props} />
  )
}

/** What was heard can be heard, and reads as the model had it. */
function ObservedSound({ part, siblings }: CardProps) {
  const say = useWords(observedWords)
  const { onOpenAsset } = useChat()
  const { asset, text_asset_id, source_kind, source_id, captured_at_ms } = part
  const Icon = icons[source_kind]
  const facts = [
    say(source_kind),
    formatMoment(captured_at_ms, formatLocale()),
    ...(source_id === ownMicrophone ? [] : [source_id]),
  ]
  return (
    <AudioPlayer
      recording={text_asset_id === undefined ? asset : { ...asset, text_asset_id }}
      origin={
        <>
          <Icon size={13} aria-hidden="true" className="shrink-0" />
          <span className="min-w-0 truncate">{facts.join(' · ')}</span>
        </>
      }
      actions={
        <IconButton
          name={say('open', { kind: say(source_kind), name: asset.file_name })}
          size="small"
          icon={<Maximize2 size={14} aria-hidden="true" />}
          onClick={() => onOpenAsset(asset.asset_id, siblings)}
        />
      }
    />
  )
}

function ObservedFile({ part, siblings }: CardProps) {
  const say = useWords(observedWords)
  const { onOpenAsset } = useChat()
  const { asset, source_kind, source_id, captured_at_ms } = part
  const locale = formatLocale()
  const Icon = icons[source_kind]
  const facts = [
    formatMoment(captured_at_ms, locale),
    ...(asset.duration_ms === undefined ? [] : [formatDuration(asset.duration_ms, locale)]),
    source_id,
  ]
  return (
    <button
      type="button"
      aria-label={say('open', { kind: say(source_kind), name: asset.file_name })}
      onClick={() => onOpenAsset(asset.asset_id, siblings)}
      className="flex w-72 max-w-full items-center gap-3 rounded-lg border border-line bg-surface px-3 py-2 text-left hover:bg-hover"
    >
      <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-hover text-muted">
        <Icon size={16} aria-hidden="true" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm">
          {say(source_kind)} · {asset.file_name}
        </span>
        <span className="block truncate text-xs text-faint">{facts.join(' · ')}</span>
      </span>
    </button>
  )
}
