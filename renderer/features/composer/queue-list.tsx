import type { RunId } from '@contract/ids'
import type { RunView } from '@contract/runs'
import { Clock, Undo2 } from 'lucide-react'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { composerWords } from './words'

/** Messages that wait until the answer before them is finished. */
export function QueueList(props: {
  readonly queued: readonly RunView[]
  readonly onTakeBack: (runId: RunId) => void
}) {
  const say = useWords(composerWords)
  if (props.queued.length === 0) return null
  return (
    <div className="mb-2 rounded-lg border border-line bg-surface p-1.5">
      <p role="status" className="flex items-center gap-2 px-2 pt-0.5 pb-1 text-xs text-faint">
        <Clock size={13} aria-hidden="true" />
        {say('waitingCount', { count: props.queued.length })}
      </p>
      <ul aria-label={say('waiting')} className="max-h-40 overflow-y-auto">
        {props.queued.map((run) => (
          <li
            key={run.run_id}
            className="flex items-center gap-2 rounded-sm py-0.5 pr-0.5 pl-2 hover:bg-hover"
          >
            <span className="grow truncate text-sm">{run.request.text_preview}</span>
            <Button
              size="small"
              variant="ghost"
              icon={<Undo2 size={13} aria-hidden="true" />}
              onClick={() => props.onTakeBack(run.run_id)}
            >
              {say('takeBack')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
