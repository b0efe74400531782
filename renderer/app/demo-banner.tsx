import { FlaskConical } from 'lucide-react'
import { useWords } from '../lib/words'
import { Button } from '../ui/button'
import { useApp } from './app-context'
import { runCommand } from './commands'
import { appWords } from './words'

/** Says that answers are made up, and leads back to the first run. */
export function DemoBanner() {
  const app = useApp()
  const t = useWords(appWords)
  return (
    <div
      role="status"
      className="flex shrink-0 items-center gap-2.5 border-b border-line bg-accent-soft px-4 py-1.5 text-xs"
    >
      <FlaskConical size={14} aria-hidden="true" className="shrink-0 text-accent-ink" />
      <p className="min-w-0 grow">{t('demo.banner')}</p>
      <Button size="small" onClick={() => runCommand(app, 'demo.leave')}>
        {t('demo.leave')}
      </Button>
    </div>
  )
}
