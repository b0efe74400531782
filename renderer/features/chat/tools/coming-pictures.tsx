import { useWords } from '../../../lib/words'
import type { CallProgress } from '../call-progress'
import { answerSide, gridOf } from '../picture-box'
import { toolWords } from './tool-words'

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
  const isAlone = count === 1
  return (
    <div className="grid max-w-full gap-2" style={isAlone ? undefined : gridOf(count)}>
      {Array.from({ length: count }, (_, at) => (
        <div
          key={at}
          role="img"
          aria-label={say('coming')}
          style={
            isAlone
              ? { width: Math.round(answerSide * Math.min(1, aspect)), aspectRatio: aspect }
              : { aspectRatio: 1 }
          }
          className="relative max-w-full overflow-hidden rounded-lg border border-line bg-surface"
        >
          {at === done && progress?.partial_uri ? (
            <img
              src={progress.partial_uri}
              alt=""
              draggable={false}
              className="absolute inset-0 size-full object-cover"
            />
          ) : (
            <div aria-hidden="true" className="coming" />
          )}
        </div>
      ))}
    </div>
  )
}
