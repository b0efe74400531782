import { Paperclip } from 'lucide-react'
import { useWords } from '../../../lib/words'
import { attachmentWords } from './attachment-words'

/** By what stands in the middle of the window. */
const texts = {
  chat: { title: 'drop', body: 'dropBody' },
  library: { title: 'dropHere', body: 'dropHereBody' },
  editor: { title: 'dropToEdit', body: 'dropToEditBody' },
} as const

/** Says what a drop will do; it takes no events itself. */
export function DropOverlay({ on }: { readonly on: keyof typeof texts }) {
  const t = useWords(attachmentWords)
  const { title, body } = texts[on]
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-0 z-60 flex items-center justify-center bg-canvas/80 p-4"
    >
      <div className="absolute inset-3 rounded-xl border-2 border-dashed border-accent" />
      <div className="flex max-w-110 flex-col items-center gap-1.5 rounded-xl border border-line bg-raised px-8 py-6 text-center text-balance shadow-lg">
        <span className="mb-1 flex size-12 items-center justify-center rounded-full bg-accent-soft text-accent-ink">
          <Paperclip size={22} aria-hidden="true" />
        </span>
        <p className="text-lg font-medium">{t(title)}</p>
        <p className="text-sm text-muted">{t(body)}</p>
      </div>
    </div>
  )
}
