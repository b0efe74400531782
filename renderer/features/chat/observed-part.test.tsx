import type { Observed } from '@contract/attached'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'
import { setLanguage } from '../../lib/words'
import { ChatContext, type ChatContextValue } from './chat-context'
import { ObservedParts } from './observed-part'

const observed = (source_kind: Observed['source_kind'], id: string): Observed => ({
  kind: 'observed',
  observation_id: id as never,
  source_id: 'desk' as never,
  source_kind,
  asset: {
    asset_id: `asset_${id}` as never,
    media_type: 'audio/wav',
    file_name: `${id}.wav`,
    byte_length: 1,
    ...(source_kind === 'microphone_segment' ? { duration_ms: 4_200 } : {}),
  },
  captured_at_ms: Date.UTC(2026, 10, 29, 12),
})
const drawn = (parts: readonly Observed[]) =>
  renderToStaticMarkup(
    <ChatContext value={{ onOpenAsset: () => undefined } as unknown as ChatContextValue}>
      <ObservedParts parts={parts} />
    </ChatContext>,
  )
afterEach(() => setLanguage('en', []))

test('a card for each capture says what it is, when it was made, how long it is and who sent it', async () => {
  const markup = drawn([observed('microphone_segment', 'take'), observed('screen_snapshot', 'shot')])
  expect(markup.match(/<li/g)).toHaveLength(2)
  const words = markup.replaceAll(/<[^>]+>/g, ' ')
  expect(words).toMatch(/Recording · take\.wav\s+Nov 29, 2026.* · 4\.2 sec · desk/)
  expect(words).toMatch(/Screen · shot\.wav\s+Nov 29, 2026[^·]* · desk/)
  expect(drawn([])).toBe('')
  await setLanguage('de', [])
  expect(drawn([observed('microphone_segment', 'take')])).toContain('Aufnahme take.wav öffnen')
})
