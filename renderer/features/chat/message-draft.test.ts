import type { AssetId, MessageId, SessionId } from '@contract/ids'
import type { AssetRef, Message, Part } from '@contract/message'
import { expect, test } from 'vitest'
import { draftOf, inputOf, markdownOf } from './message-draft'

const asset = (file_name: string, media_type: string): AssetRef => ({
  asset_id: file_name as AssetId,
  media_type,
  file_name,
  byte_length: 1,
})
const message = (...parts: readonly Part[]): Message => ({
  message_id: 'm' as MessageId,
  session_id: 's' as SessionId,
  parent_id: null,
  role: 'user',
  parts,
  created_at_ms: 0,
  run_id: null,
  seen: 0,
  versions: [],
})
const picture = asset('a [1].png', 'image/png')
const table = asset('b.csv', 'text/csv')

test('words alone are content, attachments travel as items in their order, also without words', () => {
  expect(inputOf({ text: 'hi', attachments: [] })).toEqual({ content: 'hi' })
  expect(inputOf({ text: ' ', attachments: [table, picture] })).toEqual({
    input_items: [
      { type: 'asset_reference', asset_id: 'b.csv' },
      { type: 'asset_reference', asset_id: 'a [1].png' },
    ],
  })
})

test('a message is a draft again, and Markdown that names what was attached', () => {
  const sent = message(
    { kind: 'text', text: 'look' },
    { kind: 'attachment', asset: picture },
    { kind: 'attachment', asset: table },
  )
  expect(draftOf(sent)).toEqual({ text: 'look', attachments: [picture, table] })
  expect(markdownOf(sent)).toBe('look\n\n![a \\[1\\].png](<a [1].png>)\n\n[b.csv](<b.csv>)')
  expect(markdownOf(message({ kind: 'attachment', asset: table }))).toBe('[b.csv](<b.csv>)')
})
