import { Code, Maximize2, Minimize2 } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import type { DiagramPicture } from '../../lib/diagram-task'
import { useWords } from '../../lib/words'
import { IconButton } from '../icon-button'
import { CodeBlock } from './code-block'
import { CopyButton } from './copy-button'
import { createDiagramDrawer, type Drawing } from './diagram-drawer'
import { openDiagramFrame } from './diagram-frame'
import { useDiagramLook } from './use-diagram-look'
import { markdownWords } from './words'

const drawer = createDiagramDrawer(openDiagramFrame)

/** A finished Mermaid block as a picture. Its source stands there until it is drawn, and when it cannot be. */
export const Diagram = memo(function Diagram({ source }: { readonly source: string }) {
  const say = useWords(markdownWords)
  const drawing = useDrawing(source)
  if (drawing?.kind === 'drawn') return <Drawn source={source} picture={drawing.picture} />
  const note = drawing ? { note: say(`diagram.${drawing.kind}`) } : {}
  return <CodeBlock code={source} language="mermaid" isOpen={false} {...note} />
})

function useDrawing(source: string): Drawing | undefined {
  const look = useDiagramLook()
  const ready = drawer.drawn(source, look)
  // A change of theme leaves the old picture until the new one is there.
  const [latest, setLatest] = useState<{ readonly source: string; readonly drawing: Drawing } | null>(null)
  useEffect(() => {
    let isCurrent = true
    void drawer.draw(source, look).then((drawing) => {
      if (isCurrent) setLatest({ source, drawing })
    })
    return () => {
      isCurrent = false
    }
  }, [source, look])
  return ready ?? (latest?.source === source ? latest.drawing : undefined)
}

interface DrawnProps {
  readonly source: string
  readonly picture: DiagramPicture
}

function Drawn({ source, picture }: DrawnProps) {
  const say = useWords(markdownWords)
  const [showsSource, setShowsSource] = useState(false)
  const [isFullSize, setFullSize] = useState(false)
  const [isShrunk, setShrunk] = useState(false)
  const name = picture.title ? say('diagramOf', { title: picture.title }) : say('diagram')
  return (
    <div role="group" aria-label={name} className="md-code">
      <div className="md-code-bar">
        <span className="grow truncate">{picture.title || say('diagram')}</span>
        {!showsSource && (isShrunk || isFullSize) ? (
          <IconButton
            name={say('diagramFullSize')}
            icon={
              isFullSize ? (
                <Minimize2 size={14} aria-hidden="true" />
              ) : (
                <Maximize2 size={14} aria-hidden="true" />
              )
            }
            size="small"
            aria-pressed={isFullSize}
            onClick={() => setFullSize(!isFullSize)}
          />
        ) : null}
        <IconButton
          name={say('diagramSource')}
          icon={<Code size={14} aria-hidden="true" />}
          size="small"
          aria-pressed={showsSource}
          onClick={() => setShowsSource(!showsSource)}
        />
        <CopyButton name={say('copyCode')} text={() => source} />
      </div>
      {showsSource ? (
        <pre tabIndex={0}>
          <code>{source}</code>
        </pre>
      ) : (
        <div className="md-diagram" tabIndex={isFullSize ? 0 : undefined} data-full={isFullSize || undefined}>
          <Picture picture={picture} name={name} onShrunk={setShrunk} />
        </div>
      )}
    </div>
  )
}

interface PictureProps {
  readonly picture: DiagramPicture
  readonly name: string
  /** Whether the column is too narrow for its own size. */
  readonly onShrunk: (isShrunk: boolean) => void
}

/** As an image: it runs nothing, fetches nothing and links nowhere, whatever the drawing says. */
function Picture({ picture, name, onShrunk }: PictureProps) {
  const image = useRef<HTMLImageElement>(null)
  const [url, setUrl] = useState<string>()
  const { svg, width, height } = picture
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [svg])
  useEffect(() => {
    const shown = image.current
    if (!shown) return
    const watch = new ResizeObserver(() => onShrunk(shown.clientWidth > 0 && shown.clientWidth < width - 1))
    watch.observe(shown)
    return () => watch.disconnect()
  }, [width, onShrunk])
  return (
    <img
      ref={image}
      src={url}
      alt={name}
      width={Math.ceil(width)}
      height={Math.ceil(height)}
      draggable={false}
    />
  )
}
