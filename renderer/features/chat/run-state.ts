import type { Fault } from '@contract/fault'
import type { Message } from '@contract/message'
import type { RunView } from '@contract/runs'

/** How an answer stands, in the words of a person. */
export type RunState =
  | {
      readonly kind: 'queued' | 'connecting' | 'streaming' | 'working' | 'question' | 'complete'
    }
  /** Names of the tools that wait for a decision, as far as they are known. */
  | { readonly kind: 'approval'; readonly tools: readonly string[] }
  /** Whole as far as it goes, but the model's limit or the provider's filter ended it. */
  | { readonly kind: 'atLimit' | 'filtered' }
  | { readonly kind: 'waiting'; readonly model: string }
  /** `atMs`: when the next attempt begins. */
  | { readonly kind: 'retrying'; readonly atMs: number | undefined }
  /** The person stopped it. */
  | { readonly kind: 'stopped'; readonly hasText: boolean }
  /** The app was closed or killed. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'failed'; readonly fault: Fault | undefined }

/** From the answer and its run; either may be all there is. */
export function runStateOf(message: Message | null, run: RunView | null): RunState {
  // Between pressing Send and the daemon's word there is neither.
  const status = run?.status ?? message?.status ?? (message ? 'completed' : 'running')
  const fault = message?.fault ?? run?.error
  switch (status) {
    case 'queued':
      return { kind: 'queued' }
    case 'running':
      return runningState(message, run)
    case 'waiting_for_approval':
      return { kind: 'approval', tools: waitingIn(message, run) }
    case 'waiting_for_user_question':
      return { kind: 'question' }
    case 'failed':
      return { kind: 'failed', fault }
    case 'interrupted':
      if (fault?.code === 'daemon_restarted' || fault?.code === 'daemon_stopping')
        return { kind: 'interrupted' }
      return { kind: 'stopped', hasText: hasArrived(message) }
    case 'cancelled':
      return { kind: 'stopped', hasText: hasArrived(message) }
    case 'completed':
      return completedState((message?.receipt ?? run?.receipt)?.finish_reason)
  }
}

/** Something of an answer is there: calls of tools are not. */
const hasArrived = (message: Message | null): boolean =>
  message?.parts.some(({ kind }) => kind !== 'tool_call') ?? false

function completedState(reason: string | undefined): RunState {
  if (reason === 'length') return { kind: 'atLimit' }
  return { kind: reason === 'content_filter' ? 'filtered' : 'complete' }
}

function runningState(message: Message | null, run: RunView | null): RunState {
  switch (run?.progress) {
    case 'connecting':
      return { kind: 'connecting' }
    case 'waiting_for_provider':
      return { kind: 'waiting', model: run.request.model }
    case 'retrying':
      return { kind: 'retrying', atMs: run.retry_at_ms }
    case 'running_tools':
      return { kind: 'working' }
    default:
      if (isWorking(message)) return { kind: 'working' }
      return (message?.parts.length ?? 0) > 0 ? { kind: 'streaming' } : { kind: 'connecting' }
  }
}

/** The last thing in it is a call that runs. */
function isWorking(message: Message | null): boolean {
  const last = message?.parts.at(-1)
  return last?.kind === 'tool_call' && last.state === 'running'
}

function waitingIn(message: Message | null, run: RunView | null): readonly string[] {
  const asked = run?.pending_approvals?.map(({ tool_name }) => tool_name)
  const parts = message?.parts ?? []
  const waiting = parts.flatMap((part) =>
    part.kind === 'tool_call' && part.state === 'waiting' ? [part.name] : [],
  )
  return [...new Set(asked ?? waiting)]
}

export const isLive = ({ kind }: RunState): boolean => !over.has(kind)

const over = new Set<RunState['kind']>([
  'complete',
  'atLimit',
  'filtered',
  'stopped',
  'interrupted',
  'failed',
])

/** Whether the same request has a chance the next time. Only the place where a fault is born knows. */
export const canRetry = (fault: Fault | undefined): boolean =>
  fault === undefined ||
  (fault.code === 'provider_error' ? fault.retryable : !askingAgainIsVain.has(fault.code))

const askingAgainIsVain = new Set<Fault['code']>([
  'input_empty',
  'input_shape_conflict',
  'capability_unsupported',
])
