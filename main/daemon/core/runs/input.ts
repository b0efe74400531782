import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import type { InputItem, RunRequest } from '@contract/runs'
import { Failure } from '../failure'
import { isBase64 } from './base64'

/** A file that came with the request; an asset before the run is stored. */
export interface InlineAsset {
  readonly kind: 'inline'
  readonly file_name: string
  readonly media_type?: string
  /** Strictly base64 (`base64.ts`). */
  readonly content_base64: string
}
/** A piece of a person's turn, in order. */
export type GivenPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'asset'; readonly asset_id: AssetId }
  | InlineAsset

type Given = Pick<RunRequest, 'content' | 'attachments' | 'input_items'>

/**
 * The two input shapes of contract 8, in order: text then attachments, or the items as given. Blank text items are
 * dropped. Faults: `input_shape_conflict`, `input_empty`, `inline_asset_invalid`.
 */
export function readInput({
  content = '',
  attachments = [],
  input_items: items,
}: Given): readonly GivenPart[] {
  const hasContent = content.trim() !== ''
  if (items && (hasContent || attachments.length > 0)) {
    throw new Failure(
      fault('input_shape_conflict', 'Give either content with attachments or input_items, not both.'),
    )
  }
  if (attachments.some((item) => item.type === 'text')) {
    throw new Failure(fault('input_shape_conflict', 'Attachments are files; text belongs into content.'))
  }
  const text = hasContent ? [{ kind: 'text', text: content } as const] : []
  const parts = [...text, ...(items ?? attachments).flatMap(readItem)]
  if (parts.length === 0) throw new Failure(fault('input_empty', 'There is nothing to send.'))
  return parts
}

function readItem(item: InputItem): readonly GivenPart[] {
  switch (item.type) {
    case 'text':
      return item.text.trim() === '' ? [] : [{ kind: 'text', text: item.text }]
    case 'asset_reference':
      return [{ kind: 'asset', asset_id: item.asset_id }]
    case 'inline_asset':
      return [checkInline(item)]
  }
}

function checkInline({
  file_name,
  media_type,
  content_base64,
}: Extract<InputItem, { type: 'inline_asset' }>): InlineAsset {
  if (file_name.trim() === '') refuseInline('A file that comes with the message needs a name.')
  if (content_base64.trim() === '') refuseInline(`${file_name} has no content.`)
  if (!isBase64(content_base64)) refuseInline(`The content of ${file_name} is not base64.`)
  return { kind: 'inline', file_name, ...(media_type === undefined ? {} : { media_type }), content_base64 }
}

function refuseInline(detail: string): never {
  throw new Failure(fault('inline_asset_invalid', detail))
}
