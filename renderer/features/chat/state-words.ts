import { faultWords } from '../../lib/fault-words'
import type { Say } from '../../lib/words'
import type { RunState } from './run-state'
import type { chatWords } from './words'

/** A run's state in a few words. */
export function stateWords(state: RunState, say: Say<(typeof chatWords)['words']>): string {
  switch (state.kind) {
    case 'waiting':
      return say('state.waiting', { model: state.model })
    case 'approval':
      return state.tools.length === 0
        ? say('state.approval')
        : say('state.approvalOf', { tools: state.tools.join(', ') })
    case 'stopped':
      return say(state.hasText ? 'state.stoppedKept' : 'state.stopped')
    case 'failed':
      return say('state.failed', { what: state.fault ? faultWords(state.fault).title : say('notFinished') })
    default:
      return say(`state.${state.kind}`)
  }
}
