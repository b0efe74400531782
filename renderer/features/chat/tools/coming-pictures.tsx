import { useWords } from '../../../lib/words'
import type { CallProgress } from '../call-progress'
import { toolWords } from './tool-words'

/** CSS pixels: the longer side of a picture that comes alone, and the side of one among several. */
const alone = 320
const amongSeveral = 150

/** Where the pictures asked for will stand, in the shape asked for; the one being drawn shows what there is of it. */
export function ComingPictures({
  count,
  aspect,
  progress,
}: {
  readonly count: number
  readonly aspect: number
  readonly progress: CallProgress | undefined
}) {
  const say = useWords(toolWords)
  const done = Math.min(progress?.done ?? 0, count - 1)
  const width = count > 1 ? amongSeveral : Math.round(alone * Math.min(1, aspect))
  return (
    <div className="flex flex-wrap gap-2">
      {Array.from({ length: count }, (_, at) => (
        <div
          key={at}
          role="img"
          aria-label={say('coming')}
          style={{ width, aspectRatio: count > 1 ? 1 : aspect }}
          className="relative max-w-full overflow-hidden rounded-lg border border-line bg-surface"
        >
          <div aria-hidden="true" className="coming" />
          {at === done && progress?.partial_uri ? (
            <img
              src={progress.partial_uri}
              alt=""
              draggable={false}
              className="absolute inset-0 size-full object-cover"
            />
          ) : null}
        </div>
      ))}
    </div>
  )
}
