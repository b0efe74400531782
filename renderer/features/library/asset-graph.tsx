import type { AssetGraph as Graph, AssetNeighbour, AssetView } from '@contract/assets'
import type { AssetId, MessageId, SessionId } from '@contract/ids'
import { ArrowDown, MessageSquare } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatAgo } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { classNames } from '../../ui/class-names'
import { assetLine } from './asset-line'
import { Thumbnail } from './thumbnail'
import { libraryWords } from './words'

/** What it was made from, it, and what was made from it, from top to bottom. Nothing where it stands alone. */
export function AssetGraph(props: {
  readonly asset: AssetView
  readonly graph: Graph
  readonly onOpen: (id: AssetId) => void
}) {
  const { asset, graph } = props
  const t = useWords(libraryWords)
  if (graph.made_from.length + graph.made_into.length === 0) return null
  const nodes = (assets: readonly AssetNeighbour[], name: string): ReactNode =>
    assets.length === 0 ? null : (
      <>
        <h4 className="text-2xs text-faint">{name}</h4>
        <ul aria-label={name} className="mt-1 flex flex-wrap gap-1.5">
          {assets.toSorted(partsLast).map((each) => (
            <li key={each.asset_id} className="max-w-full min-w-0">
              <button
                type="button"
                onClick={() => props.onOpen(each.asset_id)}
                className="flex max-w-full items-center gap-2 rounded-md border border-line py-1 pr-3 pl-1 text-left hover:bg-hover"
              >
                <Node asset={each} />
              </button>
            </li>
          ))}
        </ul>
      </>
    )
  return (
    <section aria-label={t('page.graph')}>
      {nodes(graph.made_from, t('page.madeFrom'))}
      {graph.made_from.length === 0 ? null : <Arrow />}
      <div className="flex w-fit max-w-full items-center gap-2 rounded-md border border-accent bg-accent-soft py-1 pr-3 pl-1">
        <Node asset={asset} note={t('page.here')} />
      </div>
      {graph.made_into.length === 0 ? null : <Arrow />}
      {nodes(graph.made_into, t('page.madeInto'))}
    </section>
  )
}

/** Of a file that nobody gave a name to it says what it is for. */
function Node({ asset, note }: { readonly asset: AssetNeighbour; readonly note?: string }) {
  const t = useWords(libraryWords)
  return (
    <>
      <Thumbnail asset={asset} isSmall className="size-9 rounded-sm" />
      <span className="min-w-0">
        <span className="block truncate text-sm">
          {asset.part ? t(`page.parts.${asset.part}`) : asset.file_name}
        </span>
        <span
          className={classNames(
            'block truncate text-2xs text-faint',
            note !== undefined && 'text-accent-ink',
          )}
        >
          {note ?? assetLine(asset, formatLocale())}
        </span>
      </span>
    </>
  )
}

const partsLast = (one: AssetNeighbour, other: AssetNeighbour): number =>
  Number(one.part !== undefined) - Number(other.part !== undefined)

function Arrow() {
  return (
    <div className="flex py-1 pl-4 text-faint">
      <ArrowDown size={14} aria-hidden="true" />
    </div>
  )
}

/** Messages that hold it, newest first. */
export function UsedIn(props: {
  readonly graph: Graph
  readonly nowMs: number
  readonly onOpenMessage: (session: SessionId, message: MessageId) => void
}) {
  const { graph, nowMs } = props
  const t = useWords(libraryWords)
  if (graph.used_in.length === 0) return <p className="text-sm text-muted">{t('page.usedNowhere')}</p>
  return (
    <ul aria-label={t('page.usedIn')} className="-mx-2">
      {graph.used_in.map((use) => (
        <li key={use.message_id}>
          <button
            type="button"
            // The daemon's own id.
            onClick={() => props.onOpenMessage(use.session_id, use.message_id as MessageId)}
            className="flex w-full items-center gap-2.5 rounded-sm px-2 py-1.5 text-left text-sm outline-offset-[-2px] hover:bg-hover"
          >
            <MessageSquare size={14} aria-hidden="true" className="shrink-0 text-faint" />
            <span className="min-w-0 grow truncate">{use.title || t('page.untitled')}</span>
            <span className="shrink-0 text-xs text-faint">
              {use.role === 'user' ? t('page.byYou') : t('page.byAssistant')} ·{' '}
              {formatAgo(use.at_ms, nowMs, formatLocale())}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
