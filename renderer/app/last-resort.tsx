import type { FallbackProps } from 'react-error-boundary'
import { useWords } from '../lib/words'
import { Brand } from '../ui/brand'
import { Button } from '../ui/button'
import { appWords } from './words'

/** What is left when drawing the window itself fails. */
export function LastResort({ error }: FallbackProps) {
  const t = useWords(appWords)
  return (
    <main className="flex h-full flex-col items-center justify-center bg-surface p-6 text-center">
      <Brand className="mb-5 size-11" />
      <h1 className="text-xl font-semibold">{t('crash.title')}</h1>
      <p className="mt-1.5 max-w-100 text-muted">{t('crash.body')}</p>
      <pre className="selectable mt-4 max-w-full overflow-x-auto text-2xs text-faint">
        {error instanceof Error ? error.message : String(error)}
      </pre>
      <Button variant="primary" className="mt-5" onClick={() => location.reload()}>
        {t('crash.reload')}
      </Button>
    </main>
  )
}
