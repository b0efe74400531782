import { ArrowUpRight } from 'lucide-react'
import { useWords } from '../../lib/words'
import { Kbd } from '../../ui/kbd'
import { chatWords } from './words'

const examples = [1, 2, 3, 4] as const

/** What a new chat says: what can be asked, and the few keys worth knowing. */
export function EmptyChat({ onExample }: { readonly onExample: (text: string) => void }) {
  const say = useWords(chatWords)
  return (
    <div className="flex min-h-0 grow flex-col items-center justify-center overflow-y-auto px-6 py-8">
      <div className="w-full max-w-[var(--chat-column,672px)]">
        <h2 className="text-2xl font-semibold tracking-tight text-balance">{say('empty.title')}</h2>
        <p className="mt-2 text-base text-muted">{say('empty.body')}</p>
        <ul aria-label={say('empty.examples')} className="mt-7 grid grid-cols-1 gap-2 sm:grid-cols-2">
          {examples.map((number) => (
            <li key={number}>
              <button
                type="button"
                onClick={() => onExample(say(`empty.example${number}Text`))}
                className="group flex h-full w-full items-center justify-between gap-3 rounded-lg border border-line px-4 py-3 text-start text-sm hover:bg-hover"
              >
                {say(`empty.example${number}`)}
                <ArrowUpRight
                  size={14}
                  aria-hidden="true"
                  className="shrink-0 text-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
                />
              </button>
            </li>
          ))}
        </ul>
        <p className="mt-7 flex flex-wrap items-center gap-x-5 gap-y-2 text-xs text-faint">
          <span className="flex items-center gap-1.5">
            <Kbd keys="Shift+Enter" /> {say('empty.newLine')}
          </span>
          <span className="flex items-center gap-1.5">
            <Kbd keys="$mod+K" /> {say('empty.commands')}
          </span>
          <span className="flex items-center gap-1.5">
            <Kbd keys="$mod+Shift+M" /> {say('empty.models')}
          </span>
        </p>
      </div>
    </div>
  )
}
