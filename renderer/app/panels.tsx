import { Group, Panel, Separator } from 'react-resizable-panels'
import { Fragment, type ReactNode } from 'react'

export interface SidePanel {
  readonly id: string
  readonly body: ReactNode
  /** Pixels. */
  readonly width: number
  readonly least: number
  readonly most: number
  /** After a drag or an arrow key, not while it goes on. */
  readonly onWidth: (width: number) => void
  /** Names the edge that is dragged. */
  readonly edgeName: string
}

/** A middle that takes what is left, with a panel of its own width on either side, or none. */
export function Panels(props: {
  readonly left: SidePanel | null
  readonly right: SidePanel | null
  readonly children: ReactNode
}) {
  const { left, right } = props
  return (
    <Group
      orientation="horizontal"
      className="h-full"
      onLayoutChanged={(_layout, meta) => {
        if (!meta.isUserInteraction) return
        for (const side of [left, right]) {
          const element = side && document.getElementById(side.id)
          if (side && element) side.onWidth(Math.round(element.getBoundingClientRect().width))
        }
      }}
    >
      {left ? <Side side={left} place="left" /> : null}
      <Panel id="middle" minSize={320} className="flex min-w-0 flex-col bg-canvas">
        {props.children}
      </Panel>
      {right ? <Side side={right} place="right" /> : null}
    </Group>
  )
}

function Side({ side, place }: { readonly side: SidePanel; readonly place: 'left' | 'right' }) {
  const edge = (
    <Separator
      aria-label={side.edgeName}
      className="relative z-10 w-px shrink-0 bg-line outline-none after:absolute after:inset-y-0 after:-left-px after:w-[3px] after:bg-transparent after:transition-colors hover:after:bg-accent focus-visible:after:bg-focus data-[separator=active]:after:bg-accent"
    />
  )
  return (
    <Fragment>
      {place === 'right' ? edge : null}
      <Panel
        id={side.id}
        defaultSize={side.width}
        minSize={side.least}
        maxSize={side.most}
        groupResizeBehavior="preserve-pixel-size"
        className="min-w-0"
      >
        {side.body}
      </Panel>
      {place === 'left' ? edge : null}
    </Fragment>
  )
}
