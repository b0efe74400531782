import type { AssetId } from '@contract/ids'
import type { Message } from '@contract/message'
import { formatMoment } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { CallList } from './tools/call-list'
import { hiddenAssets } from './tools/hidden-assets'
import { KeptPictures } from './tools/kept-pictures'
import { FactList } from './fact-list'
import { receiptFacts } from './receipt-facts'
import { runStateOf } from './run-state'
import { stateWords } from './state-words'
import { chatWords } from './words'

/** Everything that is known of the run behind an answer. */
export function RunInspector({
  message,
  onOpenAsset,
}: {
  readonly message: Message | null
  readonly onOpenAsset: (id: AssetId, siblings: readonly AssetId[]) => void
}) {
  const say = useWords(chatWords)
  const locale = formatLocale()
  if (message?.role !== 'assistant') return <p className="text-sm text-muted">{say('inspectNothing')}</p>
  const facts = message.receipt
    ? receiptFacts(message.receipt, say, locale).map(([key, value]) => [say(key), value] as const)
    : []
  return (
    <div className="flex flex-col gap-5">
      <FactList
        facts={[
          [say('facts.status'), stateWords(runStateOf(message, null), say)],
          [say('facts.started'), formatMoment(message.created_at_ms, locale)],
          ...facts,
          ...(message.run_id ? [[say('facts.run'), message.run_id] as const] : []),
        ]}
      />
      <CallList message={message} />
      <KeptPictures assets={hiddenAssets(message.parts)} onOpen={onOpenAsset} />
    </div>
  )
}
