import type { RunId } from '@contract/ids'
import type { RunView } from '@contract/runs'
import { Clock, ImagePlus, Undo2 } from 'lucide-react'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { composerWords } from './words'

/** Messages that wait until the answer before them is finished, and images that wait until others are made. */
export function QueueList(props: {
  readonly queued: readonly RunView[]
  readonly onTakeBack: (runId: RunId) => void
}) {
  const say = useWords(composerWords)
  if (props.queued.length === 0) return null
  const images = props.queued.filter(({ kind }) => kind === 'image').length
  const messages = props.queued.length - images
  return (
    <div className="mb-2 rounded-lg border border-line bg-surface p-1.5">
      <p role="status" className="flex items-center gap-2 px-2 pt-0.5 pb-1 text-xs text-faint">
        <Clock size={13} aria-hidden="true" />
        {[
          messages > 0 ? say('waitingCount', { count: messages }) : '',
          images > 0 ? say('waitingImages', { count: images }) : '',
        ]
          .filter(Boolean)
          .join(', ')}
      </p>
      <ul aria-label={say('waiting')} className="max-h-40 overflow-y-auto">
        {props.queued.map((run) => (
          <li
            key={run.run_id}
            className="flex items-center gap-2 rounded-sm py-0.5 pr-0.5 pl-2 hover:bg-hover"
          >
            {run.kind === 'image' ? (
              <ImagePlus size={13} role="img" aria-label={say('image')} className="shrink-0 text-faint" />
            ) : null}
            <span className="grow truncate text-sm">
              {run.request.image?.prompt ?? run.request.text_preview}
            </span>
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
