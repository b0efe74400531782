import { useStore } from 'zustand'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { Spinner } from '../../ui/spinner'
import { countWords } from './asset-cell'
import type { Imports } from './create-imports'
import { libraryWords } from './words'

/** What is on its way into the library, and what did not get there, each with its own reason. */
export function ImportStrip({ imports }: { readonly imports: Imports }) {
  const t = useWords(libraryWords)
  const tFault = useWords(faultCatalogue)
  const list = useStore(imports, (state) => state.imports)
  const failed = list.flatMap(({ fault, ...each }) => (fault ? [{ ...each, fault }] : []))
  const under = list.length - failed.length
  return (
    <div className="flex shrink-0 flex-col gap-2 px-4 pt-2 empty:hidden">
      {under === 0 ? null : (
        <div role="status" className="flex items-center gap-2 text-sm text-muted">
          <Spinner />
          <span className="grow">{t('imports.under_way', countWords(under))}</span>
          <Button size="small" variant="ghost" onClick={() => imports.cancel()}>
            {t('imports.stop')}
          </Button>
        </div>
      )}
      {failed.length === 0 ? null : (
        <Callout
          tone="danger"
          role="alert"
          title={t('imports.failed', countWords(failed.length))}
          actions={
            <Button size="small" onClick={() => imports.dismiss()}>
              {t('imports.dismiss')}
            </Button>
          }
        >
          <ul className="max-h-32 overflow-y-auto">
            {failed.map(({ import_id, file_name, fault }) => {
              const words = faultWords(fault, tFault)
              return (
                <li key={import_id}>
                  <span className="font-medium text-ink">{file_name}</span>: {words.title}. {words.body}
                </li>
              )
            })}
          </ul>
        </Callout>
      )}
    </div>
  )
}
