import { fault } from '@contract/fault'
import type { Part } from '@contract/message'
import type { RunRequest } from '@contract/runs'
import { Failure } from '../failure'

/**
 * The two input shapes of contract 8 as parts, in order. Blank text items are dropped.
 * Faults: `input_shape_conflict`, `input_empty`, `capability_unsupported`.
 */
export function readInput(request: Pick<RunRequest, 'content' | 'input_items'>): readonly Part[] {
  const { content = '', input_items: items } = request
  const hasContent = content.trim() !== ''
  if (items && hasContent) {
    throw new Failure(fault('input_shape_conflict', 'Give either content or input_items, not both.'))
  }
  const parts: Part[] = []
  for (const item of items ?? []) {
    if (item.type !== 'text') {
      throw new Failure(
        fault(
          'capability_unsupported',
          'This version of Kheish takes text only; send the message without the file.',
          { capability: 'files' },
        ),
      )
    }
    if (item.text.trim() !== '') parts.push({ kind: 'text', text: item.text })
  }
  if (hasContent) parts.push({ kind: 'text', text: content })
  if (parts.length === 0) throw new Failure(fault('input_empty', 'There is nothing to send.'))
  return parts
}
