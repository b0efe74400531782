import { Popover } from '@base-ui/react/popover'
import type { Receipt } from '@contract/runs'
import { formatLocale, useWords } from '../../lib/words'
import { FactList } from './fact-list'
import { receiptFacts, receiptSummary } from './receipt-facts'
import { chatWords } from './words'

/** What an answer cost and who gave it, in one quiet line that opens to all of it. */
export function ReceiptLine({ receipt }: { readonly receipt: Receipt }) {
  const say = useWords(chatWords)
  const pieces = receiptSummary(receipt, say, formatLocale())
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={say('receiptOpen', { summary: pieces.join(', ') })}
        // What does not fit goes to a second line, which is not seen: whole pieces or none.
        className="flex h-6 min-w-0 flex-wrap justify-end overflow-hidden rounded-sm px-1.5 text-xs leading-6 text-faint tabular-nums hover:bg-hover hover:text-ink data-[popup-open]:bg-hover"
      >
        {pieces.map((piece, at) => (
          <span key={at} className="max-w-full truncate whitespace-pre">
            {at === 0 ? piece : ` · ${piece}`}
          </span>
        ))}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="end" sideOffset={6} className="z-50">
          <Popover.Popup className="popup w-84 max-w-[calc(100vw-2rem)] p-4">
            <Popover.Title className="mb-2.5 text-sm font-semibold">{say('receipt')}</Popover.Title>
            <Facts receipt={receipt} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Worked out when somebody looks, not with every answer that is drawn. */
function Facts({ receipt }: { readonly receipt: Receipt }) {
  const say = useWords(chatWords)
  const facts = receiptFacts(receipt, say, formatLocale())
  return <FactList facts={facts.map(([key, value]) => [say(key), value])} />
}
