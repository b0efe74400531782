import { useWords } from '../lib/words'
import { appWords } from './words'

/** The frame without its contents, while the daemon starts. */
export function Skeleton() {
  const t = useWords(appWords)
  return (
    <div className="flex h-full">
      <div className="w-65 shrink-0 border-r border-line bg-surface max-[719px]:hidden" />
      <div className="flex grow flex-col bg-canvas">
        <div className="h-12 shrink-0 border-b border-line" />
        <div className="grow" />
        <div className="mx-auto mb-5 h-24 w-[min(46rem,calc(100%-3rem))] rounded-lg border border-line" />
      </div>
      <p role="status" className="sr-only">
        {t('starting')}
      </p>
    </div>
  )
}
