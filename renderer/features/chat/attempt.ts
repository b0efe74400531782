import type { Answer } from '@contract/fault'
import { wayOut } from '../../lib/fault-offers'
import { faultWords } from '../../lib/fault-words'
import { toast } from '../../ui/toast'

/** Waits for an answer and says so when it is a fault. */
export async function attempt<T>(asked: Promise<Answer<T>>): Promise<T | undefined> {
  const answer = await asked
  if (answer.ok) return answer.value
  const words = faultWords(answer.fault)
  toast({
    title: words.title,
    ...(words.body ? { body: words.body } : {}),
    tone: 'danger',
    ...wayOut(words),
  })
  return undefined
}
