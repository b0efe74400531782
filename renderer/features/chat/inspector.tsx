import type { Message } from '@contract/message'
import { formatMoment } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { FactList } from './fact-list'
import { receiptFacts } from './receipt-facts'
import { runStateOf } from './run-state'
import { stateWords } from './state-words'
import { chatWords } from './words'

/** Everything that is known of the run behind an answer. */
export function RunInspector({ message }: { readonly message: Message | null }) {
  const say = useWords(chatWords)
  const locale = formatLocale()
  if (message?.role !== 'assistant') return <p className="text-sm text-muted">{say('inspectNothing')}</p>
  const facts = message.receipt
    ? receiptFacts(message.receipt, say, locale).map(([key, value]) => [say(key), value] as const)
    : []
  return (
    <FactList
      facts={[
        [say('facts.status'), stateWords(runStateOf(message, null), say)],
        [say('facts.started'), formatMoment(message.created_at_ms, locale)],
        ...facts,
        ...(message.run_id ? [[say('facts.run'), message.run_id] as const] : []),
      ]}
    />
  )
}
