import { lazy, Suspense, useMemo } from 'react'
import { csvRows } from '../lib/csv-rows'

const Markdown = lazy(async () => ({ default: (await import('./markdown/markdown')).Markdown }))

/** The text of a document as its type is read best: laid out, as a table, or letter by letter. */
export function DocumentText(props: {
  readonly mediaType: string
  readonly text: string
  /** Said below a text that goes on; null where this is all of it. */
  readonly cut: string | null
  /** Said below a table that goes on. */
  readonly cutTable: string
}) {
  const { mediaType, text, cut } = props
  return (
    <div className="selectable text-sm">
      {mediaType === 'text/markdown' ? (
        <Suspense fallback={<Plain text={text} />}>
          <Markdown text={text} />
        </Suspense>
      ) : mediaType === 'text/csv' ? (
        <Table text={text} cutTable={cut === null ? props.cutTable : null} />
      ) : (
        <Plain text={text} isCode={mediaType === 'application/json'} />
      )}
      {cut === null ? null : <p className="mt-3 text-xs text-faint">{cut}</p>}
    </div>
  )
}

function Plain({ text, isCode }: { readonly text: string; readonly isCode?: boolean }) {
  return (
    <pre className={`whitespace-pre-wrap wrap-anywhere ${isCode ? 'font-mono text-xs' : 'font-sans'}`}>
      {text}
    </pre>
  )
}

function Table({ text, cutTable }: { readonly text: string; readonly cutTable: string | null }) {
  const { rows, isCut } = useMemo(() => csvRows(text), [text])
  const [head = [], ...body] = rows
  return (
    <>
      <table className="border-collapse text-xs tabular-nums">
        <thead>
          <tr>
            {head.map((cell, at) => (
              // Cells have no identity but their place.
              <th
                key={at}
                scope="col"
                className="border border-line bg-hover px-2 py-1 text-left font-medium"
              >
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, line) => (
            <tr key={line}>
              {row.map((cell, at) => (
                <td key={at} className="border border-line px-2 py-1 align-top whitespace-pre-wrap">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {isCut && cutTable !== null ? <p className="mt-3 text-xs text-faint">{cutTable}</p> : null}
    </>
  )
}
