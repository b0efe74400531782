import { memo, useEffect, useMemo, useState } from 'react'
import { barsOf, pathOf } from '../../lib/sound/bars'
import type { Recording } from '../../lib/sound/recording'
import { usePlayer } from './player-doors'

const bars = 120

/** How loud it is from beginning to end, in the colours of the words around it; what was heard stands out. */
export function Waveform({ recording, share }: { readonly recording: Recording; readonly share: number }) {
  const peaks = usePeaks(recording)
  const path = useMemo(() => pathOf(peaks ? barsOf(peaks, bars) : Array<number>(bars).fill(0)), [peaks])
  return (
    <div aria-hidden="true" className="absolute inset-0" {...(peaks ? { 'data-waveform': '' } : {})}>
      <Shape path={path} className="text-line-strong" />
      <div
        className="absolute inset-0"
        style={{ clipPath: `inset(0 ${100 - 100 * Math.min(1, Math.max(0, share))}% 0 0)` }}
      >
        <Shape path={path} className="text-accent-ink" />
      </div>
    </div>
  )
}

const Shape = memo(function Shape(props: { readonly path: string; readonly className: string }) {
  return (
    <svg
      viewBox={`0 0 ${bars} 100`}
      preserveAspectRatio="none"
      className={`absolute inset-0 size-full ${props.className}`}
    >
      <path d={props.path} fill="currentColor" />
    </svg>
  )
})

function usePeaks(recording: Recording): Uint8Array | null {
  const { peaksOf } = usePlayer()
  const [peaks, setPeaks] = useState<Uint8Array | null>(null)
  const { asset_id: id } = recording
  useEffect(() => {
    let isLeft = false
    void peaksOf(recording).then((found) => isLeft || setPeaks(found))
    return () => {
      isLeft = true
    }
    // What is known of it may be told anew; its bytes are the same for ever.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [peaksOf, id])
  return peaks
}
