import { wayOut } from '../lib/fault-offers'
import { faultWords } from '../lib/fault-words'
import { toast } from './toast'

/** Says a fault in passing, where nothing on screen is its place. */
export function tellFault(fault: Parameters<typeof faultWords>[0]): void {
  const words = faultWords(fault)
  toast({
    title: words.title,
    ...(words.body ? { body: words.body } : {}),
    tone: 'danger',
    timeoutMs: 10_000,
    ...wayOut(words),
  })
}
