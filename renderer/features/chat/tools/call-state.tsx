import { Ban, Check, CircleSlash, HelpCircle, Hourglass, TriangleAlert } from 'lucide-react'
import { useRef } from 'react'
import { formatDuration } from '../../../lib/format'
import { useNow } from '../../../lib/use-now'
import { formatLocale, useWords, type Say } from '../../../lib/words'
import { Spinner } from '../../../ui/spinner'
import type { CallProgress } from '../call-progress'
import type { CallFailure } from './failure-of'
import type { ToolCallPart } from './read-call'
import { toolWords } from './tool-words'

export interface CallStateProps {
  readonly call: ToolCallPart
  readonly failure: CallFailure | undefined
  readonly progress: CallProgress | undefined
  /** It needs no decision, but others of its turn do (contract 9.8). */
  readonly isHeld?: boolean
}

/** How a call stands: a picture for the eye, a word, and how long it takes or took. */
export function CallState({ call, failure, progress, isHeld = false }: CallStateProps) {
  const say = useWords(toolWords)
  const { facts, state } = call
  const isRunning = !failure && state === 'running'
  return (
    <span className="ml-auto flex shrink-0 items-center gap-1.5 text-xs text-muted tabular-nums">
      <StateIcon state={state} failure={failure} isHeld={isHeld} />
      <span className={state === 'done' && !failure ? 'sr-only' : undefined}>
        {isHeld ? say('states.held') : stateWords({ call, failure, progress }, say)}
      </span>
      {isRunning ? <Elapsed since={facts?.started_at_ms} /> : null}
      {isRunning || facts?.duration_ms === undefined ? null : (
        <span className="text-faint">{formatDuration(facts.duration_ms, formatLocale())}</span>
      )}
    </span>
  )
}

export function stateWords(
  { call, failure, progress }: CallStateProps,
  say: Say<(typeof toolWords)['words']>,
): string {
  if (failure) return say(`states.${failure.kind === 'error' ? 'failed' : failure.kind}`)
  if (call.state !== 'running' || !progress) return say(`states.${call.state}`)
  const isSpeech = call.name === 'generate_audio' && progress.stage === 'generating'
  const stage = say(`stages.${isSpeech ? 'speaking' : progress.stage}`)
  const { done, all } = progress
  if (all === undefined || all < 2) return `${stage}…`
  // The one that is being worked on, not those that are finished.
  return `${say('stageOf', { stage, done: Math.min(all, (done ?? 0) + 1), all })}…`
}

function StateIcon({
  state,
  failure,
  isHeld,
}: Pick<CallStateProps, 'failure' | 'isHeld'> & Pick<ToolCallPart, 'state'>) {
  const look = { size: 13, 'aria-hidden': true } as const
  if (isHeld) return <Hourglass {...look} className="text-faint" />
  if (failure?.kind === 'denied') return <Ban {...look} className="text-warn" />
  if (failure?.kind === 'unknown') return <HelpCircle {...look} className="text-warn" />
  if (failure?.kind === 'error') return <TriangleAlert {...look} className="text-danger" />
  if (failure) return <CircleSlash {...look} className="text-faint" />
  return state === 'done' ? <Check {...look} className="text-good" /> : <Spinner />
}

/** Whole seconds since it began, or since it was first seen. */
function Elapsed({ since }: { readonly since: number | undefined }) {
  const seen = useRef(Date.now())
  const now = useNow(1_000)
  const seconds = Math.floor((now - (since ?? seen.current)) / 1000)
  if (seconds < 1) return null
  return <span className="text-faint">{formatDuration(seconds * 1000, formatLocale())}</span>
}
