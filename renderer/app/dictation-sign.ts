import { signOf, type Sign } from '../features/dictation/sign'
import { dictationWords } from '../features/dictation/words'
import { say } from '../lib/words'
import type { App } from './app-store'

/** Shows outside the window how a dictation stands that was begun outside. Returns the undo. */
export function signElsewhere({ client, dictation }: App): () => void {
  let shown: Sign | null = null
  return dictation.subscribe((state) => {
    const sign = signOf(say(dictationWords), state, client.platform)
    if (sign?.title === shown?.title && sign?.body === shown?.body) return
    shown = sign
    void client.ask['app.signElsewhere']({ sign })
  })
}
