import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import { formatNumber } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { CodeBlock } from '../../../ui/markdown/code-block'
import { FactList } from '../fact-list'
import { chatWords } from '../words'
import { callFacts } from './call-facts'
import { KeptPictures } from './kept-pictures'
import type { ToolCallPart } from './read-call'
import { spokenWords } from './spoken-words'
import { toolWords } from './tool-words'

export interface CallDetailsProps {
  readonly id: string
  readonly call: ToolCallPart
  /** Made by it and shown nowhere. */
  readonly kept: readonly AssetRef[]
  readonly onOpenAsset: (id: AssetId, siblings: readonly AssetId[]) => void
}

/** What went in, what came out, and what is known of it. */
export function CallDetails({ id, call, kept, onOpenAsset }: CallDetailsProps) {
  const say = useWords(toolWords)
  const facts = callFacts(call.facts, say, formatLocale())
  return (
    <div id={id} className="flex flex-col gap-3 border-t border-line p-3">
      <KeptPictures assets={kept} words={spokenWords(call)} onOpen={onOpenAsset} />
      {facts.length > 0 ? (
        <section aria-label={say('facts')}>
          <FactList facts={facts} />
        </section>
      ) : null}
      <Text name={say('input')} text={call.arguments} isGrowing={call.state === 'building'} />
      {call.output === undefined ? null : <Text name={say('output')} text={call.output} isGrowing={false} />}
    </div>
  )
}

/** Letters that are laid out; a page that was fetched may have a million. */
const longest = 20_000

export function Text({
  name,
  text,
  isGrowing,
}: {
  readonly name: string
  readonly text: string
  readonly isGrowing: boolean
}) {
  const say = useWords(chatWords)
  const locale = formatLocale()
  const { code, language } = tidy(text)
  const isCut = code.length > longest
  return (
    <section>
      <p className="text-xs text-faint">{name}</p>
      <CodeBlock
        code={isCut ? code.slice(0, longest) : code}
        language={language}
        isOpen={isGrowing}
        {...(isCut
          ? {
              note: say('cutShort', {
                shown: formatNumber(longest, locale),
                all: formatNumber(code.length, locale),
              }),
            }
          : {})}
      />
    </section>
  )
}

/** JSON in lines; anything else as it is. */
function tidy(text: string): { readonly code: string; readonly language: string } {
  try {
    return { code: JSON.stringify(JSON.parse(text), null, 2), language: 'json' }
  } catch {
    return { code: text, language: text.trimStart().startsWith('{') ? 'json' : 'text' }
  }
}
