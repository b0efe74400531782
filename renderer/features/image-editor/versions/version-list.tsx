import type { AssetId } from '@contract/ids'
import { useMemo } from 'react'
import { formatAgo, formatMoment, formatNumber } from '../../../lib/format'
import { thumbnailUri } from '../../../lib/thumbnail-uri'
import { formatLocale, useWords } from '../../../lib/words'
import { classNames } from '../../../ui/class-names'
import { Picture } from '../../../ui/picture'
import type { EditorState } from '../editor-store'
import { editorWords } from '../words'
import { type VersionRow, versionRows } from './version-tree'

export interface VersionListProps {
  readonly versions: EditorState['versions']
  readonly source: AssetId | undefined
  readonly result: AssetId | null
  readonly onShow: (id: AssetId) => void
  /** A drag of it has begun and leaves the window. */
  readonly onDrag: (id: AssetId) => void
}

/** Everything that was made from one picture, under what it was made from. */
export function VersionList(props: VersionListProps) {
  const t = useWords(editorWords)
  const rows = useMemo(() => versionRows(props.versions), [props.versions])
  return (
    <ul aria-label={t('versions.title')} className="flex flex-col">
      {rows.map((row) => (
        <Row key={row.version.asset.asset_id} {...props} row={row} />
      ))}
    </ul>
  )
}

function Row({ row, source, result, onShow, onDrag }: VersionListProps & { readonly row: VersionRow }) {
  const t = useWords(editorWords)
  const locale = formatLocale()
  const { version, depth, place } = row
  const { asset, proof } = version
  const { asset_id: id } = asset
  const isSource = id === source
  const isShown = id === result
  const words = version.prompt ?? (depth === 0 ? t('versions.original') : t('versions.edited'))
  return (
    <li className="flex">
      <Lines row={row} />
      <button
        type="button"
        aria-current={isShown || (isSource && result === null) ? 'true' : undefined}
        data-version={id}
        draggable
        onDragStart={(event) => {
          event.preventDefault()
          onDrag(id)
        }}
        onClick={() => onShow(id)}
        className={classNames(
          'my-0.5 flex min-w-0 grow items-start gap-2.5 rounded-md p-1.5 text-left -outline-offset-2 hover:bg-hover',
          'aria-[current]:bg-selected',
        )}
      >
        <Picture
          src={thumbnailUri(id)}
          name=""
          lost=""
          className="size-11 shrink-0 rounded-sm bg-hover object-cover outline -outline-offset-1 outline-line"
        />
        <span className="min-w-0 grow">
          <span className="flex items-start gap-2">
            <span className="line-clamp-2 min-w-0 grow text-sm text-ink wrap-anywhere">
              <span className="sr-only">{t('versions.row', { place })} </span>
              {words}
            </span>
            {isSource || isShown ? (
              <span
                className={classNames(
                  'shrink-0 rounded-xs px-1.5 text-2xs font-medium',
                  isSource ? 'bg-accent text-on-accent' : 'border border-line-strong text-muted',
                )}
              >
                {t(isSource ? 'versions.source' : 'versions.shown')}
              </span>
            ) : null}
          </span>
          <span
            className="block truncate text-2xs text-faint"
            title={[version.model, formatMoment(asset.created_at_ms, locale)].filter(Boolean).join(' · ')}
          >
            {[
              shortModel(version.model) ?? asset.file_name,
              formatAgo(asset.created_at_ms, Date.now(), locale),
            ].join(' · ')}
          </span>
          {proof ? (
            <span
              className={classNames(
                'block text-2xs',
                proof.outside_changed === 0 ? 'text-good' : 'text-danger',
              )}
            >
              {t('versions.proof', {
                changed: formatNumber(proof.outside_changed, locale),
                all: formatNumber(proof.outside_pixels, locale),
              })}
            </span>
          ) : null}
        </span>
      </button>
    </li>
  )
}

/** Without the name of who made it. */
const shortModel = (model: string | undefined): string | undefined => model?.split('/').at(-1)

/** How deep lines go; what lies deeper stands beside the deepest. */
const mostLines = 5

/** From the parent down to the row; a line goes on for siblings that come later. */
function Lines({ row: { depth, lines, isLast } }: { readonly row: VersionRow }) {
  if (depth === 0) return null
  const shown = lines.slice(-mostLines)
  return (
    <span aria-hidden="true" className="flex shrink-0 pl-4">
      {shown.map((goesOn, at) => (
        // Lines have no other name than their place.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={at} className={classNames('w-4', goesOn && 'border-l border-line-strong')} />
      ))}
      <span className="relative w-4">
        <span
          className={classNames(
            'absolute top-0 left-0 border-l border-line-strong',
            isLast ? 'h-7' : 'h-full',
          )}
        />
        <span className="absolute top-7 left-0 w-3 border-t border-line-strong" />
      </span>
    </span>
  )
}
