import type { Answer } from '@contract/fault'
import { tellFault } from '../../ui/tell-fault'

/** Waits for an answer and says so when it is a fault. */
export async function attempt<T>(asked: Promise<Answer<T>>): Promise<T | undefined> {
  const answer = await asked
  if (answer.ok) return answer.value
  tellFault(answer.fault)
  return undefined
}
