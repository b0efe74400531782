import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { buttonLook } from './button'
import { classNames } from './class-names'

const manager = Base.createToastManager<{ readonly tone: Tone }>()
type Tone = 'plain' | 'danger'

export interface ToastWords {
  readonly title: string
  readonly body?: string
  readonly tone?: Tone
  readonly action?: { readonly words: string; readonly run: () => void }
  /** 0 stays until closed. */
  readonly timeoutMs?: number
}

/** Says something in passing, from anywhere. Returns how to take it back. */
export function toast(words: ToastWords): () => void {
  const id = manager.add({
    title: words.title,
    description: words.body,
    timeout: words.timeoutMs ?? 6000,
    data: { tone: words.tone ?? 'plain' },
    ...(words.action === undefined
      ? {}
      : {
          actionProps: {
            children: words.action.words,
            onClick: () => {
              manager.close(id)
              words.action?.run()
            },
          },
        }),
  })
  return () => manager.close(id)
}

/** Where toasts land; once per window. */
export function ToastHost({ name, closeName }: { readonly name: string; readonly closeName: string }) {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Base.Portal>
        <Base.Viewport
          aria-label={name}
          className="fixed top-14 right-4 z-45 flex w-88 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none"
        >
          <ToastRows closeName={closeName} />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function ToastRows({ closeName }: { readonly closeName: string }) {
  const { toasts } = Base.useToastManager<{ readonly tone: Tone }>()
  return toasts.map((entry) => (
    <Base.Root
      key={entry.id}
      toast={entry}
      className={classNames(
        'popup rounded-md shadow-lg transition-[opacity,transform] duration-150',
        'data-[ending-style]:-translate-y-1 data-[starting-style]:-translate-y-2',
      )}
    >
      <Base.Content className="flex items-center gap-2 py-2 pr-2 pl-3.5">
        <div className="min-w-0 grow">
          <Base.Title
            className={classNames('text-sm font-medium', entry.data?.tone === 'danger' && 'text-danger')}
          />
          <Base.Description className="text-xs text-muted empty:hidden" />
        </div>
        {entry.actionProps === undefined ? null : (
          <Base.Action className={buttonLook({ variant: 'secondary', size: 'small' })} />
        )}
        <Base.Close
          aria-label={closeName}
          className={classNames(buttonLook({ variant: 'ghost', size: 'small' }), 'aspect-square px-0')}
        >
          <X size={14} aria-hidden="true" />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ))
}
