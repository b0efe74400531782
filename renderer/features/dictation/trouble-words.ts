import { faultWords } from '../../lib/fault-words'
import type { Say } from '../../lib/words'
import type { DictationNotice, DictationTrouble } from './dictation'
import type { dictationWords } from './words'

type SayDictation = Say<(typeof dictationWords)['words']>

const places = { darwin: 'mac', win32: 'windows' } as const

/** Where a person allows the microphone on this system. */
export const whereAllowed = (say: SayDictation, platform: string): string =>
  say(`where.${platform === 'darwin' || platform === 'win32' ? places[platform] : 'other'}`)

/** What happened, what is safe and what to do. */
export function troubleSentence(say: SayDictation, trouble: DictationTrouble, platform: string): string {
  if (trouble.kind === 'denied') return say('trouble.denied', { where: whereAllowed(say, platform) })
  if (trouble.kind !== 'notKept' && trouble.kind !== 'unwritten') return say(`trouble.${trouble.kind}`)
  const told = trouble.fault && faultWords(trouble.fault)
  const why = told ? [told.title, told.body].filter(Boolean).map(asSentence).join(' ') : ''
  return say(`trouble.${trouble.kind}`, { why }).trim()
}

const asSentence = (words: string): string => (/[.!?…]$/.test(words) ? words : `${words}.`)

export function noticeSentence(say: SayDictation, notice: DictationNotice): string {
  if (notice.kind !== 'other') return say(`notice.${notice.kind}`)
  return notice.label === '' ? say('notice.otherUnnamed') : say('notice.other', { label: notice.label })
}
