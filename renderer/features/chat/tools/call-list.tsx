import type { Message } from '@contract/message'
import { formatDuration, formatUsd } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { chatWords } from '../words'
import { stateWords } from './call-state'
import { failureOf } from './failure-of'
import { readCall } from './read-call'
import { titleOf } from './tool-title'
import { toolWords } from './tool-words'

/** The tools behind an answer, one line each: what it was, how it ended, how long it took and what it cost. */
export function CallList({ message }: { readonly message: Pick<Message, 'parts' | 'status'> }) {
  const sayChat = useWords(chatWords)
  const say = useWords(toolWords)
  const locale = formatLocale()
  const calls = message.parts.filter((part) => part.kind === 'tool_call')
  if (calls.length === 0) return null
  return (
    <section>
      <h3 className="text-xs text-faint">{sayChat('toolCalls')}</h3>
      <ul className="mt-1.5 flex flex-col gap-1 text-xs">
        {calls.map((call) => {
          const failure = failureOf(call, message.status)
          const { duration_ms, cost_usd } = call.facts ?? {}
          const facts = [
            stateWords({ call, failure, progress: undefined }, say),
            duration_ms === undefined ? '' : formatDuration(duration_ms, locale),
            cost_usd === undefined ? '' : formatUsd(cost_usd, locale),
          ]
          return (
            <li key={call.call_id} className="flex justify-between gap-3">
              <span className="truncate">{titleOf(readCall(call), call.name, say)}</span>
              <span className="shrink-0 text-faint tabular-nums">{facts.filter(Boolean).join(' · ')}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
