import type { Say } from '../../lib/words'
import type { DictationState } from './dictation'
import { noticeSentence, troubleSentence } from './trouble-words'
import type { dictationWords } from './words'

export interface Sign {
  readonly title: string
  readonly body: string
  readonly is_silent: boolean
}

/** What somebody in front of another program has to know of the dictation that was begun there; null: nothing. */
export function signOf(
  say: Say<(typeof dictationWords)['words']>,
  { phase, trouble, notice, isElsewhere, isUntyped }: DictationState,
  platform: string,
): Sign | null {
  if (!isElsewhere) return null
  if (phase === 'failed' && trouble)
    return { title: say('signFailed'), body: troubleSentence(say, trouble, platform), is_silent: false }
  if (isUntyped) return { title: say('signUntyped'), body: say('signInBox'), is_silent: false }
  if (phase !== 'recording') return null
  const body = notice ? noticeSentence(say, notice) : say('signEnd')
  return { title: say('recording'), body, is_silent: notice === null }
}
