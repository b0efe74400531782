import type { RunId } from '@contract/ids'
import { CircleSlash, Hourglass, PlugZap, RotateCcw, Scissors } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { faultCatalogue, faultWords, type FaultWords } from '../../lib/fault-words'
import { useNow } from '../../lib/use-now'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { FaultWays } from '../../ui/fault-ways'
import { Spinner } from '../../ui/spinner'
import { attempt } from './attempt'
import { useChat } from './chat-context'
import { canRetry, type RunState } from './run-state'
import { stateWords } from './state-words'
import { useRetryWithModel } from './use-retry-with-model'
import { chatWords } from './words'

/** The state of the run behind an answer: always a status for who listens, visible when it says something. */
export function RunStatus({ state, runId }: { readonly state: RunState; readonly runId: RunId | null }) {
  const say = useWords(chatWords)
  switch (state.kind) {
    case 'complete':
      return <Unseen>{say('state.complete')}</Unseen>
    case 'streaming':
      return <Unseen>{say('state.streaming')}</Unseen>
    case 'working':
      return <Unseen>{say('state.working')}</Unseen>
    case 'approval':
      return (
        <Quiet icon={<Hourglass size={14} aria-hidden="true" className="text-warn" />}>
          {stateWords(state, say)}
        </Quiet>
      )
    case 'waiting':
      return <Quiet icon={<Spinner />}>{say('state.waiting', { model: state.model })}</Quiet>
    case 'queued':
    case 'connecting':
    case 'question':
      return <Quiet icon={<Spinner />}>{say(`state.${state.kind}`)}</Quiet>
    case 'atLimit':
    case 'filtered':
      return <Quiet icon={<Scissors size={14} aria-hidden="true" />}>{say(`state.${state.kind}`)}</Quiet>
    case 'retrying':
      return <Retrying atMs={state.atMs} />
    case 'stopped':
      return (
        <Quiet icon={<CircleSlash size={14} aria-hidden="true" />}>
          {say(state.hasText ? 'state.stoppedKept' : 'state.stopped')}
        </Quiet>
      )
    case 'interrupted':
      return (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Quiet icon={<PlugZap size={14} aria-hidden="true" />}>{say('state.interrupted')}</Quiet>
          <Retry runId={runId} />
        </div>
      )
    case 'failed':
      return <Failed state={state} runId={runId} />
  }
}

/** Counts the seconds for the eye; who listens is told once. */
function Retrying({ atMs }: { readonly atMs: number | undefined }) {
  const say = useWords(chatWords)
  const now = useNow(250)
  const count = atMs === undefined ? 0 : Math.ceil((atMs - now) / 1000)
  return (
    <Quiet icon={<Spinner />}>
      <span className={count > 1 ? 'sr-only' : undefined}>{say('state.retrying')}</span>
      {count > 1 ? <span aria-hidden="true">{say('state.retryingIn', { count })}</span> : null}
    </Quiet>
  )
}

function Failed(props: { readonly state: RunState & { kind: 'failed' }; readonly runId: RunId | null }) {
  const say = useWords(chatWords)
  const sayFault = useWords(faultCatalogue)
  const retryWithModel = useRetryWithModel()
  const { fault } = props.state
  const words: FaultWords = fault ? faultWords(fault, sayFault) : { title: '', body: '', offers: ['retry'] }
  const isWorthIt = canRetry(fault)
  const affordable = fault?.code === 'provider_error' ? fault.affordable_tokens : undefined
  return (
    <Callout
      role="status"
      tone="danger"
      title={say('state.failed', { what: words.title || say('notFinished') })}
      actions={
        <>
          {isWorthIt ? <Retry runId={props.runId} /> : null}
          {affordable === undefined ? null : <Retry runId={props.runId} maxTokens={affordable} />}
          <FaultWays offers={words.offers} />
          {words.offers.includes('open-models') ? (
            <Button size="small" onClick={() => retryWithModel(props.runId)}>
              {say('chooseModel')}
            </Button>
          ) : null}
          {isWorthIt ? null : <Retry runId={props.runId} />}
        </>
      }
    >
      {words.body} {say(isWorthIt ? 'canRetry' : 'cannotRetry')}
      {words.said === undefined ? null : (
        <p className="mt-1.5 border-s-2 border-danger/40 ps-2.5 text-xs">
          <span className="sr-only">{say('providerSaid')} </span>
          {words.said}
        </p>
      )}
    </Callout>
  )
}

interface RetryProps {
  readonly runId: RunId | null
  /** Asks for an answer that is no longer than this. */
  readonly maxTokens?: number
}

/** The same request on the same route and model. */
function Retry({ runId, maxTokens }: RetryProps) {
  const say = useWords(chatWords)
  const { store } = useChat()
  const [isBusy, setBusy] = useState(false)
  if (!runId) return null
  return (
    <Button
      size="small"
      busy={isBusy}
      icon={<RotateCcw size={13} aria-hidden="true" />}
      onClick={() => {
        setBusy(true)
        const change = maxTokens === undefined ? {} : { max_tokens: maxTokens }
        void attempt(store.retry(runId, change)).finally(() => setBusy(false))
      }}
    >
      {say(maxTokens === undefined ? 'retry' : 'retryShorter')}
    </Button>
  )
}

function Quiet({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <p role="status" className="flex min-h-7 items-center gap-2 text-sm text-muted">
      {icon}
      {children}
    </p>
  )
}

const Unseen = ({ children }: { readonly children: ReactNode }) => (
  <p role="status" className="sr-only">
    {children}
  </p>
)
