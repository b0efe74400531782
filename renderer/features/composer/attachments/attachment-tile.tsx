import { isPicture } from '@contract/attached'
import type { AssetId } from '@contract/ids'
import { memo, useMemo, type KeyboardEvent, type PointerEvent } from 'react'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { changeLine, factsLine, fileWords } from '../../../lib/file-facts'
import { useWords } from '../../../lib/words'
import { FileTile } from '../../../ui/file-tile'
import { canRetry, type Attachment } from './attachment'
import { attachmentWords } from './attachment-words'

/** What a tile may ask of its tray; the same object for as long as the tray lives. */
export interface TileDoors {
  remove(key: string): void
  retry(key: string): void
  moveBy(key: string, step: number): void
  focusBy(key: string, step: number): void
  open(id: AssetId): void
  edit(id: AssetId): void
  hold(key: string, event: PointerEvent<HTMLElement>): void
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  Home: -Infinity,
  End: Infinity,
}

export const AttachmentTile = memo(function AttachmentTile(props: {
  readonly attachment: Attachment
  /** Behind an import, or one that failed. */
  readonly file: File | undefined
  readonly isHeld: boolean
  readonly doors: TileDoors
}) {
  const { doors, attachment } = props
  const { key, name, state } = attachment
  const t = useWords(attachmentWords)
  const words = useWords(fileWords)
  const sayFault = useWords(faultCatalogue)
  const asset = state.kind === 'ready' ? state.asset : null
  const isBegun = state.kind === 'importing' && state.share !== null
  // Looked up on the disk at every asking.
  const size = useMemo(() => (isBegun ? (props.file?.size ?? 0) : 0), [isBegun, props.file])
  const [facts, detail] = toldOf()

  /** What is shown below the name, and what only a hover or a reader tells. */
  function toldOf(): readonly [string, string] {
    if (state.kind === 'ready') return [factsLine(state.asset, words), changeLine(state.asset, words)]
    if (state.kind === 'failed') {
      const { title, body } = faultWords(state.fault, sayFault)
      return [title, body]
    }
    if (!isBegun) return [t('waiting'), '']
    const given = { file_name: name, media_type: attachment.mediaType, byte_length: size }
    return [t('adding'), factsLine(given, words)]
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = steps[event.key]
    const isDelete = event.key === 'Delete' || event.key === 'Backspace'
    if (event.ctrlKey || event.metaKey || event.shiftKey || (step === undefined && !isDelete)) return
    event.preventDefault()
    if (step === undefined) doors.remove(key)
    else if (event.altKey) doors.moveBy(key, step)
    else doors.focusBy(key, step)
  }

  return (
    <FileTile
      name={name}
      mediaType={asset?.media_type ?? attachment.mediaType}
      facts={facts}
      detail={detail}
      // Not before it is made: a dropped picture would be decoded whole, here as well as in the daemon.
      picture={asset && isPicture(asset) ? `asset://thumbnail/${asset.asset_id}` : undefined}
      progress={state.kind === 'importing' ? state.share : undefined}
      isFailed={state.kind === 'failed'}
      isHeld={props.isHeld}
      remove={{ name: t('remove', { name }), run: () => doors.remove(key) }}
      action={
        state.kind === 'failed' && props.file && canRetry(state.fault)
          ? { words: t('retry'), name: t('retryName', { name }), run: () => doors.retry(key) }
          : undefined
      }
      edit={
        asset && isPicture(asset)
          ? { name: t('edit', { name }), run: () => doors.edit(asset.asset_id) }
          : undefined
      }
      onOpen={asset ? () => doors.open(asset.asset_id) : undefined}
      keys="Alt+ArrowLeft Alt+ArrowRight Delete"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => doors.hold(key, event)}
    />
  )
})
